import { SecurityLog } from '@app/identity';
import { Clock, DomainError, type Actor, type PostId } from '@app/kernel';
import { Directory, DIRECTORY_ERRORS, type DirectoryView } from '@app/organisation';
import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../platform/problem';
import { ACCESS, BEFORE_PASSWORD_CHANGE, FORBIDDEN, postRequired, PUBLIC, type AccessRule, type Identified, type SignedIn } from './access';
import { Authenticator } from './authenticator';

export const POST_HEADER = 'x-acting-post';

const forbidden = (): ProblemError => new ProblemError(403, 'forbidden', FORBIDDEN);
const notYours = (): ProblemError => new ProblemError(403, 'post-not-yours', DIRECTORY_ERRORS['post-not-yours']);
const passwordFirst = (): ProblemError =>
  new ProblemError(403, 'password-change-required', { zh: '请先修改一次性密码。', en: 'Replace the one-time password first.' });

/** Closed unless the route says otherwise: who is it, from which post, and may that post do this. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(Authenticator) private readonly authenticator: Authenticator,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(SecurityLog) private readonly log: SecurityLog,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.says<true>(PUBLIC, context) === true) return true;
    const rule = this.says<AccessRule>(ACCESS, context);
    if (rule === undefined) throw forbidden();
    const request = context.switchToHttp().getRequest<Identified>();
    request.since = performance.now();
    const looking = this.directory.view(request.since);
    // Heard of below, unless nobody is signed in.
    looking.catch(() => undefined);
    const account = await this.authenticator.identify(request);
    request.account = account;
    if (account.mustChangePassword && this.says<true>(BEFORE_PASSWORD_CHANGE, context) !== true) throw passwordFirst();
    try {
      const actor = this.actorOf(account, request, await looking);
      if (actor !== undefined) request.actor = actor;
      if (rule.roles !== undefined) this.mustHaveRole(rule.roles, actor);
    } catch (error) {
      // A store that is away denies nobody anything.
      if (error instanceof ProblemError) await this.noteDenial(request, account);
      throw error;
    }
    return true;
  }

  /** Undefined while the person holds no post. A post named in the header must be one of the person's own. */
  private actorOf(account: SignedIn, { headers }: Identified, view: DirectoryView): Actor | undefined {
    const named = headers[POST_HEADER];
    const now = this.clock.now();
    const resolve = (postId: PostId | undefined): Actor | undefined => {
      try {
        return view.actorFor(account.personId, postId, now);
      } catch (error) {
        if (error instanceof DomainError) return undefined;
        throw error;
      }
    };
    if (typeof named === 'string') {
      const actor = resolve(named as PostId);
      if (actor === undefined) throw notYours();
      return actor;
    }
    if (account.actingPostId === null) return resolve(undefined);
    const chosen = resolve(account.actingPostId);
    // A machine acts from the post it was given, or not at all; a person falls back to a post of their own.
    return chosen ?? (account.by.kind === 'session' ? resolve(undefined) : undefined);
  }

  private mustHaveRole(roles: readonly string[], actor: Actor | undefined): void {
    if (actor === undefined) throw postRequired();
    if (!actor.roles.some((role) => roles.includes(role))) throw forbidden();
  }

  private async noteDenial(request: FastifyRequest, { accountId, personId }: SignedIn): Promise<void> {
    // The pattern of the route, not its address: addresses may name findings.
    const detail = { method: request.method, route: request.routeOptions.url ?? 'unknown' };
    await this.log.record({ kind: 'denied', accountId, personId, ip: request.ip, detail });
  }

  private says<T>(key: string, context: ExecutionContext): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key, [context.getHandler(), context.getClass()]);
  }
}
