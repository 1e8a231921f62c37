import type { CommandRunner, EventStore, RecordedEvent } from '@app/event-store';
import type { ListId } from '@app/kernel';
import { ListReader, type ListEvent, type ListRow } from '@app/lists';

/** What the rows of lists say that are being told, from hearing their events: none of them can be read from a store yet. */
export class ToldLists extends ListReader {
  private readonly lists = new Map<string, Map<string, ListRow>>();

  constructor(runner: CommandRunner, store: EventStore) {
    super(runner, store);
  }

  hear(recorded: RecordedEvent): void {
    const event = recorded as unknown as ListEvent;
    const rows = this.lists.get(recorded.stream) ?? new Map<string, ListRow>();
    if (event.type === 'RowsAdded') {
      for (const row of event.data.rows) rows.set(row.rowId, row);
      this.lists.set(recorded.stream, rows);
    }
    if (event.type === 'RowRemoved') rows.delete(event.data.rowId);
    if (event.type !== 'RowCorrected') return;
    const row = rows.get(event.data.rowId);
    if (row !== undefined) rows.set(row.rowId, { ...row, ...event.data.changes });
  }

  override rows(listId: ListId): Promise<ReadonlyMap<string, ListRow>> {
    return Promise.resolve(this.lists.get(`list-${listId}`) ?? new Map<string, ListRow>());
  }
}
