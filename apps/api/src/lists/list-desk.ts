import { HandleList, type ListIntent } from '@app/lists';
import type { ListId, LocalDate } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Writing } from '../platform/writing';

/** The answer to every write: where the list stands now, and the position a read can wait for. */
export type ListAnswer = Readonly<{
  listId: ListId;
  revision: string;
  position: string;
  changed: boolean;
  number?: string;
  /** Rows left out because another list has them. */
  elsewhere?: readonly Readonly<{ rowId: string; listId: ListId }>[];
}>;

@Injectable()
export class ListDesk {
  constructor(private readonly bus: CommandBus) {}

  async send(listId: ListId, intent: ListIntent, writing: Writing, on: LocalDate | undefined): Promise<ListAnswer> {
    const { commandId, by } = writing;
    const ack = await this.bus.execute(new HandleList(listId, intent, { commandId, by, on, expected: writing.seen() }));
    writing.tag(ack.revision);
    const numbered = ack.events.find((e) => e.type === 'ListIssued' || e.type === 'SupplementIssued')?.data;
    return {
      listId,
      revision: String(ack.revision),
      position: String(ack.position),
      changed: ack.changed,
      ...(typeof numbered === 'object' && numbered !== null && 'number' in numbered ? { number: String(numbered.number) } : {}),
      ...(ack.elsewhere.length === 0 ? {} : { elsewhere: ack.elsewhere }),
    };
  }
}
