import { askPrepared, Batched } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, instantFromMs, msOf, type AccountId, type Instant, type PersonId, type PostId } from '@app/kernel';
import { DataSource, type EntityManager } from 'typeorm';
import { reject } from '../domain/identity.errors';
import { IdentityOptions } from './identity-options';
import { passwordFits } from './passwords';
import { hashOfSecret, newSecret } from './secrets';
import { SecurityLog } from './security-log';

export type Session = Readonly<{
  /** Hash of the secret; fit for logs and for comparing, not for signing in. */
  sessionId: string;
  accountId: AccountId;
  login: string;
  personId: PersonId;
  actingPostId: PostId | null;
  mustChangePassword: boolean;
}>;
export type Opened = Readonly<{ session: Session; secret: string }>;

type Candidate = {
  id: AccountId;
  login: string;
  person_id: PersonId;
  password_hash: string;
  status: string;
  must_change_password: boolean;
  locked_until: Date | null;
};

/** Written at most once a minute, so that reading does not become writing. */
const SEEN_EVERY_MS = 60_000;

type Standing = Readonly<{
  id_hash: string;
  account_id: AccountId;
  login: string;
  person_id: PersonId;
  acting_post: PostId | null;
  must_change_password: boolean;
  last_seen_at: Date;
}>;

const STANDING = {
  name: 'session-standing',
  text: `select s.id_hash, s.account_id, a.login, a.person_id, s.acting_post, a.must_change_password, s.last_seen_at
           from session s join account a on a.id = s.account_id
          where s.id_hash = any($1) and a.status = 'active' and s.expires_at > $2 and s.last_seen_at > $3`,
};

@Injectable()
export class Sessions {
  /** Every request asks for its session. */
  private readonly standing = new Batched<string, Standing | null>((sessionIds) => this.standingNow(sessionIds));

  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(SecurityLog) private readonly log: SecurityLog,
    @Inject(IdentityOptions) private readonly options: IdentityOptions,
  ) {}

  /** Rejects with `sign-in-failed` for every reason, in the same time. */
  async signIn(login: string, password: string, ip?: string): Promise<Opened> {
    const [account] = await this.dataSource.query<Candidate[]>('select * from account where login = $1', [login.trim().toLowerCase()]);
    const now = this.clock.now();
    const fits = await passwordFits(account?.password_hash ?? null, password);
    if (account === undefined) {
      await this.log.record({ kind: 'sign-in-failed', ip, detail: { reason: 'unknown-login' } });
      return reject('sign-in-failed');
    }
    const about = { accountId: account.id, personId: account.person_id, ip };
    const locked = account.locked_until !== null && account.locked_until.toISOString() > now;
    if (account.status !== 'active' || locked) {
      await this.log.record({ kind: 'sign-in-failed', ...about, detail: { reason: locked ? 'locked' : 'withdrawn' } });
      return reject('sign-in-failed');
    }
    if (!fits) {
      await this.countFailure(account.id, now, about);
      return reject('sign-in-failed');
    }
    return this.open(account, now, about);
  }

  private async standingNow(sessionIds: readonly string[]): Promise<readonly (Standing | null)[]> {
    const now = this.clock.now();
    const values = [[...new Set(sessionIds)], now, this.minutesBefore(now, this.options.idleMinutes)];
    const rows = await askPrepared<Standing>(this.dataSource, STANDING, values);
    const found = new Map(rows.map((row) => [row.id_hash, row]));
    return sessionIds.map((id) => found.get(id) ?? null);
  }

  /** Null when there is no such session, or it ended, or the account was withdrawn. */
  async find(secret: string): Promise<Session | null> {
    const now = this.clock.now();
    const sessionId = hashOfSecret(secret);
    const row = await this.standing.of(sessionId);
    if (row === null) return null;
    if (msOf(now) - row.last_seen_at.getTime() >= SEEN_EVERY_MS) {
      await this.dataSource.query('update session set last_seen_at = $2 where id_hash = $1', [sessionId, now]);
    }
    return {
      sessionId,
      accountId: row.account_id,
      login: row.login,
      personId: row.person_id,
      actingPostId: row.acting_post,
      mustChangePassword: row.must_change_password,
    };
  }

  async actFrom(sessionId: string, postId: PostId | null): Promise<void> {
    await this.dataSource.query('update session set acting_post = $2 where id_hash = $1', [sessionId, postId]);
  }

  async signOut(session: Pick<Session, 'sessionId' | 'accountId' | 'personId'>, ip?: string): Promise<void> {
    await this.dataSource.query('delete from session where id_hash = $1', [session.sessionId]);
    await this.log.record({ kind: 'signed-out', accountId: session.accountId, personId: session.personId, ip });
  }

  /** Removes what ended by itself; done at each sign-in, so that nothing piles up. */
  private async sweep(now: Instant, tx: EntityManager): Promise<void> {
    // Two who sign in at once do not wait for each other here.
    await tx.query(
      `delete from session where id_hash in
         (select id_hash from session where expires_at <= $1 or last_seen_at <= $2 for update skip locked)`,
      [now, this.minutesBefore(now, this.options.idleMinutes)],
    );
  }

  private async open(
    account: Candidate,
    now: Instant,
    about: { accountId: AccountId; personId: PersonId; ip: string | undefined },
  ): Promise<Opened> {
    const secret = newSecret();
    const sessionId = hashOfSecret(secret);
    await this.dataSource.transaction(async (tx) => {
      await this.sweep(now, tx);
      await tx.query('update account set failed_attempts = 0, locked_until = null, last_login_at = $2 where id = $1', [account.id, now]);
      await tx.query('insert into session (id_hash, account_id, created_at, last_seen_at, expires_at) values ($1, $2, $3, $3, $4)', [
        sessionId,
        account.id,
        now,
        this.minutesBefore(now, -this.options.sessionHours * 60),
      ]);
      await this.log.record({ kind: 'signed-in', ...about }, tx);
    });
    const session: Session = {
      sessionId,
      accountId: account.id,
      login: account.login,
      personId: account.person_id,
      actingPostId: null,
      mustChangePassword: account.must_change_password,
    };
    return { session, secret };
  }

  private async countFailure(
    id: AccountId,
    now: Instant,
    about: { accountId: AccountId; personId: PersonId; ip: string | undefined },
  ): Promise<void> {
    await this.dataSource.transaction(async (tx) => {
      const [rows] = await tx.query<[{ locked: boolean }[], number]>(
        `update account set
           failed_attempts = case when failed_attempts + 1 >= $2 then 0 else failed_attempts + 1 end,
           locked_until = case when failed_attempts + 1 >= $2 then $3::timestamptz else null end
         where id = $1 returning locked_until is not null as locked`,
        [id, this.options.attempts, this.minutesBefore(now, -this.options.lockMinutes)],
      );
      await this.log.record({ kind: 'sign-in-failed', ...about, detail: { reason: 'password' } }, tx);
      if (rows[0]?.locked === true) await this.log.record({ kind: 'locked', ...about, detail: { minutes: this.options.lockMinutes } }, tx);
    });
  }

  private minutesBefore(now: Instant, minutes: number): Instant {
    return instantFromMs(msOf(now) - minutes * 60_000);
  }
}
