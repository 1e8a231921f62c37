import { randomBytes, randomUUID } from 'node:crypto';
import { Clock, instantFromMs, msOf, type AccountId, type Instant } from '@app/kernel';
import { MasterKey } from '@app/privacy';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { reject } from '../domain/identity.errors';
import type { ByWhom } from './accounts';
import { SecurityLog } from './security-log';

export type DeviceRow = Readonly<{
  deviceId: string;
  label: string;
  state: 'active' | 'withdrawn';
  registeredAt: Instant;
  lastSeenAt: Instant;
  withdrawnAt: Instant | null;
}>;
/** `secret` is base64 of 32 random bytes: the server's part of the key that the phone's store is encrypted with. */
export type NewDevice = Readonly<{ deviceId: string; secret: string; issuedAt: Instant }>;

export const DEVICES_PER_ACCOUNT = 5;
const FRESH_MINUTES = 15;
const SECRET_BYTES = 32;

type Stored = {
  id: string;
  account_id: AccountId;
  label: string;
  sealed_secret: string | null;
  created_at: Date;
  last_seen_at: Date;
  withdrawn_at: Date | null;
};

const purposeOf = (deviceId: string): string => `device ${deviceId}`;
const at = (date: Date): Instant => date.toISOString() as Instant;
const rowOf = (stored: Stored): DeviceRow => ({
  deviceId: stored.id,
  label: stored.label,
  state: stored.withdrawn_at === null ? 'active' : 'withdrawn',
  registeredAt: at(stored.created_at),
  lastSeenAt: at(stored.last_seen_at),
  withdrawnAt: stored.withdrawn_at === null ? null : at(stored.withdrawn_at),
});

/** Phones that keep a store of their own. The server's part of each key is sealed here and destroyed when the device is withdrawn. */
@Injectable()
export class Devices {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(SecurityLog) private readonly log: SecurityLog,
    @Inject(MasterKey) private readonly master: MasterKey,
  ) {}

  /** Rejects with `device-limit`. */
  async register(accountId: AccountId, label: string, by: ByWhom = {}): Promise<NewDevice> {
    const now = this.clock.now();
    const deviceId = randomUUID();
    const secret = randomBytes(SECRET_BYTES);
    await this.dataSource.transaction(async (tx) => {
      // Two that register at once are counted one after the other.
      await tx.query('select 1 from account where id = $1 for update', [accountId]);
      const [active] = await tx.query<{ n: number }[]>(
        'select count(*)::int as n from device where account_id = $1 and withdrawn_at is null',
        [accountId],
      );
      if ((active?.n ?? 0) >= DEVICES_PER_ACCOUNT) reject('device-limit', { max: DEVICES_PER_ACCOUNT });
      await tx.query(
        'insert into device (id, account_id, label, sealed_secret, created_at, last_seen_at) values ($1, $2, $3, $4, $5, $5)',
        [deviceId, accountId, label, this.master.wrap(purposeOf(deviceId), secret), now],
      );
      await this.log.record({ kind: 'device-registered', accountId, ...by, detail: { deviceId } }, tx);
    });
    return { deviceId, secret: secret.toString('base64'), issuedAt: now };
  }

  /**
   * The secret again, for who registered the device and signed in within the last minutes. Rejects: `device-absent` (also for a
   * device of somebody else), `device-withdrawn`, `fresh-sign-in-required`.
   */
  async secretOf(deviceId: string, accountId: AccountId, sessionId: string | null, by: ByWhom = {}): Promise<NewDevice> {
    const device = await this.own(deviceId, accountId);
    if (device.sealed_secret === null) return reject('device-withdrawn');
    if (!(await this.isFresh(sessionId))) reject('fresh-sign-in-required', { minutes: FRESH_MINUTES });
    const now = this.clock.now();
    await this.dataSource.query('update device set last_seen_at = $2 where id = $1', [deviceId, now]);
    await this.log.record({ kind: 'device-secret-given', accountId, ...by, detail: { deviceId } });
    return { deviceId, secret: this.master.unwrap(purposeOf(deviceId), device.sealed_secret).toString('base64'), issuedAt: now };
  }

  /**
   * For the device itself, which may have no session any more: its id cannot be guessed and nothing but the state is told.
   * Rejects: `device-absent`, `device-withdrawn`.
   */
  async stateOf(deviceId: string): Promise<'active'> {
    const [found] = await this.dataSource.query<{ active: boolean }[]>(
      `select d.withdrawn_at is null and a.status = 'active' as active from device d join account a on a.id = d.account_id where d.id = $1`,
      [deviceId],
    );
    if (found === undefined) return reject('device-absent');
    return found.active ? 'active' : reject('device-withdrawn');
  }

  async list(accountId: AccountId): Promise<readonly DeviceRow[]> {
    const rows = await this.dataSource.query<Stored[]>(
      'select * from device where account_id = $1 order by withdrawn_at is not null, created_at desc limit 100',
      [accountId],
    );
    return rows.map(rowOf);
  }

  /** By its owner; repeated it changes nothing. Rejects with `device-absent`. */
  async remove(deviceId: string, accountId: AccountId, by: ByWhom = {}): Promise<void> {
    await this.own(deviceId, accountId);
    await this.withdraw(deviceId, by);
  }

  /** By an administrator. Rejects with `device-absent`. */
  async withdraw(deviceId: string, by: ByWhom = {}): Promise<void> {
    await this.dataSource.transaction(async (tx) => {
      const device = await this.find(deviceId, tx);
      if (device === undefined) return reject('device-absent');
      if (device.withdrawn_at !== null) return;
      await tx.query('update device set withdrawn_at = $2, withdrawn_by = $3, sealed_secret = null where id = $1', [
        deviceId,
        this.clock.now(),
        by.personId ?? null,
      ]);
      await this.log.record({ kind: 'device-withdrawn', accountId: device.account_id, ...by, detail: { deviceId } }, tx);
    });
  }

  private async own(deviceId: string, accountId: AccountId): Promise<Stored> {
    const device = await this.find(deviceId, this.dataSource.manager);
    return device === undefined || device.account_id !== accountId ? reject('device-absent') : device;
  }

  private async find(deviceId: string, tx: EntityManager): Promise<Stored | undefined> {
    const [row] = await tx.query<Stored[]>('select * from device where id = $1', [deviceId]);
    return row;
  }

  /** Tokens of machines have no session and are never fresh. */
  private async isFresh(sessionId: string | null): Promise<boolean> {
    if (sessionId === null) return false;
    const since = instantFromMs(msOf(this.clock.now()) - FRESH_MINUTES * 60_000);
    const rows = await this.dataSource.query<unknown[]>('select 1 from session where id_hash = $1 and created_at >= $2', [
      sessionId,
      since,
    ]);
    return rows.length > 0;
  }
}
