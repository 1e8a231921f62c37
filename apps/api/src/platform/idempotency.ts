import { idFrom, type CommandId } from '@app/kernel';
import { MasterKey } from '@app/privacy';
import { askPrepared, Batched } from '@app/read-store';
import {
  createParamDecorator,
  Inject,
  Injectable,
  SetMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, mergeMap, of, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import { ProblemError } from './problem';

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const KEY = /^[\x21-\x7e]{8,200}$/;
const KEPT_HEADERS = ['etag', 'location'] as const;
const NO_KEY = 'without-idempotency-key';

/** For writes that are no commands: signing in and out, whose repetition is harmless. */
export const WithoutIdempotencyKey = (): MethodDecorator & ClassDecorator => SetMetadata(NO_KEY, true);

type Keyed = FastifyRequest & { commandId?: CommandId; account?: { accountId: string } };

/** The id of the command this request carries; it follows from account and Idempotency-Key, so a repetition is the same command. */
export const CommandIdOf = createParamDecorator((_: unknown, context: ExecutionContext): CommandId => {
  const { commandId } = context.switchToHttp().getRequest<Keyed>();
  if (commandId === undefined) throw keyRequired();
  return commandId;
});

const keyRequired = (): ProblemError =>
  new ProblemError(400, 'idempotency-key-required', {
    zh: '写操作要带 Idempotency-Key 请求头（8 到 200 个字符，每次操作各用一个）。',
    en: 'A write needs an Idempotency-Key header (8 to 200 characters, one per act).',
  });
export const keyReused = (): ProblemError =>
  new ProblemError(422, 'idempotency-key-reused', {
    zh: '这个 Idempotency-Key 已经用于另一个请求。',
    en: 'This Idempotency-Key was used for another request.',
  });

/** Method, path and body; of a form only what comes before its bytes. */
const contentOf = (request: FastifyRequest): Buffer => {
  const body: unknown = request.body;
  const bytes = body === undefined || body === null ? Buffer.alloc(0) : Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body));
  return Buffer.concat([Buffer.from(`${request.method} ${request.url}\n`), bytes]);
};

/** These rows may be lost with a crash of the server: then the command's id finds its own events. So nobody waits for the disk. */
const UNHURRIED = `with unhurried as materialized (select set_config('synchronous_commit', 'off', true))`;

/** Neither plan has a choice to make, so both may be kept from when the table was small. */
const CLAIM = {
  name: 'idempotency-claim',
  text: `${UNHURRIED} insert into http_idempotency (account_id, key, request_hash)
         select account_id, key, request_hash from unhurried, unnest($1::text[], $2::text[], $3::text[]) as c (account_id, key, request_hash)
         on conflict (account_id, key) do nothing returning account_id, key, request_hash`,
};
const KEEP = {
  name: 'idempotency-keep',
  text: `${UNHURRIED} insert into http_idempotency as h (account_id, key, request_hash, status, headers, body)
         select g.* from unhurried, unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::jsonb[], $6::jsonb[]) as g
         on conflict (account_id, key) do update set status = excluded.status, headers = excluded.headers, body = excluded.body
         where h.status is null`,
};

type Claim = Readonly<{ accountId: string; key: string; requestHash: string }>;
type Given = Claim & Readonly<{ status: number; headers: string; body: string }>;
type Claimed = Readonly<{ account_id: string; key: string; request_hash: string }>;
type Stored = Claimed & Readonly<{ status: number | null; headers: Record<string, string> | null; body: unknown }>;
const placeOf = (accountId: string, key: string): string => `${accountId} ${key}`;

/**
 * The same key and body return the first answer, across a crash too: the answer is stored after the command, and where
 * a crash came between, the command's id finds its own events. The same key with another body is refused.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly claims = new Batched<Claim, Stored | null>((asked) => this.claimAll(asked));
  private readonly answers = new Batched<Given, null>((given) => this.keepAll(given));

  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    private readonly reflector: Reflector,
    private readonly masterKey: MasterKey,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<Keyed>();
    const exempt = this.reflector.getAllAndOverride<boolean | undefined>(NO_KEY, [context.getHandler(), context.getClass()]);
    if (!WRITES.has(request.method) || exempt === true) return next.handle();
    const key = request.headers['idempotency-key'];
    if (typeof key !== 'string' || !KEY.test(key)) throw keyRequired();
    const accountId = request.account?.accountId;
    if (accountId === undefined) return next.handle();

    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const claim = { accountId, key, requestHash: this.masterKey.fingerprint('request', contentOf(request)) };
    const first = await this.claim(claim);
    // The bytes of a form are not read yet: its handler tells the same file from another one.
    if (first.status !== null && !request.isMultipart()) {
      void reply.status(first.status).headers({ ...first.headers, 'idempotent-replayed': 'true' });
      return of(first.body);
    }
    request.commandId = idFrom('http', accountId, key) as CommandId;
    return next.handle().pipe(mergeMap((body: unknown) => from(this.keep(claim, reply, body))));
  }

  private async claim(claim: Claim): Promise<Stored> {
    const row = await this.claims.of(claim);
    if (row === null || row.request_hash !== claim.requestHash) throw keyReused();
    return row;
  }

  private async claimAll(asked: readonly Claim[]): Promise<readonly (Stored | null)[]> {
    const values = [asked.map(({ accountId }) => accountId), asked.map(({ key }) => key), asked.map(({ requestHash }) => requestHash)];
    const claimed = await askPrepared<Claimed>(this.database, CLAIM, values);
    const rows = new Map<string, Stored>();
    for (const row of claimed) rows.set(placeOf(row.account_id, row.key), { ...row, status: null, headers: null, body: null });
    const others = asked.filter(({ accountId, key }) => !rows.has(placeOf(accountId, key)));
    for (const row of others.length === 0 ? [] : await this.stored(others)) rows.set(placeOf(row.account_id, row.key), row);
    return asked.map(({ accountId, key }) => rows.get(placeOf(accountId, key)) ?? null);
  }

  /** In a statement of its own: the one that ran into a row which another process wrote at the same moment cannot see it. */
  private stored(claims: readonly Claim[]): Promise<Stored[]> {
    return this.database.query<Stored[]>(
      `select h.account_id, h.key, h.request_hash, h.status, h.headers, h.body
       from http_idempotency h join unnest($1::text[], $2::text[]) as c (account_id, key) using (account_id, key)`,
      [claims.map(({ accountId }) => accountId), claims.map(({ key }) => key)],
    );
  }

  private async keep(claim: Claim, reply: FastifyReply, body: unknown): Promise<unknown> {
    const headers = Object.fromEntries(
      KEPT_HEADERS.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : [])),
    );
    await this.answers.of({ ...claim, status: reply.statusCode, headers: JSON.stringify(headers), body: JSON.stringify(body ?? null) });
    return body;
  }

  private async keepAll(given: readonly Given[]): Promise<readonly null[]> {
    // Two requests with one key that ran side by side have the same answer.
    const once = [...new Map(given.map((one) => [placeOf(one.accountId, one.key), one])).values()];
    await askPrepared(this.database, KEEP, [
      once.map(({ accountId }) => accountId),
      once.map(({ key }) => key),
      once.map(({ requestHash }) => requestHash),
      once.map(({ status }) => status),
      once.map(({ headers }) => headers),
      once.map(({ body }) => body),
    ]);
    return given.map(() => null);
  }
}
