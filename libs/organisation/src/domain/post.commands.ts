import type { Act, LocalDate, Message, PersonId, PostId, Role, UnitId } from '@app/kernel';
import type { UnitPlace } from './unit.commands';

export type CreatePost = Message<
  'CreatePost',
  Act & { postId: PostId; unitId: UnitId; place: UnitPlace; title: string; roles: readonly Role[]; receives: boolean }
>;
export type ChangePost = Message<'ChangePost', Act & { title: string; roles: readonly Role[]; receives: boolean }>;
export type HoldPost = Message<'HoldPost', Act & { personId: PersonId; personKnown: boolean; from: LocalDate; to: LocalDate | null }>;
/** `lastDay` before the start voids the holding: the person is out at once. */
export type VacatePost = Message<'VacatePost', Act & { personId: PersonId; lastDay: LocalDate }>;
export type NameSubstitute = Message<
  'NameSubstitute',
  Act & { personId: PersonId; personKnown: boolean; from: LocalDate; to: LocalDate | null }
>;
export type ReleaseSubstitute = Message<'ReleaseSubstitute', Act & { personId: PersonId; lastDay: LocalDate }>;
export type ClosePost = Message<'ClosePost', Act & { lastDay: LocalDate }>;

export type PostCommand = CreatePost | ChangePost | HoldPost | VacatePost | NameSubstitute | ReleaseSubstitute | ClosePost;
