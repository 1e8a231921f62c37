import { CommandRunner, EventCodec, EventStore } from '@app/event-store';
import type { ListId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { LIST_EVENT_TYPES } from '../domain/list.event-types';
import type { ListEvent } from '../domain/list.events';
import type { ListState } from '../domain/list.state';
import type { ListRow } from '../domain/list.types';
import { listStream } from './list-stream';

/** Events hold up to hundreds of rows each. */
const PAGE = 20;
const CODEC = new EventCodec(LIST_EVENT_TYPES);

/** A list as its stream has it now: for decisions that must not lag behind. */
@Injectable()
export class ListReader {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(EventStore) private readonly store: EventStore,
  ) {}

  /** Revision -1n and status `absent` when there is no such list. */
  load(listId: ListId): Promise<Readonly<{ state: ListState; revision: bigint; position: bigint }>> {
    return this.runner.load(listStream(listId));
  }

  /** The rows of a large list need not stay in memory once they are in. */
  forget(listId: ListId): void {
    this.runner.forget(listStream(listId).stream);
  }

  /** What rows of a list say, in the order they came; those it does not have are absent. Walks through the whole list. */
  async rows(listId: ListId, wanted: ReadonlySet<string>): Promise<ReadonlyMap<string, ListRow>> {
    const rows = new Map<string, ListRow>();
    const { stream } = listStream(listId);
    for (let from = 0n; ;) {
      const page = await this.store.readStream(stream, from, PAGE);
      const last = page.at(-1);
      if (last === undefined) return rows;
      from = last.revision + 1n;
      for (const recorded of page) apply(CODEC.decode(recorded) as unknown as ListEvent, wanted, rows);
    }
  }
}

const apply = (event: ListEvent, wanted: ReadonlySet<string>, rows: Map<string, ListRow>): void => {
  if (event.type === 'RowsAdded') for (const row of event.data.rows) if (wanted.has(row.rowId)) rows.set(row.rowId, row);
  if (event.type === 'RowRemoved') rows.delete(event.data.rowId);
  if (event.type !== 'RowCorrected') return;
  const row = rows.get(event.data.rowId);
  if (row !== undefined) rows.set(row.rowId, { ...row, ...event.data.changes });
};
