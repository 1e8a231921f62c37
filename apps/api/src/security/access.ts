import type { AccountId, Actor, Bilingual, PersonId, PostId, Role } from '@app/kernel';
import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../platform/problem';

export const ACCESS = 'route-access';
export const PUBLIC = 'route-public';
export const BEFORE_PASSWORD_CHANGE = 'route-before-password-change';

export type AccessRule = Readonly<{
  /** Any of these, from the post acted from. Absent: every account that is signed in. */
  roles?: readonly Role[];
  /** What the route is for, in a few words; shown in the authorisation table. */
  note: string;
}>;

/** Who may call the route. Every route has this or `@Public()`: one without is closed to everybody, and a test fails. */
export const Access = (rule: AccessRule): MethodDecorator & ClassDecorator => SetMetadata(ACCESS, rule);

/** Open without signing in. */
export const Public = (): MethodDecorator & ClassDecorator => SetMetadata(PUBLIC, true);

/** Open while a one-time password still has to be replaced. */
export const BeforePasswordChange = (): MethodDecorator & ClassDecorator => SetMetadata(BEFORE_PASSWORD_CHANGE, true);

export type SignedIn = Readonly<{
  accountId: AccountId;
  login: string;
  personId: PersonId;
  actingPostId: PostId | null;
  mustChangePassword: boolean;
  /** Cookie sessions need the CSRF header on writes; tokens of machines do not. */
  by: Readonly<{ kind: 'session'; sessionId: string; csrf: string }> | Readonly<{ kind: 'token'; tokenId: string }>;
}>;

/** What the guard leaves on the request. `actor` is absent while the person holds no post; `since` is when it began to look. */
export type Identified = FastifyRequest & { account?: SignedIn; actor?: Actor; since?: number };

/** Of a post whose roles the route does not name. */
export const FORBIDDEN: Bilingual = { zh: '您没有权限办理。', en: 'You are not allowed to do this.' };

export const postRequired = (): ProblemError =>
  new ProblemError(403, 'post-required', { zh: '您现在没有任职岗位，不能办理。', en: 'You hold no post at present and cannot act.' });
export const notSignedIn = (): ProblemError =>
  new ProblemError(401, 'not-signed-in', { zh: '请先登录。', en: 'Please sign in.' }, {}, { 'www-authenticate': 'Bearer' });

/** Who acts, for which unit, from which post (X-Acting-Post chooses among the person's own); 403 without a post. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<Identified>();
  if (actor === undefined) throw postRequired();
  return actor;
});

/** The account that is signed in, whether it holds a post or not. */
export const CurrentAccount = createParamDecorator((_: unknown, context: ExecutionContext): SignedIn => {
  const { account } = context.switchToHttp().getRequest<Identified>();
  if (account === undefined) throw notSignedIn();
  return account;
});
