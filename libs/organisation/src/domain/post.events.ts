import type { Act, LocalDate, Message, PersonId, PostId, Role, UnitId } from '@app/kernel';

/** What can happen to a post (stream `post-<id>`). Every `to` is a last day; a `to` before its `from` means that it never came to be. */
export type PostCreated = Message<
  'PostCreated',
  Act & { postId: PostId; unitId: UnitId; title: string; roles: readonly Role[]; receives: boolean }
>;
export type PostChanged = Message<'PostChanged', Act & { postId: PostId; title: string; roles: readonly Role[]; receives: boolean }>;
export type PostHeld = Message<'PostHeld', Act & { postId: PostId; personId: PersonId; from: LocalDate; to: LocalDate | null }>;
export type PostVacated = Message<'PostVacated', Act & { postId: PostId; personId: PersonId; from: LocalDate; to: LocalDate }>;
export type SubstituteNamed = Message<
  'SubstituteNamed',
  Act & { postId: PostId; personId: PersonId; from: LocalDate; to: LocalDate | null }
>;
export type SubstituteReleased = Message<
  'SubstituteReleased',
  Act & { postId: PostId; personId: PersonId; from: LocalDate; to: LocalDate }
>;
export type PostClosed = Message<'PostClosed', Act & { postId: PostId; lastDay: LocalDate }>;

export type PostEvent = PostCreated | PostChanged | PostHeld | PostVacated | SubstituteNamed | SubstituteReleased | PostClosed;
