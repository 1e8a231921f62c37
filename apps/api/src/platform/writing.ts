import type { Actor, CommandId } from '@app/kernel';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { etagOf, mustHaveSeen, seenRevision } from './etag';
import { ProblemError } from './problem';

/** What every write brings along beside its body. */
export type Writing = Readonly<{
  commandId: CommandId;
  by: Actor;
  /** When the rights of this request began to be looked at, for `Directory.view`. */
  since: number;
  /** Revision of If-Match; undefined when the writer did not say. */
  seen: () => bigint | undefined;
  /** The same where the decision rests on what was seen: 428 without. */
  mustHaveSeen: () => bigint;
  tag: (revision: bigint) => void;
}>;

type Prepared = FastifyRequest & { commandId?: CommandId; actor?: Actor; since?: number };

export const InWriting = createParamDecorator((_: unknown, context: ExecutionContext): Writing => {
  const http = context.switchToHttp();
  const { commandId, actor, since = Infinity, headers } = http.getRequest<Prepared>();
  const reply = http.getResponse<FastifyReply>();
  if (actor === undefined || commandId === undefined) {
    throw new ProblemError(403, 'post-required', {
      zh: '您现在没有任职岗位，不能办理。',
      en: 'You hold no post at present and cannot act.',
    });
  }
  const ifMatch = headers['if-match'];
  return {
    commandId,
    by: actor,
    since,
    seen: () => seenRevision(ifMatch),
    mustHaveSeen: () => mustHaveSeen(ifMatch),
    tag: (revision) => void reply.header('etag', etagOf(revision)),
  };
});
