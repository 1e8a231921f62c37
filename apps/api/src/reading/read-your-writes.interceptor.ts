import { ReadModels } from '@app/read-store';
import { Inject, Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { ProblemError } from '../platform/problem';

export const POSITION_HEADER = 'x-read-position';
const WAIT_MS = 1_000;

/** A read that names the position of a write waits for it, up to a second; `X-Read-Behind: true` says that it did not come in time. */
@Injectable()
export class ReadYourWritesInterceptor implements NestInterceptor {
  constructor(@Inject(ReadModels) private readonly readModels: ReadModels) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const { headers, query } = http.getRequest<FastifyRequest<{ Querystring: Readonly<Record<string, unknown>> }>>();
    const asked = headers[POSITION_HEADER] ?? query['position'];
    if (asked === undefined) return next.handle();
    if (typeof asked !== 'string' || !/^\d{1,18}$/.test(asked)) {
      throw new ProblemError(400, 'position-invalid', {
        zh: 'position 应为写操作返回的位置。',
        en: 'The position must be one that a write returned.',
      });
    }
    const reached = await this.readModels.waitFor(BigInt(asked), WAIT_MS);
    if (!reached) void http.getResponse<FastifyReply>().header('x-read-behind', 'true');
    return next.handle();
  }
}
