import { Inject, Injectable } from '@nestjs/common';
import { Clock, type AccountId, type Instant, type LocalDate, type PersonId } from '@app/kernel';
import { DataSource, type EntityManager } from 'typeorm';

export const SECURITY_EVENTS = [
  'signed-in',
  'sign-in-failed',
  'locked',
  'unlocked',
  'signed-out',
  'account-created',
  'account-withdrawn',
  'password-changed',
  'password-reset',
  'token-issued',
  'token-revoked',
  'denied',
  'exported',
  'read-in-full',
  'package-taken',
  'device-registered',
  'device-secret-given',
  'device-withdrawn',
  'backup-started',
] as const;
export type SecurityEvent = (typeof SECURITY_EVENTS)[number];

/** Detail holds ids, routes and counts, never names, passwords or what somebody typed. */
export type SecurityEntry = Readonly<{
  kind: SecurityEvent;
  accountId?: AccountId | undefined;
  personId?: PersonId | undefined;
  ip?: string | undefined;
  detail?: Readonly<Record<string, string | number | boolean | null>> | undefined;
}>;
export type SecurityRow = Readonly<{
  id: string;
  at: Instant;
  kind: SecurityEvent;
  accountId: AccountId | null;
  personId: PersonId | null;
  ip: string | null;
  detail: Readonly<Record<string, unknown>>;
}>;

/** All entries when a part is absent; `from` and `to` are days of the county, both included. */
export type SecurityQuery = Readonly<{
  limit: number;
  /** Older than this entry. */
  before?: bigint | undefined;
  kind?: SecurityEvent | undefined;
  personId?: PersonId | undefined;
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
}>;

/** The log of the door; the database refuses to change or delete what stands in it. */
@Injectable()
export class SecurityLog {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async record(entry: SecurityEntry, tx: EntityManager = this.dataSource.manager): Promise<void> {
    await tx.query('insert into security_log (at, kind, account_id, person_id, ip, detail) values ($1, $2, $3, $4, $5, $6)', [
      this.clock.now(),
      entry.kind,
      entry.accountId ?? null,
      entry.personId ?? null,
      entry.ip ?? null,
      JSON.stringify(entry.detail ?? {}),
    ]);
  }

  /** Newest first, at most `limit`. */
  async read({ limit, before, kind, personId, from, to }: SecurityQuery): Promise<readonly SecurityRow[]> {
    const rows = await this.dataSource.query<
      {
        id: string;
        at: Date;
        kind: SecurityEvent;
        account_id: string | null;
        person_id: string | null;
        ip: string | null;
        detail: object;
      }[]
    >(
      `select * from security_log
        where ($2::bigint is null or id < $2) and ($3::text is null or kind = $3) and ($4::text is null or person_id = $4)
          and ($5::date is null or at >= $5::date::timestamp at time zone 'Asia/Shanghai')
          and ($6::date is null or at < ($6::date + 1)::timestamp at time zone 'Asia/Shanghai')
        order by id desc limit $1`,
      [limit, before ?? null, kind ?? null, personId ?? null, from ?? null, to ?? null],
    );
    return rows.map((r) => ({
      id: r.id,
      at: r.at.toISOString() as Instant,
      kind: r.kind,
      accountId: r.account_id as AccountId | null,
      personId: r.person_id as PersonId | null,
      ip: r.ip,
      detail: { ...r.detail },
    }));
  }
}
