import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { withoutPersonalNumbers } from './free-text';

/** Looks at every typed body before its handler does, whichever route it goes to. */
@Injectable()
export class FreeTextInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    // A piece of a file is nothing that was typed.
    const typed = typeof request.body === 'object' && request.body !== null && !Buffer.isBuffer(request.body);
    if (typed && !request.isMultipart()) {
      request.body = withoutPersonalNumbers(request.body, request.headers['x-redact-personal-data'] === 'confirmed');
    }
    return next.handle();
  }
}
