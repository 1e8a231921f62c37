import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, type AccountId, type Instant, type PersonId } from '@app/kernel';
import { DataSource, type EntityManager } from 'typeorm';
import { reject } from '../domain/identity.errors';
import { checkPassword, LOGIN } from '../domain/password.policy';
import { hashPassword, passwordFits } from './passwords';
import { oneTimePassword } from './secrets';
import { SecurityLog } from './security-log';

/** Who did it, for the log. */
export type ByWhom = Readonly<{ personId?: PersonId; ip?: string }>;
export type NewAccount = Readonly<{
  login: string;
  personId: PersonId;
  /** Absent: a one-time password is made. */
  password?: string;
  /** Default: true for a one-time password, false for a given one. */
  mustChangePassword?: boolean;
}>;
export type AccountRow = Readonly<{
  id: AccountId;
  login: string;
  personId: PersonId;
  status: 'active' | 'withdrawn';
  mustChangePassword: boolean;
  lockedUntil: Instant | null;
  createdAt: Instant;
  lastLoginAt: Instant | null;
}>;

type Stored = {
  id: AccountId;
  login: string;
  person_id: PersonId;
  status: 'active' | 'withdrawn';
  must_change_password: boolean;
  locked_until: Date | null;
  created_at: Date;
  last_login_at: Date | null;
  password_hash: string;
};
const at = (date: Date | null): Instant | null => (date === null ? null : (date.toISOString() as Instant));
const UNIQUE_VIOLATION = '23505';
const isTaken = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === UNIQUE_VIOLATION;

@Injectable()
export class Accounts {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(SecurityLog) private readonly log: SecurityLog,
  ) {}

  /** The password is answered here and never again. Rejects: `login-malformed`, `login-taken`, `password-…`. */
  async create(account: NewAccount, by: ByWhom = {}): Promise<Readonly<{ id: AccountId; login: string; password: string }>> {
    const login = account.login.trim().toLowerCase();
    if (!LOGIN.test(login)) reject('login-malformed');
    if (account.password !== undefined) checkPassword(account.password, login);
    const password = account.password ?? oneTimePassword();
    const mustChange = account.mustChangePassword ?? account.password === undefined;
    const id = randomUUID() as AccountId;
    const passwordHash = await hashPassword(password);
    await this.dataSource
      .transaction(async (tx) => {
        await tx.query(
          `insert into account (id, login, person_id, password_hash, status, must_change_password, created_at, password_changed_at)
           values ($1, $2, $3, $4, 'active', $5, $6, $6)`,
          [id, login, account.personId, passwordHash, mustChange, this.clock.now()],
        );
        await this.log.record({ kind: 'account-created', accountId: id, ...by }, tx);
      })
      .catch((error: unknown) => {
        if (isTaken(error)) reject('login-taken');
        throw error;
      });
    return { id, login, password };
  }

  async any(): Promise<boolean> {
    const [row] = await this.dataSource.query<unknown[]>('select 1 from account limit 1');
    return row !== undefined;
  }

  /** Whether the person has an account that may sign in. */
  async isActive(personId: PersonId): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>("select 1 from account where person_id = $1 and status = 'active' limit 1", [
      personId,
    ]);
    return rows.length > 0;
  }

  async list(): Promise<readonly AccountRow[]> {
    const rows = await this.dataSource.query<Stored[]>('select * from account order by login');
    return rows.map((r) => ({
      id: r.id,
      login: r.login,
      personId: r.person_id,
      status: r.status,
      mustChangePassword: r.must_change_password,
      lockedUntil: r.locked_until !== null && r.locked_until.toISOString() > this.clock.now() ? at(r.locked_until) : null,
      createdAt: r.created_at.toISOString() as Instant,
      lastLoginAt: at(r.last_login_at),
    }));
  }

  /** Ends every other session of the account. Rejects: `password-wrong`, `password-unchanged`, `password-…`. */
  async changePassword(id: AccountId, present: string, wanted: string, keepSession: string | null, by: ByWhom = {}): Promise<void> {
    const account = await this.active(id);
    if (!(await passwordFits(account.password_hash, present))) reject('password-wrong');
    if (present === wanted) reject('password-unchanged');
    checkPassword(wanted, account.login);
    const passwordHash = await hashPassword(wanted);
    await this.dataSource.transaction(async (tx) => {
      await tx.query('update account set password_hash = $2, must_change_password = false, password_changed_at = $3 where id = $1', [
        id,
        passwordHash,
        this.clock.now(),
      ]);
      await tx.query('delete from session where account_id = $1 and id_hash is distinct from $2', [id, keepSession]);
      await this.log.record({ kind: 'password-changed', accountId: id, ...by }, tx);
    });
  }

  /** A new one-time password; all sessions end. */
  async resetPassword(id: AccountId, by: ByWhom = {}): Promise<string> {
    await this.active(id);
    const password = oneTimePassword();
    const passwordHash = await hashPassword(password);
    await this.dataSource.transaction(async (tx) => {
      await tx.query(
        `update account set password_hash = $2, must_change_password = true, password_changed_at = $3, failed_attempts = 0, locked_until = null
         where id = $1`,
        [id, passwordHash, this.clock.now()],
      );
      await this.endAll(id, tx);
      await this.log.record({ kind: 'password-reset', accountId: id, ...by }, tx);
    });
    return password;
  }

  /** Sessions and tokens end at once; repeating it changes nothing. */
  async withdraw(id: AccountId, by: ByWhom = {}): Promise<void> {
    await this.dataSource.transaction(async (tx) => {
      const account = await this.find(id, tx);
      if (account === undefined) return reject('account-absent');
      if (account.status === 'withdrawn') return;
      await tx.query(`update account set status = 'withdrawn', withdrawn_at = $2 where id = $1`, [id, this.clock.now()]);
      await tx.query('update api_token set revoked_at = $2 where account_id = $1 and revoked_at is null', [id, this.clock.now()]);
      await this.endAll(id, tx);
      // Without the server's part no phone of the account opens its store again.
      await tx.query(
        'update device set withdrawn_at = $2, withdrawn_by = $3, sealed_secret = null where account_id = $1 and withdrawn_at is null',
        [id, this.clock.now(), by.personId ?? null],
      );
      await this.log.record({ kind: 'account-withdrawn', accountId: id, ...by }, tx);
    });
  }

  async unlock(id: AccountId, by: ByWhom = {}): Promise<void> {
    await this.active(id);
    await this.dataSource.transaction(async (tx) => {
      await tx.query('update account set failed_attempts = 0, locked_until = null where id = $1', [id]);
      await this.log.record({ kind: 'unlocked', accountId: id, ...by }, tx);
    });
  }

  private async active(id: AccountId): Promise<Stored> {
    const account = await this.find(id, this.dataSource.manager);
    if (account === undefined) return reject('account-absent');
    return account.status === 'active' ? account : reject('account-withdrawn');
  }

  private async find(id: AccountId, tx: EntityManager): Promise<Stored | undefined> {
    const [row] = await tx.query<Stored[]>('select * from account where id = $1', [id]);
    return row;
  }

  private async endAll(id: AccountId, tx: EntityManager): Promise<void> {
    await tx.query('delete from session where account_id = $1', [id]);
  }
}
