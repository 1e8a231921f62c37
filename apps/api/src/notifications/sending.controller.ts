import { randomUUID } from 'node:crypto';
import { Clock, type Actor, type PersonId } from '@app/kernel';
import {
  DeadLetters,
  mailAddress,
  Mailer,
  NOTIFICATION_KINDS,
  NotificationOptions,
  Webhooks,
  type DeadLetter,
  type NotificationKind,
  type OutboxState,
  type WebhookRow,
} from '@app/notifications';
import { Directory } from '@app/organisation';
import { Body, Controller, Delete, Get, Headers, Inject, Param, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { mustHaveSeen } from '../platform/etag';
import { WithoutIdempotencyKey } from '../platform/idempotency';
import { ProblemError } from '../platform/problem';
import { Access, CurrentActor } from '../security/access';
import { dropRequest, keyId, mailTrialRequest, uuid, webhookRequest, type Body as Of } from './notification.requests';

export type MailState = Readonly<{
  configured: boolean;
  /** Of the mail server; without its password. */
  host: string | null;
  from: string | null;
  outbox: OutboxState;
}>;
/** `error` is a code; null when the server took the letter. */
export type MailTrial = Readonly<{ sent: boolean; error: string | null }>;
export type WebhookList = Readonly<{
  webhooks: readonly WebhookRow[];
  /** Where webhooks may go, as the settings say. */
  hosts: readonly string[];
  kinds: readonly NotificationKind[];
}>;
export type WebhookIssued = Readonly<{ id: string; keyId: string; secret: string }>;
export type SecretIssued = Readonly<{ keyId: string; secret: string }>;
export type DeadLetterRow = DeadLetter & Readonly<{ person: Readonly<{ id: PersonId; name: string }> | null; webhook: string | null }>;
export type DeadLetterList = Readonly<{ letters: readonly DeadLetterRow[] }>;
export type Done = Readonly<{ done: true }>;

const DONE: Done = { done: true };

/** How this instance sends: mail, webhooks, and what could not be sent. */
@ApiTags('administration 系统管理')
@Controller('admin')
export class SendingController {
  constructor(
    @Inject(DeadLetters) private readonly letters: DeadLetters,
    @Inject(Webhooks) private readonly webhooks: Webhooks,
    @Inject(NotificationOptions) private readonly options: NotificationOptions,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  @Get('mail')
  @Access({ roles: ['admin'], note: 'how mail is sent 邮件发送状态' })
  async mail(): Promise<MailState> {
    const { mail } = this.options;
    return {
      configured: mail !== null,
      host: mail === null ? null : new URL(mail.url).host,
      from: mail?.from ?? null,
      outbox: await this.letters.outbox(),
    };
  }

  /** Sends a letter at once and says what the server answered. The address is not kept. Rejects: `mail-not-configured`, `mail-address-invalid`. */
  @Post('mail/trials')
  @Access({ roles: ['admin'], note: 'send a test mail 试发邮件' })
  async tryMail(@Body({ schema: mailTrialRequest }) { mailbox }: Of<typeof mailTrialRequest>): Promise<MailTrial> {
    const to = mailAddress(mailbox);
    const { mail } = this.options;
    if (mail === null) {
      throw new ProblemError(409, 'mail-not-configured', {
        zh: '没有设置 SMTP_URL 和 MAIL_FROM，本系统不发邮件。',
        en: 'SMTP_URL and MAIL_FROM are not set: this instance sends no mail.',
      });
    }
    const letter = { id: randomUUID(), to, subject: '【清零】试发邮件', text: `这是一封试发邮件（${this.clock.now()}）。` };
    const outcome = await new Mailer(mail).send(letter);
    return outcome.end === 'sent' ? { sent: true, error: null } : { sent: false, error: outcome.error };
  }

  @Get('webhooks')
  @Access({ roles: ['admin'], note: 'webhooks 推送地址' })
  async listWebhooks(): Promise<WebhookList> {
    const hosts = this.options.webhookHosts.map(({ protocol, host, port }) => `${protocol}//${host}:${String(port)}`);
    return { webhooks: await this.webhooks.list(), hosts, kinds: NOTIFICATION_KINDS };
  }

  /** Answers the secret, once; so this write takes no Idempotency-Key. */
  @Post('webhooks')
  @Access({ roles: ['admin'], note: 'add a webhook 添加推送地址' })
  @WithoutIdempotencyKey()
  add(@Body({ schema: webhookRequest }) plan: Of<typeof webhookRequest>, @CurrentActor() by: Actor): Promise<WebhookIssued> {
    return this.webhooks.add(plan, by.personId);
  }

  @Put('webhooks/:id')
  @Access({ roles: ['admin'], note: 'change a webhook 更改推送地址' })
  async change(
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: webhookRequest }) plan: Of<typeof webhookRequest>,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<Done> {
    await this.webhooks.change(id, plan, mustHaveSeen(ifMatch));
    return DONE;
  }

  /** With what waits for it. */
  @Delete('webhooks/:id')
  @Access({ roles: ['admin'], note: 'remove a webhook 删除推送地址' })
  async remove(@Param('id', { schema: uuid }) id: string): Promise<Done> {
    await this.webhooks.remove(id);
    return DONE;
  }

  /** A second one beside the first; answered once. */
  @Post('webhooks/:id/secrets')
  @Access({ roles: ['admin'], note: 'add a secret 添加推送密钥' })
  @WithoutIdempotencyKey()
  addSecret(@Param('id', { schema: uuid }) id: string): Promise<SecretIssued> {
    return this.webhooks.addSecret(id);
  }

  @Delete('webhooks/:id/secrets/:keyId')
  @Access({ roles: ['admin'], note: 'retire a secret 停用推送密钥' })
  async retire(@Param('id', { schema: uuid }) id: string, @Param('keyId', { schema: keyId }) key: string): Promise<Done> {
    await this.webhooks.retireSecret(id, key);
    return DONE;
  }

  @Post('webhooks/:id/trials')
  @Access({ roles: ['admin'], note: 'send a test delivery 试推送' })
  async tryWebhook(@Param('id', { schema: uuid }) id: string): Promise<Done> {
    await this.webhooks.tryOut(id);
    return DONE;
  }

  /** Newest first, at most 200. */
  @Get('dead-letters')
  @Access({ roles: ['admin'], note: 'what could not be sent 发送失败一览' })
  async dead(): Promise<DeadLetterList> {
    const [letters, webhooks, view] = await Promise.all([this.letters.list(), this.webhooks.list(), this.directory.view()]);
    const labels = new Map(webhooks.map(({ id, label }) => [id, label]));
    return {
      letters: letters.map((letter) => ({
        ...letter,
        person: letter.personId === null ? null : { id: letter.personId, name: view.person(letter.personId)?.name ?? letter.personId },
        webhook: letter.endpointId === null ? null : (labels.get(letter.endpointId) ?? null),
      })),
    };
  }

  @Put('dead-letters/:id/resending')
  @Access({ roles: ['admin'], note: 'send again what could not be sent 重新发送' })
  async resend(@Param('id', { schema: uuid }) id: string): Promise<Done> {
    await this.letters.resend(id);
    return DONE;
  }

  @Put('dead-letters/:id/dropping')
  @Access({ roles: ['admin'], note: 'drop what could not be sent 不再发送' })
  async drop(
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: dropRequest }) { reason }: Of<typeof dropRequest>,
    @CurrentActor() by: Actor,
  ): Promise<Done> {
    await this.letters.drop(id, reason, by.personId);
    return DONE;
  }
}
