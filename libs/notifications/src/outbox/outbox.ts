import { randomUUID } from 'node:crypto';
import { Clock, instantFromMs, msOf, type Instant, type PersonId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { pauseAfter } from '../domain/retry';

type ClaimedRow = Readonly<{ id: string; lease: string; attempts: number; createdAt: Instant }>;
/** What a sender holds for a while. `attempts` counts this one. */
export type Claimed =
  | (ClaimedRow & Readonly<{ channel: 'mail'; personId: PersonId }>)
  /** 确认码. */
  | (ClaimedRow & Readonly<{ channel: 'confirmation'; personId: PersonId }>)
  | (ClaimedRow & Readonly<{ channel: 'webhook'; endpointId: string; body: string }>);

/** How sending ended. `error` is a code: no address, no secret, nothing that the other side wrote. */
export type Outcome =
  | Readonly<{ end: 'sent' }>
  /** There was nothing to send, or nobody to send it to. */
  | Readonly<{ end: 'dropped'; error: string }>
  | Readonly<{ end: 'failed'; error: string; permanent: boolean }>;

type Stored = Readonly<{
  id: string;
  lease: string;
  channel: 'mail' | 'confirmation' | 'webhook';
  person_id: PersonId;
  endpoint_id: string;
  body: string;
  attempts: number;
  created_at: Date;
}>;

/** Longer than any attempt takes. What is held longer belongs to a sender that is gone, and is sent once more. */
const LEASE_MS = 5 * 60_000;
const KEEP_SENT_MS = 30 * 24 * 3_600_000;
const KEEP_TOLD_MS = 400 * 24 * 3_600_000;
const PRUNED_AT_A_TIME = 5_000;

/** What has to go out. Claimed by senders one by one; two of them never hold the same at the same time. */
@Injectable()
export class Outbox {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** The attempt counts from here: whatever kills its sender each time is not tried for ever. A mail takes nothing more along. */
  async claim(limit: number): Promise<readonly Claimed[]> {
    const now = this.clock.now();
    const rows = await this.database.query<Stored[]>(
      `with due as (
         select id from outbox where state = 'waiting' and next_at <= $1 and (lease_until is null or lease_until <= $1)
         order by next_at limit $2 for update skip locked
       ), claimed as (
         update outbox o set lease = $3, lease_until = $4, attempts = attempts + 1, open_key = null
         from due where o.id = due.id returning o.*
       )
       select id, lease, channel, person_id, endpoint_id, body, attempts, created_at from claimed order by next_at, id`,
      [now, limit, randomUUID(), instantFromMs(msOf(now) + LEASE_MS)],
    );
    return rows.map((row): Claimed => {
      const held = { id: row.id, lease: row.lease, attempts: row.attempts, createdAt: row.created_at.toISOString() as Instant };
      return row.channel === 'webhook'
        ? { ...held, channel: 'webhook', endpointId: row.endpoint_id, body: row.body }
        : { ...held, channel: row.channel, personId: row.person_id };
    });
  }

  /** What became of it; without effect where another sender has taken it over meanwhile. True when it is a dead letter now. */
  async settle({ id, lease, attempts }: ClaimedRow, outcome: Outcome): Promise<boolean> {
    const now = this.clock.now();
    const pause = outcome.end === 'failed' && !outcome.permanent ? pauseAfter(attempts, id) : null;
    const state = outcome.end === 'failed' ? (pause === null ? 'dead' : 'waiting') : outcome.end;
    const error = outcome.end === 'sent' ? null : outcome.error;
    const nextAt = pause === null ? null : instantFromMs(msOf(now) + pause);
    const settled = await this.database.query<unknown[]>(
      `with settled as (
         update outbox set state = $3, last_error = $4, next_at = coalesce($5::timestamptz, next_at), lease = null, lease_until = null,
           settled_at = case when $3 = 'waiting' then null else $6::timestamptz end
         where id = $1 and lease = $2 and state = 'waiting' returning 1)
       select 1 from settled`,
      [id, lease, state, error, nextAt, now],
    );
    return settled.length > 0 && state === 'dead';
  }

  /** Forgets what was sent long ago, and messages of more than a year. Returns how many rows went. */
  async prune(): Promise<number> {
    const now = msOf(this.clock.now());
    const [sent] = await this.database.query<Readonly<{ n: number }>[]>(
      `with gone as (delete from outbox where id in
         (select id from outbox where state in ('sent', 'dropped') and settled_at < $1 limit $2) returning 1)
       select count(*)::int as n from gone`,
      [instantFromMs(now - KEEP_SENT_MS), PRUNED_AT_A_TIME],
    );
    const [told] = await this.database.query<Readonly<{ n: number }>[]>(
      `with gone as (delete from notification where id in (select id from notification where at < $1 limit $2) returning 1)
       select count(*)::int as n from gone`,
      [instantFromMs(now - KEEP_TOLD_MS), PRUNED_AT_A_TIME],
    );
    return (sent?.n ?? 0) + (told?.n ?? 0);
  }
}
