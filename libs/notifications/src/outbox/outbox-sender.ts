import { Accounts } from '@app/identity';
import { assertNever, Clock, idFrom, localDateOf, msOf } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Announcer } from '../application/announcer';
import { Choices } from '../application/choices';
import { NotificationOptions } from '../application/notification-options';
import { Webhooks } from '../application/webhooks';
import { Mailer } from '../channels/mailer';
import { codeLetterOf, letterOf, type ToldLine } from '../channels/letter';
import { WebhookSender } from '../channels/webhook-sender';
import { MAX_ATTEMPTS } from '../domain/retry';
import { Outbox, type Claimed, type Outcome } from './outbox';

const AT_A_TIME = 12;
const SIDE_BY_SIDE = 4;

/** How letters and deliveries leave; tests bring their own. */
export class Channels {
  readonly mailer: Pick<Mailer, 'send'> | null;
  readonly webhooks: Pick<WebhookSender, 'send'>;

  constructor({ mail, webhookHosts }: NotificationOptions) {
    this.mailer = mail === null ? null : new Mailer(mail);
    this.webhooks = new WebhookSender(webhookHosts);
  }
}

/** Takes what is due from the outbox and sends it. Any number of workers may do so side by side. */
@Injectable()
export class OutboxSender {
  constructor(
    @Inject(Outbox) private readonly outbox: Outbox,
    @Inject(Channels) private readonly channels: Channels,
    @Inject(Choices) private readonly choices: Choices,
    @Inject(Webhooks) private readonly webhooks: Webhooks,
    @Inject(Accounts) private readonly accounts: Pick<Accounts, 'isActive'>,
    @Inject(Announcer) private readonly announcer: Announcer,
    @Inject(NotificationOptions) private readonly options: NotificationOptions,
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** One round; returns how many were taken. Errors: what the database throws, and then what was held is taken again later. */
  async round(signal?: AbortSignal): Promise<number> {
    const claimed = [...(await this.outbox.claim(AT_A_TIME))];
    const count = claimed.length;
    let died = false;
    const work = async (): Promise<void> => {
      for (let next = claimed.shift(); next !== undefined && signal?.aborted !== true; next = claimed.shift()) {
        died = (await this.outbox.settle(next, await this.send(next))) || died;
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work));
    if (died) await this.tellAdministrators();
    return count;
  }

  private send(claimed: Claimed): Promise<Outcome> {
    // The attempts before ended without a word: their sender was killed each time.
    if (claimed.attempts > MAX_ATTEMPTS) return Promise.resolve({ end: 'failed', error: 'sender-lost', permanent: true });
    switch (claimed.channel) {
      case 'mail':
        return this.mail(claimed);
      case 'confirmation':
        return this.code(claimed);
      case 'webhook':
        return this.post(claimed);
      default:
        return assertNever(claimed);
    }
  }

  private async mail({ id, personId }: Extract<Claimed, { channel: 'mail' }>): Promise<Outcome> {
    if (this.channels.mailer === null) return { end: 'failed', error: 'mail-not-configured', permanent: false };
    const { address, confirmed } = await this.choices.of(personId);
    if (address === null || !confirmed || !(await this.accounts.isActive(personId))) return { end: 'dropped', error: 'no-address' };
    // What was read in the application since needs no mail.
    const lines = await this.database.query<ToldLine[]>(
      'select kind, params, path, in_place_of is not null as substitute from notification where mail_id = $1 and read_at is null order by at, id',
      [id],
    );
    if (lines.length === 0) return { end: 'dropped', error: 'read-already' };
    return this.channels.mailer.send({ id, to: address, ...letterOf(lines, this.options.publicUrl) });
  }

  private async code({ id, personId }: Extract<Claimed, { channel: 'confirmation' }>): Promise<Outcome> {
    if (this.channels.mailer === null) return { end: 'failed', error: 'mail-not-configured', permanent: false };
    const waiting = await this.choices.codeToSend(personId);
    if (waiting === null || !(await this.accounts.isActive(personId))) return { end: 'dropped', error: 'no-code' };
    return this.channels.mailer.send({ id, to: waiting.address, ...codeLetterOf(waiting.code, waiting.until, this.options.publicUrl) });
  }

  private async post({ id, endpointId, body }: Extract<Claimed, { channel: 'webhook' }>): Promise<Outcome> {
    const target = await this.webhooks.target(endpointId);
    if (target === null) return { end: 'dropped', error: 'webhook-removed' };
    const timestamp = Math.floor(msOf(this.clock.now()) / 1_000);
    return this.channels.webhooks.send({ id, body, timestamp, url: target.url, keys: target.keys });
  }

  /** Once a day, however many there are: this may itself be what cannot be sent. */
  private tellAdministrators(): Promise<void> {
    const at = this.clock.now();
    return this.announcer.tell({
      eventId: idFrom('dead-letter', localDateOf(at)),
      at,
      position: null,
      doneBy: null,
      news: [
        {
          kind: 'failure',
          to: [{ kind: 'role', role: 'admin' }],
          params: { text: '有通知没有发送成功，请到“发送失败”页面处理。' },
          path: '/admin/dead-letters',
          urgent: false,
        },
      ],
    });
  }
}
