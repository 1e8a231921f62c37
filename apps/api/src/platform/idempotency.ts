import { idFrom, type CommandId } from '@app/kernel';
import { MasterKey } from '@app/privacy';
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

type Stored = Readonly<{ request_hash: string; status: number | null; headers: Record<string, string> | null; body: unknown }>;

/**
 * The same key and body return the first answer, across a crash too: the answer is stored after the command, and where
 * a crash came between, the command's id finds its own events. The same key with another body is refused.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
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
    const first = await this.claim(accountId, key, this.masterKey.fingerprint('request', contentOf(request)));
    // The bytes of a form are not read yet: its handler tells the same file from another one.
    if (first.status !== null && !request.isMultipart()) {
      void reply.status(first.status).headers({ ...first.headers, 'idempotent-replayed': 'true' });
      return of(first.body);
    }
    request.commandId = idFrom('http', accountId, key) as CommandId;
    return next.handle().pipe(mergeMap((body: unknown) => from(this.keep(accountId, key, reply, body))));
  }

  private async claim(accountId: string, key: string, requestHash: string): Promise<Stored> {
    await this.database.query(
      'INSERT INTO http_idempotency (account_id, key, request_hash) VALUES ($1, $2, $3) ON CONFLICT (account_id, key) DO NOTHING',
      [accountId, key, requestHash],
    );
    const rows: Stored[] = await this.database.query(
      'SELECT request_hash, status, headers, body FROM http_idempotency WHERE account_id = $1 AND key = $2',
      [accountId, key],
    );
    const row = rows[0];
    if (row === undefined || row.request_hash !== requestHash) throw keyReused();
    return row;
  }

  private async keep(accountId: string, key: string, reply: FastifyReply, body: unknown): Promise<unknown> {
    const headers = Object.fromEntries(
      KEPT_HEADERS.flatMap((name) => (reply.hasHeader(name) ? [[name, String(reply.getHeader(name))]] : [])),
    );
    await this.database.query(
      'UPDATE http_idempotency SET status = $3, headers = $4, body = $5 WHERE account_id = $1 AND key = $2 AND status IS NULL',
      [accountId, key, reply.statusCode, JSON.stringify(headers), JSON.stringify(body ?? null)],
    );
    return body;
  }
}
