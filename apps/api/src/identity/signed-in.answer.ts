import { Clock, localDateOf, type Actor, type PersonId } from '@app/kernel';
import { Directory, type DirectoryView } from '@app/organisation';
import { Inject, Injectable } from '@nestjs/common';
import type { SignedIn } from '../security/access';

type Named = Readonly<{ id: string; name: string }>;
export type SignedInAnswer = Readonly<{
  account: Readonly<{ id: string; login: string; mustChangePassword: boolean }>;
  person: Named;
  /** From which post this session acts now; null while the person holds none. */
  acting: Readonly<{ postId: string | null; unit: Named; roles: readonly string[]; inPlaceOf: Named | null }> | null;
  posts: readonly Readonly<{
    id: string;
    title: string;
    unit: Named;
    roles: readonly string[];
    inPlaceOf: Named | null;
    substitute: boolean;
  }>[];
  /** To be sent back as X-CSRF-Token with every write; null for tokens of machines. */
  csrf: string | null;
  today: string;
}>;

@Injectable()
export class SignedInAnswers {
  constructor(
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async about(account: SignedIn, actor?: Actor): Promise<SignedInAnswer> {
    const view = await this.directory.view();
    const now = this.clock.now();
    const today = localDateOf(now);
    const posts = view.postsOf(account.personId, today);
    const acting = actor ?? (posts.length === 0 ? undefined : view.actorFor(account.personId, undefined, now));
    return {
      account: { id: account.accountId, login: account.login, mustChangePassword: account.mustChangePassword },
      person: this.person(view, account.personId),
      acting:
        acting === undefined
          ? null
          : {
              postId: acting.postId,
              unit: this.unit(view, acting.unitId),
              roles: acting.roles,
              inPlaceOf: acting.inPlaceOf === null ? null : this.person(view, acting.inPlaceOf),
            },
      posts: posts.map(({ post, inPlaceOf, substitute }) => ({
        id: post.id,
        title: post.title,
        unit: this.unit(view, view.currentOf(post.unitId)),
        roles: post.roles,
        inPlaceOf: inPlaceOf === null ? null : this.person(view, inPlaceOf),
        substitute,
      })),
      csrf: account.by.kind === 'session' ? account.by.csrf : null,
      today,
    };
  }

  private person(view: DirectoryView, id: PersonId): Named {
    return { id, name: view.person(id)?.name ?? id };
  }

  private unit(view: DirectoryView, id: Actor['unitId']): Named {
    return { id, name: view.unit(id)?.name ?? id };
  }
}
