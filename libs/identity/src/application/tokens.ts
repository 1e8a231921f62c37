import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock, msOf, type AccountId, type Instant, type PersonId, type PostId } from '@app/kernel';
import { DataSource } from 'typeorm';
import { reject } from '../domain/identity.errors';
import type { ByWhom } from './accounts';
import { hashOfSecret, newSecret } from './secrets';
import { SecurityLog } from './security-log';

/** read: GET only · write: every method. */
export const TOKEN_SCOPES = ['read', 'write'] as const;
export type TokenScope = (typeof TOKEN_SCOPES)[number];

export type NewToken = Readonly<{
  accountId: AccountId;
  name: string;
  scopes: readonly TokenScope[];
  actingPostId: PostId | null;
  expiresAt: Instant | null;
}>;
export type TokenRow = Readonly<{
  id: string;
  accountId: AccountId;
  name: string;
  scopes: readonly TokenScope[];
  actingPostId: PostId | null;
  createdAt: Instant;
  expiresAt: Instant | null;
  revokedAt: Instant | null;
  lastUsedAt: Instant | null;
}>;
export type TokenBearer = Readonly<{
  tokenId: string;
  accountId: AccountId;
  login: string;
  personId: PersonId;
  actingPostId: PostId | null;
  scopes: readonly TokenScope[];
}>;

type Stored = {
  id: string;
  account_id: AccountId;
  name: string;
  scopes: TokenScope[];
  acting_post: PostId | null;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
};
const PREFIX = 'ql_';
const SEEN_EVERY_MS = 60_000;
const at = (date: Date | null): Instant | null => (date === null ? null : (date.toISOString() as Instant));

/** Bearer tokens of machines. They act as the account they belong to. */
@Injectable()
export class Tokens {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(SecurityLog) private readonly log: SecurityLog,
  ) {}

  /** The token is answered here and never again. Rejects: `account-absent`, `token-name-missing`. */
  async issue(token: NewToken, by: ByWhom = {}): Promise<Readonly<{ id: string; token: string }>> {
    const name = token.name.trim();
    if (name === '') reject('token-name-missing');
    const [account] = await this.dataSource.query<unknown[]>(`select 1 from account where id = $1 and status = 'active'`, [
      token.accountId,
    ]);
    if (account === undefined) reject('account-absent');
    const id = randomUUID();
    const secret = `${PREFIX}${newSecret()}`;
    await this.dataSource.transaction(async (tx) => {
      await tx.query(
        `insert into api_token (id, account_id, name, token_hash, scopes, acting_post, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, token.accountId, name, hashOfSecret(secret), token.scopes, token.actingPostId, this.clock.now(), token.expiresAt],
      );
      await this.log.record({ kind: 'token-issued', accountId: token.accountId, ...by, detail: { tokenId: id } }, tx);
    });
    return { id, token: secret };
  }

  async list(): Promise<readonly TokenRow[]> {
    const rows = await this.dataSource.query<Stored[]>('select * from api_token order by created_at, id');
    return rows.map((r) => ({
      id: r.id,
      accountId: r.account_id,
      name: r.name,
      scopes: r.scopes,
      actingPostId: r.acting_post,
      createdAt: r.created_at.toISOString() as Instant,
      expiresAt: at(r.expires_at),
      revokedAt: at(r.revoked_at),
      lastUsedAt: at(r.last_used_at),
    }));
  }

  /** Repeating it changes nothing. Rejects: `token-absent`. */
  async revoke(id: string, by: ByWhom = {}): Promise<void> {
    await this.dataSource.transaction(async (tx) => {
      const [token] = await tx.query<Stored[]>('select * from api_token where id = $1 for update', [id]);
      if (token === undefined) return reject('token-absent');
      if (token.revoked_at !== null) return;
      await tx.query('update api_token set revoked_at = $2 where id = $1', [id, this.clock.now()]);
      await this.log.record({ kind: 'token-revoked', accountId: token.account_id, ...by, detail: { tokenId: id } }, tx);
    });
  }

  /** Null when there is no such token, or it expired or was revoked, or the account was withdrawn. */
  async find(token: string): Promise<TokenBearer | null> {
    if (!token.startsWith(PREFIX)) return null;
    const now = this.clock.now();
    const [row] = await this.dataSource.query<(Stored & { login: string; person_id: PersonId })[]>(
      `select t.*, a.login, a.person_id from api_token t join account a on a.id = t.account_id
        where t.token_hash = $1 and t.revoked_at is null and (t.expires_at is null or t.expires_at > $2) and a.status = 'active'`,
      [hashOfSecret(token), now],
    );
    if (row === undefined) return null;
    if (row.last_used_at === null || msOf(now) - row.last_used_at.getTime() >= SEEN_EVERY_MS) {
      await this.dataSource.query('update api_token set last_used_at = $2 where id = $1', [row.id, now]);
    }
    return {
      tokenId: row.id,
      accountId: row.account_id,
      login: row.login,
      personId: row.person_id,
      actingPostId: row.acting_post,
      scopes: row.scopes,
    };
  }
}
