import { isVisible } from '@app/findings';
import type { Actor } from '@app/kernel';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access, CurrentActor, type Identified } from '../security/access';
import { Authenticator } from '../security/authenticator';
import { ChangeClient, type Sees } from './change-client';
import { ChangeFeed } from './change-feed';
import { PEOPLE, ReaderContext } from './reader-context';

const HEARTBEAT_MS = 15_000;
const POSITION = /^\d{1,18}$/;

/** Server-sent events: which finding the reader may see has changed, and at which position of the log. */
@ApiTags('reading 查阅')
@Controller('events')
export class ChangeStreamController {
  constructor(
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
    @Inject(ReaderContext) private readonly context: ReaderContext,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
  ) {}

  /** `event: finding`, `id:` its position, `data: {findingId, revision}`. Resumes after Last-Event-ID. Ends when the session does. */
  @Get('stream')
  @ApiProduces('text/event-stream')
  @Access({ roles: PEOPLE, note: 'changes 变更推送: of findings one may see' })
  async stream(@Req() request: Identified, @Res() reply: FastifyReply, @CurrentActor() actor: Actor): Promise<void> {
    const last = request.headers['last-event-id'];
    const resumeAfter = typeof last === 'string' && POSITION.test(last) ? BigInt(last) : null;
    reply.hijack();
    const { raw } = reply;
    const client = new ChangeClient(
      (text) => void raw.write(text),
      () => void raw.end(),
      () => this.sightOf(request, actor),
      resumeAfter !== null,
    );
    // A connection that breaks is closed by its reader; there is nobody left to tell.
    raw.on('error', () => client.end());
    raw.on('close', () => client.end());
    raw.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
    raw.write('retry: 2000\n\n');
    try {
      const leave = await this.feed.listen({ changed: (rows) => client.take(rows), ended: () => client.end() });
      const beat = setInterval(() => client.beat(), HEARTBEAT_MS);
      const stop = (): void => {
        clearInterval(beat);
        leave();
      };
      if (raw.closed) stop();
      else raw.on('close', stop);
      if (resumeAfter !== null) for await (const rows of this.feed.since(resumeAfter)) client.tell(rows);
      client.caughtUp();
    } catch {
      client.end();
    }
  }

  /** What the reader may see now: a withdrawal, a logout or a lost post holds at once. Null when the session is over. */
  private async sightOf(request: Identified, actor: Actor): Promise<Sees | null> {
    try {
      const account = await this.authenticator.identify(request);
      const { view, now } = await this.context.of(actor);
      const { scope } = await this.context.of(view.actorFor(account.personId, actor.postId ?? undefined, now));
      return (row) => isVisible(scope, row);
    } catch {
      return null;
    }
  }
}
