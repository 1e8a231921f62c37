import { Sessions } from '@app/identity';
import { Clock, type Actor } from '@app/kernel';
import { Directory } from '@app/organisation';
import {
  Body,
  Controller,
  createParamDecorator,
  Delete,
  Get,
  HttpCode,
  Inject,
  Post,
  Put,
  Req,
  Res,
  type ExecutionContext,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { WithoutIdempotencyKey } from '../platform/idempotency';
import { Access, BeforePasswordChange, CurrentAccount, Public, type Identified, type SignedIn } from '../security/access';
import { csrfOf, giveCookies, takeCookies } from '../security/cookies';
import { SignInLimit } from '../security/sign-in-limit';
import { actFromRequest, signInRequest } from './identity.requests';
import { SignedInAnswers, type SignedInAnswer } from './signed-in.answer';

/** The actor where there is one: also people without a post may look at who they are. */
const ActorIfAny = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor | undefined => context.switchToHttp().getRequest<Identified>().actor,
);

@ApiTags('session 登录')
@Controller('session')
@WithoutIdempotencyKey()
export class SessionController {
  constructor(
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(SignedInAnswers) private readonly answers: SignedInAnswers,
    @Inject(SignInLimit) private readonly limit: SignInLimit,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Sign in. One answer for every reason of a refusal. */
  @Post()
  @HttpCode(200)
  @Public()
  async signIn(
    @Body({ schema: signInRequest }) { login, password }: z.output<typeof signInRequest>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInAnswer> {
    this.limit.take(request.ip);
    const { session, secret } = await this.sessions.signIn(login, password, request.ip);
    giveCookies(request, reply, secret);
    const { sessionId, ...account } = session;
    return this.answers.about({ ...account, by: { kind: 'session', sessionId, csrf: csrfOf(secret) } });
  }

  /** Who am I, which posts have I, from which do I act? */
  @Get()
  @Access({ note: 'own session 本人会话' })
  @BeforePasswordChange()
  who(@CurrentAccount() account: SignedIn, @ActorIfAny() actor: Actor | undefined): Promise<SignedInAnswer> {
    return this.answers.about(account, actor);
  }

  /** Act from another of one's posts from now on; null = the first one. */
  @Put('post')
  @Access({ note: 'choose own post 选择岗位' })
  async actFrom(
    @Body({ schema: actFromRequest }) { postId }: z.output<typeof actFromRequest>,
    @CurrentAccount() account: SignedIn,
  ): Promise<SignedInAnswer> {
    const view = await this.directory.view();
    const actor = view.actorFor(account.personId, postId ?? undefined, this.clock.now());
    if (account.by.kind === 'session') await this.sessions.actFrom(account.by.sessionId, postId);
    return this.answers.about(account, actor);
  }

  /** Sign out; the session ends at once. */
  @Delete()
  @HttpCode(204)
  @Access({ note: 'sign out 退出' })
  @BeforePasswordChange()
  async signOut(
    @CurrentAccount() account: SignedIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    if (account.by.kind === 'session') await this.sessions.signOut({ ...account, sessionId: account.by.sessionId }, request.ip);
    takeCookies(reply);
  }
}
