import { Inject, Injectable } from '@nestjs/common';
import { Clock, type AccountId, type Instant, type PersonId } from '@app/kernel';
import { DataSource, type EntityManager } from 'typeorm';

export type SecurityEvent =
  | 'signed-in'
  | 'sign-in-failed'
  | 'locked'
  | 'unlocked'
  | 'signed-out'
  | 'account-created'
  | 'account-withdrawn'
  | 'password-changed'
  | 'password-reset'
  | 'token-issued'
  | 'token-revoked'
  | 'denied'
  | 'exported'
  | 'read-in-full'
  | 'package-taken'
  | 'device-registered'
  | 'device-secret-given'
  | 'device-withdrawn';

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

  /** Newest first, at most `limit`, older than entry `before`. */
  async read(limit: number, before?: bigint): Promise<readonly SecurityRow[]> {
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
    >('select * from security_log where $2::bigint is null or id < $2 order by id desc limit $1', [limit, before ?? null]);
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
