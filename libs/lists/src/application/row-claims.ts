import type { ListId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Which list a row of a source belongs to: settled at once and for all processes, before the row is added. */
@Injectable()
export class RowClaims {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** Claims what is free; answers with the rows that another list has, and those that were newly claimed. */
  async claim(
    listId: ListId,
    rowIds: readonly string[],
  ): Promise<Readonly<{ elsewhere: readonly Readonly<{ rowId: string; listId: ListId }>[]; fresh: readonly string[] }>> {
    if (rowIds.length === 0) return { elsewhere: [], fresh: [] };
    // Sorted, so that two who claim the same rows never wait for one another in a circle.
    const sorted = [...new Set(rowIds)].sort();
    const inserted: { row_id: string }[] = await this.database.query(
      'insert into list_row_claim (row_id, list_id) select unnest($1::text[]), $2 on conflict (row_id) do nothing returning row_id',
      [sorted, listId],
    );
    // Nearly always: nobody else has heard of any of them.
    if (inserted.length === sorted.length) return { elsewhere: [], fresh: sorted };
    const others: { row_id: string; list_id: ListId }[] = await this.database.query(
      'select row_id, list_id from list_row_claim where row_id = any($1) and list_id <> $2',
      [sorted, listId],
    );
    return { fresh: inserted.map((r) => r.row_id), elsewhere: others.map((r) => ({ rowId: r.row_id, listId: r.list_id })) };
  }

  /** The list that has each row; rows that nobody has are absent. */
  async holders(rowIds: readonly string[]): Promise<ReadonlyMap<string, ListId>> {
    const rows: { row_id: string; list_id: ListId }[] = await this.database.query(
      'select row_id, list_id from list_row_claim where row_id = any($1)',
      [rowIds],
    );
    return new Map(rows.map((r) => [r.row_id, r.list_id]));
  }

  async release(listId: ListId, rowIds: readonly string[] | 'all'): Promise<void> {
    if (rowIds === 'all') await this.database.query('delete from list_row_claim where list_id = $1', [listId]);
    else await this.database.query('delete from list_row_claim where list_id = $1 and row_id = any($2)', [listId, rowIds]);
  }
}
