import { Command } from '@nestjs/cqrs';
import type { Ack } from '@app/event-store';
import type { Act, CategoryCode, CommandId, PersonId, PostId, UnitId } from '@app/kernel';
import type { CategoryCommand } from '../domain/category.commands';
import type { PersonCommand } from '../domain/person.commands';
import type { PostCommand } from '../domain/post.commands';
import type { UnitCommand } from '../domain/unit.commands';

/** A domain command as callers give it: without the act and without what the handler finds out itself. */
type Asked<M, Found extends PropertyKey> =
  M extends Readonly<{ type: infer T; data: infer D }> ? Readonly<{ type: T; data: Omit<D, Found | keyof Act> }> : never;

export type UnitRequest = Asked<UnitCommand, 'unitId' | 'parent' | 'successor' | 'path'>;
export type PersonRequest = Asked<PersonCommand, 'personId' | 'fromPlace' | 'toPlace' | 'place'>;
export type PostRequest = Asked<PostCommand, 'postId' | 'place' | 'personKnown'>;
export type CategoryRequest = Asked<CategoryCommand, 'code' | 'parentUsable' | 'place'>;

/** One request to one aggregate. `expected`: the revision the caller has seen. */
export class HandleUnit extends Command<Ack> {
  constructor(
    readonly unitId: UnitId,
    readonly request: UnitRequest,
    readonly act: Act,
    readonly commandId: CommandId,
    readonly expected?: bigint,
  ) {
    super();
  }
}
export class HandlePerson extends Command<Ack> {
  constructor(
    readonly personId: PersonId,
    readonly request: PersonRequest,
    readonly act: Act,
    readonly commandId: CommandId,
    readonly expected?: bigint,
  ) {
    super();
  }
}
export class HandlePost extends Command<Ack> {
  constructor(
    readonly postId: PostId,
    readonly request: PostRequest,
    readonly act: Act,
    readonly commandId: CommandId,
    readonly expected?: bigint,
  ) {
    super();
  }
}
export class HandleCategory extends Command<Ack> {
  constructor(
    readonly code: CategoryCode,
    readonly request: CategoryRequest,
    readonly act: Act,
    readonly commandId: CommandId,
    readonly expected?: bigint,
  ) {
    super();
  }
}
