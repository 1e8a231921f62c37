import type { Ack } from '@app/event-store';
import type { Actor, CommandId, ListId, LocalDate } from '@app/kernel';
import { Command } from '@nestjs/cqrs';
import type { ListCommand } from '../domain/list.commands';

type Intent<C> = C extends ListCommand ? Readonly<Pick<C, 'type' | 'data'>> : never;
/** What somebody wants done with a list; the number of an issuing is taken by the handler. */
export type ListIntent = Exclude<Intent<ListCommand>, { type: 'IssueList' }> | Readonly<{ type: 'IssueList' }>;

export type ListAck = Ack &
  Readonly<{
    listId: ListId;
    /** Rows that were not added because another list has them. */
    elsewhere: readonly Readonly<{ rowId: string; listId: ListId }>[];
  }>;

export type HandleListOptions = Readonly<{
  commandId: CommandId;
  by: Actor;
  on?: LocalDate | undefined;
  expected?: bigint | undefined;
}>;

/** Envelope of every command to a list. */
export class HandleList extends Command<ListAck> {
  constructor(
    readonly listId: ListId,
    readonly intent: ListIntent,
    readonly options: HandleListOptions,
  ) {
    super();
  }
}
