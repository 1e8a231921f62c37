import type { RecordedEvent } from '@app/event-store';
import { assertNever } from '@app/kernel';
import type { Projection, Tx } from '@app/read-store';
import { Injectable } from '@nestjs/common';
import type { ListEvent } from '../domain/list.events';
import { missingIn, type RowContent } from '../domain/list.types';

const HANDLES = {
  ListDrafted: true,
  ListAmended: true,
  RowsAdded: true,
  RowCorrected: true,
  RowRemoved: true,
  ListIssued: true,
  SupplementIssued: true,
  ListDiscarded: true,
} as const satisfies Record<ListEvent['type'], true>;

const listIdOf = (stream: string): string => stream.slice('list-'.length);
const seqOf = (position: bigint, at: number): string => `${position.toString().padStart(19, '0')}-${String(at).padStart(5, '0')}`;

@Injectable()
export class ListProjection implements Projection {
  readonly name = 'lists';
  readonly version = 1;
  readonly handles = Object.keys(HANDLES);
  readonly tables = ['list', 'list_row', 'list_supplement'];

  async apply(events: readonly RecordedEvent[], tx: Tx): Promise<void> {
    for (const recorded of events) await this.one(recorded, tx);
  }

  private async one(recorded: RecordedEvent, tx: Tx): Promise<void> {
    const listId = listIdOf(recorded.stream);
    const event = recorded as unknown as ListEvent;
    await this.change(listId, event, recorded.position, tx);
    await tx.query('update list set revision = $2, "position" = $3 where list_id = $1', [
      listId,
      recorded.revision.toString(),
      recorded.position.toString(),
    ]);
  }

  private async change(listId: string, event: ListEvent, position: bigint, tx: Tx): Promise<void> {
    switch (event.type) {
      case 'ListDrafted': {
        const { title, issuingUnitId, source, listDate, at, by } = event.data;
        await tx.query(
          `insert into list (list_id, title, issuing_unit_id, source_kind, source_name, source_batch, source_document, list_date, status,
                             drafted_at, drafted_by, supplements, revision, "position")
           values ($1, $2, $3, $4, $5, $6, $7, $8, 'draft', $9, $10, 0, 0, 0)`,
          [listId, title, issuingUnitId, source.kind, source.name, source.batch, source.documentNumber, listDate, at, by.personId],
        );
        return;
      }
      case 'ListAmended': {
        const { title = null, listDate = null, source } = event.data.changes;
        await tx.query('update list set title = coalesce($2, title), list_date = coalesce($3, list_date) where list_id = $1', [
          listId,
          title,
          listDate,
        ]);
        if (source !== undefined) {
          await tx.query('update list set source_kind = $2, source_name = $3, source_batch = $4, source_document = $5 where list_id = $1', [
            listId,
            source.kind,
            source.name,
            source.batch,
            source.documentNumber,
          ]);
        }
        return;
      }
      case 'RowsAdded': {
        const rows = event.data.rows.map(({ rowId, findingId, fingerprint, ...content }, at) => ({
          row_id: rowId,
          seq: seqOf(position, at),
          finding_id: findingId,
          number: content.number,
          missing: missingIn(content),
          fingerprint,
          content,
        }));
        await tx.query(
          `insert into list_row (list_id, row_id, seq, finding_id, number, missing, fingerprint, content)
           select $1, r.row_id, r.seq, r.finding_id, r.number, r.missing, r.fingerprint, r.content
           from jsonb_to_recordset($2::jsonb) as r(row_id text, seq text, finding_id text, number text, missing text[], fingerprint text, content jsonb)`,
          [listId, JSON.stringify(rows)],
        );
        return;
      }
      case 'RowCorrected': {
        const { rowId, changes } = event.data;
        const [row]: { content: RowContent }[] = await tx.query('select content from list_row where list_id = $1 and row_id = $2', [
          listId,
          rowId,
        ]);
        if (row === undefined) return;
        const content = { ...row.content, ...changes };
        await tx.query('update list_row set content = $3, number = $4, missing = $5 where list_id = $1 and row_id = $2', [
          listId,
          rowId,
          JSON.stringify(content),
          content.number,
          missingIn(content),
        ]);
        return;
      }
      case 'RowRemoved':
        await tx.query('delete from list_row where list_id = $1 and row_id = $2', [listId, event.data.rowId]);
        return;
      case 'ListIssued': {
        const { number, rowIds, at, on, by } = event.data;
        await tx.query(
          `update list set status = 'issued', number = $2, issued_at = $3, issued_on = $4, issued_by = $5 where list_id = $1`,
          [listId, number, at, on, by.personId],
        );
        await tx.query('update list_row set supplement = 0 where list_id = $1 and row_id = any($2)', [listId, rowIds]);
        return;
      }
      case 'SupplementIssued': {
        const { number, supplement, rowIds, at, by } = event.data;
        await tx.query('update list set supplements = $2 where list_id = $1', [listId, supplement]);
        await tx.query(
          'insert into list_supplement (list_id, supplement, number, issued_at, issued_by, "rows") values ($1, $2, $3, $4, $5, $6)',
          [listId, supplement, number, at, by.personId, rowIds.length],
        );
        await tx.query('update list_row set supplement = $3 where list_id = $1 and row_id = any($2)', [listId, rowIds, supplement]);
        return;
      }
      case 'ListDiscarded':
        await tx.query(`update list set status = 'discarded' where list_id = $1`, [listId]);
        return;
      default:
        return assertNever(event);
    }
  }
}
