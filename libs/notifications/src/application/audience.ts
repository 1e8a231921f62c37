import type { LocalDate, PersonId, PostId, Role, UnitId } from '@app/kernel';
import { isWithin, type DirectoryView, type Post } from '@app/organisation';
import type { Audience } from '../domain/news';

/** `inPlaceOf`: 乙代甲, whom the person stands in for at this post. */
export type Recipient = Readonly<{ personId: PersonId; postId: PostId | null; inPlaceOf: PersonId | null }>;

const isOpen = (post: Post, on: LocalDate): boolean => post.closedAfter === null || on <= post.closedAfter;

const postsOf = (view: DirectoryView, unitId: UnitId, on: LocalDate, fits: (post: Post) => boolean): readonly Post[] => {
  const above = view.unit(view.currentOf(unitId))?.path;
  if (above === undefined) return [];
  return view
    .allPosts()
    .filter((post) => isOpen(post, on) && fits(post) && isWithin(view.unit(view.currentOf(post.unitId))?.path ?? '', above));
};

const holdersOf = (view: DirectoryView, posts: readonly Post[], on: LocalDate): readonly Recipient[] =>
  posts.flatMap(({ id }) => {
    const holders = view.holdersOf(id, on);
    const [first = null] = holders;
    return [
      ...holders.map((personId): Recipient => ({ personId, postId: id, inPlaceOf: null })),
      ...view.substitutesOf(id, on).map((personId): Recipient => ({ personId, postId: id, inPlaceOf: first })),
    ];
  });

const leadersOf = (view: DirectoryView, units: readonly UnitId[], on: LocalDate): readonly Recipient[] =>
  units.flatMap((unit) => view.leadersOf(view.currentOf(unit), on)).map((personId) => ({ personId, postId: null, inPlaceOf: null }));

const membersOf = (view: DirectoryView, audience: Audience, on: LocalDate): readonly Recipient[] => {
  const withRole =
    (...roles: readonly Role[]) =>
    (post: Post) =>
      post.roles.some((role) => roles.includes(role));
  switch (audience.kind) {
    case 'posts':
      return holdersOf(view, postsOf(view, audience.unitId, on, withRole(...audience.roles)), on);
    case 'receivers':
      return holdersOf(
        view,
        postsOf(view, audience.unitId, on, (post) => post.receives || withRole('clerk')(post)),
        on,
      );
    case 'leaders':
      return leadersOf(view, [audience.townId], on);
    case 'answering': {
      const answering = leadersOf(view, audience.unitIds, on);
      return answering.length > 0 ? answering : membersOf(view, { kind: 'role', role: 'leader' }, on);
    }
    case 'person':
      return [{ personId: audience.personId, postId: null, inPlaceOf: null }];
    case 'role':
      return holdersOf(
        view,
        view.allPosts().filter((post) => isOpen(post, on) && post.roles.includes(audience.role)),
        on,
      );
  }
};

/** Each person once, from their own post rather than from one they fill in for; never whoever did it. */
export const recipientsOf = (
  view: DirectoryView,
  to: readonly Audience[],
  on: LocalDate,
  doneBy: PersonId | null,
): readonly Recipient[] => {
  const all = to.flatMap((audience) => membersOf(view, audience, on)).filter(({ personId }) => personId !== doneBy);
  const byPerson = new Map<PersonId, Recipient>();
  for (const one of all) {
    const known = byPerson.get(one.personId);
    if (known === undefined || (known.inPlaceOf !== null && one.inPlaceOf === null)) byPerson.set(one.personId, one);
  }
  return [...byPerson.values()];
};
