import type { Ack } from '@app/event-store';
import type { Actor, CommandId, LocalDate } from '@app/kernel';
import { Command } from '@nestjs/cqrs';
import type { PlaceholderCommand, RegisterPlaceholder } from '../domain/placeholder.commands';
import type { PlaceholderId } from '../domain/placeholder.types';

type Intent<C> = C extends PlaceholderCommand ? Readonly<Pick<C, 'type' | 'data'>> : never;
/** What somebody wants done; the number is taken by the handler. */
export type PlaceholderIntent =
  | Exclude<Intent<PlaceholderCommand>, { type: 'RegisterPlaceholder' }>
  | Readonly<{ type: 'RegisterPlaceholder'; data: Pick<RegisterPlaceholder['data'], 'unitId' | 'source'> }>;

export type PlaceholderAck = Ack & Readonly<{ placeholderId: PlaceholderId; number: string | null }>;

export type HandlePlaceholderOptions = Readonly<{
  commandId: CommandId;
  by: Actor;
  on?: LocalDate | undefined;
  expected?: bigint | undefined;
}>;

/** Envelope of every command to a placeholder. */
export class HandlePlaceholder extends Command<PlaceholderAck> {
  constructor(
    readonly placeholderId: PlaceholderId,
    readonly intent: PlaceholderIntent,
    readonly options: HandlePlaceholderOptions,
  ) {
    super();
  }
}
