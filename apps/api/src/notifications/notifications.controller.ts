import {
  Choices,
  Inbox,
  NOTIFICATION_KINDS,
  NotificationOptions,
  type Choice,
  type InboxItem,
  type NotificationKind,
} from '@app/notifications';
import type { PersonId } from '@app/kernel';
import { Directory } from '@app/organisation';
import { Body, Controller, Get, Headers, Inject, Param, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { etagOf, mustHaveSeen } from '../platform/etag';
import { Access, CurrentAccount, type SignedIn } from '../security/access';
import { choiceRequest, inboxQuery, mailCodeRequest, readMark, readMarks, uuid, type Body as Of } from './notification.requests';

export type NotificationItem = Omit<InboxItem, 'inPlaceOf'> &
  Readonly<{
    /** 乙代甲: for whom the reader stands in; null at one's own post. */
    inPlaceOf: Readonly<{ id: PersonId; name: string }> | null;
  }>;
export type NotificationPage = Readonly<{ items: readonly NotificationItem[]; next: string | null; unread: number }>;
/** At most 100. */
export type UnreadCount = Readonly<{ unread: number }>;
export type OwnChoiceAnswer = Readonly<{
  choice: Choice;
  mailbox: string | null;
  /** Before the code that was mailed there is entered, nothing else goes there. */
  mailboxConfirmed: boolean;
  /** Every kind there is to choose from. */
  kinds: readonly NotificationKind[];
  /** Whether this instance sends mail at all. */
  mailPossible: boolean;
  /** Of the choice, for If-Match. */
  revision: string;
}>;
export type ChoiceRevision = Readonly<{ revision: string }>;
export type CodeSent = Readonly<{ sent: true }>;
export type MailboxConfirmed = Readonly<{ confirmed: true }>;

/** What somebody was told, and how they wish to be told: a person's own. Nobody else learns what was read. */
@ApiTags('notifications 通知提醒')
@Controller('notifications')
export class NotificationsController {
  constructor(
    @Inject(Inbox) private readonly inbox: Inbox,
    @Inject(Choices) private readonly choices: Choices,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(NotificationOptions) private readonly options: NotificationOptions,
  ) {}

  @Get()
  @Access({ note: 'own notifications 本人通知' })
  async list(
    @Query({ schema: inboxQuery }) query: Of<typeof inboxQuery>,
    @CurrentAccount() { personId }: SignedIn,
  ): Promise<NotificationPage> {
    const { state, after = null, limit } = query;
    const page = await this.inbox.page(personId, { unread: state === 'unread', after, limit });
    const view = await this.directory.view();
    const items = page.items.map((item): NotificationItem => {
      const other = item.inPlaceOf;
      return { ...item, inPlaceOf: other === null ? null : { id: other, name: view.person(other)?.name ?? other } };
    });
    return { items, next: page.next, unread: await this.inbox.unread(personId) };
  }

  @Get('unread')
  @Access({ note: 'how many own notifications are unread 本人未读数' })
  async unread(@CurrentAccount() { personId }: SignedIn): Promise<UnreadCount> {
    return { unread: await this.inbox.unread(personId) };
  }

  /** By choice: opening something marks nothing. */
  @Put(':id/read-mark')
  @Access({ note: 'mark an own notification as read or unread 标记已读' })
  async mark(
    @Param('id', { schema: uuid }) id: string,
    @Body({ schema: readMark }) { read }: Of<typeof readMark>,
    @CurrentAccount() { personId }: SignedIn,
  ): Promise<UnreadCount> {
    await this.inbox.mark(personId, id, read);
    return { unread: await this.inbox.unread(personId) };
  }

  @Put('read-marks')
  @Access({ note: 'mark own notifications up to a moment as read 全部标为已读' })
  async markAll(
    @Body({ schema: readMarks }) { upTo }: Of<typeof readMarks>,
    @CurrentAccount() { personId }: SignedIn,
  ): Promise<UnreadCount> {
    await this.inbox.markUpTo(personId, upTo);
    return { unread: await this.inbox.unread(personId) };
  }

  @Get('choice')
  @Access({ note: 'own way of being told 本人通知设置' })
  async choice(@CurrentAccount() { personId }: SignedIn, @Res({ passthrough: true }) reply: FastifyReply): Promise<OwnChoiceAnswer> {
    const { choice, address, confirmed, revision } = await this.choices.of(personId);
    void reply.header('etag', etagOf(revision));
    return {
      choice,
      mailbox: address,
      mailboxConfirmed: confirmed,
      kinds: NOTIFICATION_KINDS,
      mailPossible: this.options.mail !== null,
      revision: String(revision),
    };
  }

  /** The answer does not repeat the address. */
  @Put('choice')
  @Access({ note: 'choose how to be told 更改本人通知设置' })
  async choose(
    @Body({ schema: choiceRequest }) { choice, mailbox }: Of<typeof choiceRequest>,
    @Headers('if-match') ifMatch: string | undefined,
    @CurrentAccount() { personId }: SignedIn,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ChoiceRevision> {
    const { revision } = await this.choices.choose(personId, { choice, address: mailbox }, mustHaveSeen(ifMatch));
    void reply.header('etag', etagOf(revision));
    return { revision: String(revision) };
  }

  /** Rejects: `mail-not-configured`, `mail-code-too-often`. */
  @Post('mailbox/codes')
  @Access({ note: 'send another code to the own address 重发邮箱确认码' })
  async sendCode(@CurrentAccount() { personId }: SignedIn): Promise<CodeSent> {
    await this.choices.sendCode(personId);
    return { sent: true };
  }

  /** Rejects: `mail-code-invalid`. */
  @Put('mailbox/confirmation')
  @Access({ note: 'confirm the own address by its code 确认邮箱' })
  async confirm(
    @Body({ schema: mailCodeRequest }) { code }: Of<typeof mailCodeRequest>,
    @CurrentAccount() { personId }: SignedIn,
  ): Promise<MailboxConfirmed> {
    await this.choices.confirm(personId, code);
    return { confirmed: true };
  }
}
