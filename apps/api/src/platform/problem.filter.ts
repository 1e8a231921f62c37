import { ConcurrencyConflict, StaleRevision, StoreUnavailable } from '@app/event-store';
import { DomainError, type Bilingual } from '@app/kernel';
import { redact } from '@app/privacy';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { etagOf } from './etag';
import { isBrokenForm } from './form';
import { NOT_FOUND, problem, ProblemError, type Problem } from './problem';
import { statusOfRefusal } from './refusal-status';
import { isDiskFull, isStoreDown } from './store-down';

const STATUS_TEXT: Readonly<Record<number, readonly [string, Bilingual]>> = {
  400: ['bad-request', { zh: '请求格式不对。', en: 'The request is malformed.' }],
  401: ['not-signed-in', { zh: '请先登录。', en: 'Please sign in.' }],
  403: ['forbidden', { zh: '您没有权限办理。', en: 'You are not allowed to do this.' }],
  404: ['not-found', NOT_FOUND],
  405: ['method-not-allowed', { zh: '不支持这种请求方法。', en: 'This method is not supported here.' }],
  406: ['not-acceptable', { zh: '不能提供所要求的格式。', en: 'The requested format cannot be given.' }],
  409: ['conflict', { zh: '与现在的状态冲突。', en: 'This conflicts with the present state.' }],
  413: ['too-large', { zh: '内容太大。', en: 'The content is too large.' }],
  415: ['media-type', { zh: '不支持这种内容类型。', en: 'This content type is not supported.' }],
  422: ['invalid', { zh: '内容不符合要求。', en: 'The content is not valid.' }],
  429: ['too-many-requests', { zh: '请求太频繁，请稍后再试。', en: 'Too many requests; try again later.' }],
};

const UNAVAILABLE = {
  zh: '系统的存储暂时不可用，请稍后重试；已提交的内容不会重复。',
  en: 'A store is unavailable for now; retry later, nothing is stored twice.',
} as const;

const DISK_FULL = {
  zh: '存储空间已满，暂时不能保存；请联系管理员清理，清理后可重试，已提交的内容不会丢失或重复。',
  en: 'The disk is full and nothing can be stored for now; ask the administrator to free space, then retry. Nothing is lost or stored twice.',
} as const;

type Answer = Readonly<{ body: Problem; headers?: Readonly<Record<string, string>> }>;

const generic = (status: number, extensions: Readonly<Record<string, unknown>> = {}): Answer => {
  const [code, sentence] =
    STATUS_TEXT[status] ??
    (status < 500
      ? ['bad-request', { zh: '请求不对。', en: 'The request is wrong.' }]
      : ['internal', { zh: '系统内部错误。', en: 'An internal error.' }]);
  return { body: problem(status, code, sentence, extensions) };
};

const unavailable = (): Answer => ({ body: problem(503, 'unavailable', UNAVAILABLE), headers: { 'retry-after': '5' } });

const diskFull = (): Answer => ({ body: problem(503, 'disk-full', DISK_FULL), headers: { 'retry-after': '30' } });

/** Validation messages of Nest's schema pipe; they name fields and expectations, never the values sent. A field may be named anything. */
const issuesOf = (error: HttpException): readonly string[] => {
  const body = error.getResponse();
  const message: unknown = typeof body === 'object' && 'message' in body ? body.message : body;
  const list = Array.isArray(message) ? message : [message];
  return list.slice(0, 50).map((issue) => redact(String(issue)));
};

const httpStatusOf = (error: unknown): number | undefined =>
  typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : undefined;

const answerTo = (error: unknown): Answer | null => {
  if (error instanceof ProblemError) {
    return { body: problem(error.status, error.code, error.sentence, error.extensions), headers: error.headers };
  }
  if (error instanceof DomainError)
    return { body: problem(statusOfRefusal(error.code), error.code, error.sentence, { params: error.params }) };
  if (error instanceof StaleRevision) {
    const since = error.since.map(({ type, revision, metadata }) => ({
      type,
      revision: String(revision),
      at: metadata.recordedAt,
      by: metadata.actor,
    }));
    const sentence = { zh: '您看到之后有了新的变化，请看过再办。', en: 'It has changed since you saw it; look again before you decide.' };
    return { body: problem(412, 'changed-since', sentence, { since }), headers: { etag: etagOf(error.current) } };
  }
  if (error instanceof ConcurrencyConflict) return { body: problem(409, 'conflict', STATUS_TEXT[409]?.[1] ?? NOT_FOUND) };
  if (isDiskFull(error)) return diskFull();
  if (error instanceof StoreUnavailable || isStoreDown(error)) return unavailable();
  if (error instanceof HttpException) {
    const status = error.getStatus();
    if (status === 400 || status === 422) {
      const sentence = { zh: '内容不符合要求，见 issues。', en: 'The content is not valid, see issues.' };
      return { body: problem(status, 'invalid', sentence, { issues: issuesOf(error) }) };
    }
    return generic(status);
  }
  if (isBrokenForm(error)) return generic(400);
  const status = httpStatusOf(error);
  if (status !== undefined && status >= 400 && status < 500) return generic(status);
  return null;
};

/** The one way in which the API says no: problem+json, in both languages, without values that were sent. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (reply.raw.headersSent) {
      reply.raw.end();
      return;
    }
    const answer = answerTo(error);
    if (answer === null) {
      // The stack goes to the log with the route's pattern, not its address: addresses may name findings.
      const request = http.getRequest<FastifyRequest>();
      this.log.error(
        `${request.method} ${request.routeOptions.url ?? 'unknown route'}`,
        error instanceof Error ? error.stack : String(error),
      );
    }
    const { body, headers = {} } = answer ?? generic(500);
    void reply.status(body.status).headers(headers).type('application/problem+json; charset=utf-8').send(body);
  }
}
