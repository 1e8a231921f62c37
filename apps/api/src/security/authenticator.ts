import { Sessions, Tokens, type TokenScope } from '@app/identity';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../platform/problem';
import { notSignedIn, type SignedIn } from './access';
import { CSRF_HEADER, csrfOf, sameText, SESSION_COOKIE } from './cookies';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
const BEARER = /^Bearer ([\w-]{20,200})$/;

const csrfFailed = (): ProblemError =>
  new ProblemError(403, 'csrf-token-missing', {
    zh: '请求缺少有效的 X-CSRF-Token，请刷新页面后重试。',
    en: 'The request lacks a valid X-CSRF-Token; reload the page and try again.',
  });
const scopeMissing = (): ProblemError =>
  new ProblemError(403, 'token-scope-missing', { zh: '该令牌只能读取。', en: 'This token may only read.' });

/** Finds out which account a request comes from: a machine's token or a browser's session. */
@Injectable()
export class Authenticator {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Tokens) private readonly tokens: Tokens,
  ) {}

  /** 401 without a valid token or session; 403 for a write without CSRF header or without the scope to write. */
  async identify(request: FastifyRequest): Promise<SignedIn> {
    const writes = !READS.has(request.method);
    const { authorization } = request.headers;
    return authorization === undefined ? this.bySession(request, writes) : this.byToken(authorization, writes ? 'write' : 'read');
  }

  private async byToken(authorization: string, needs: TokenScope): Promise<SignedIn> {
    const [, token] = BEARER.exec(authorization) ?? [];
    const bearer = token === undefined ? null : await this.tokens.find(token);
    if (bearer === null) throw notSignedIn();
    if (!bearer.scopes.includes(needs)) throw scopeMissing();
    const { accountId, login, personId, actingPostId, tokenId } = bearer;
    return { accountId, login, personId, actingPostId, mustChangePassword: false, by: { kind: 'token', tokenId } };
  }

  private async bySession(request: FastifyRequest, writes: boolean): Promise<SignedIn> {
    const secret = request.cookies[SESSION_COOKIE];
    const session = secret === undefined ? null : await this.sessions.find(secret);
    if (session === null || secret === undefined) throw notSignedIn();
    const csrf = csrfOf(secret);
    const given = request.headers[CSRF_HEADER];
    if (writes && (typeof given !== 'string' || !sameText(given, csrf))) throw csrfFailed();
    const { sessionId, ...account } = session;
    return { ...account, by: { kind: 'session', sessionId, csrf } };
  }
}
