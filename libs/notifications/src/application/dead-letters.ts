import { Clock, instant, type Instant, type PersonId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { reject } from '../domain/notification.errors';

export type DeadLetter = Readonly<{
  id: string;
  channel: 'mail' | 'confirmation' | 'webhook';
  /** Of a mail: whom it was for. Not where to: an address is personal. */
  personId: PersonId | null;
  /** Of a webhook: which. */
  endpointId: string | null;
  /** Messages that the mail takes along. */
  messages: number;
  attempts: number;
  /** A code: neither addresses nor what the other side wrote. */
  error: string | null;
  createdAt: Instant;
  diedAt: Instant;
}>;
export type OutboxState = Readonly<{ waiting: number; dead: number; oldestDueSeconds: number | null }>;

type Stored = Readonly<{
  id: string;
  channel: 'mail' | 'confirmation' | 'webhook';
  person_id: PersonId | null;
  endpoint_id: string | null;
  messages: number;
  attempts: number;
  last_error: string | null;
  created_at: Date;
  settled_at: Date;
}>;
const MOST = 200;

/** What could not be sent, for administrators: send again, or drop with a reason. */
@Injectable()
export class DeadLetters {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Newest first, at most 200. */
  async list(): Promise<readonly DeadLetter[]> {
    const rows = await this.database.query<Stored[]>(
      `select o.id, o.channel, o.person_id, o.endpoint_id, o.attempts, o.last_error, o.created_at, o.settled_at,
         (select count(*)::int from notification n where n.mail_id = o.id) as messages
       from outbox o where o.state = 'dead' order by o.settled_at desc, o.id desc limit $1`,
      [MOST],
    );
    return rows.map((row) => ({
      id: row.id,
      channel: row.channel,
      personId: row.person_id,
      endpointId: row.endpoint_id,
      messages: row.messages,
      attempts: row.attempts,
      error: row.last_error,
      createdAt: instant(row.created_at.toISOString()),
      diedAt: instant(row.settled_at.toISOString()),
    }));
  }

  /** All attempts anew, from now. Rejects with `dead-letter-absent`. */
  async resend(id: string): Promise<void> {
    await this.settle(
      `update outbox set state = 'waiting', attempts = 0, next_at = $2, settled_at = null, lease = null, lease_until = null
       where id = $1 and state = 'dead' returning 1`,
      [id, this.clock.now()],
    );
  }

  /** Rejects: `dead-letter-absent`, `reason-required`. */
  async drop(id: string, reason: string, by: PersonId): Promise<void> {
    if (reason.trim() === '') reject('reason-required');
    await this.settle(
      `update outbox set state = 'dropped', settled_at = $2, dropped_because = $3, dropped_by = $4 where id = $1 and state = 'dead' returning 1`,
      [id, this.clock.now(), reason.trim(), by],
    );
  }

  /** For the pages and for whoever watches. Counts no more than 10,000 of each. */
  async outbox(): Promise<OutboxState> {
    const [row] = await this.database.query<Readonly<{ waiting: number; dead: number; oldest: Date | null }>[]>(
      `select (select count(*)::int from (select 1 from outbox where state = 'waiting' limit 10000) w) as waiting,
         (select count(*)::int from (select 1 from outbox where state = 'dead' limit 10000) d) as dead,
         (select min(next_at) from outbox where state = 'waiting') as oldest`,
    );
    const late = row?.oldest === undefined || row.oldest === null ? null : Date.parse(this.clock.now()) - row.oldest.getTime();
    return {
      waiting: row?.waiting ?? 0,
      dead: row?.dead ?? 0,
      oldestDueSeconds: late === null ? null : Math.max(0, Math.round(late / 1_000)),
    };
  }

  private async settle(sql: string, values: readonly unknown[]): Promise<void> {
    const rows = await this.database.query<unknown[]>(`with settled as (${sql}) select 1 from settled`, [...values]);
    if (rows.length === 0) reject('dead-letter-absent');
  }
}
