import type { VisibilityScope } from '@app/findings';
import type { Instant, ListId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { RowContent } from '../domain/list.types';

export type ListSummary = Readonly<{
  listId: ListId;
  title: string;
  number: string | null;
  status: 'draft' | 'issued' | 'discarded';
  issuingUnitId: string;
  source: Readonly<{ kind: string; name: string; batch: string | null; documentNumber: string | null }>;
  listDate: string;
  issuedAt: string | null;
  supplements: number;
  revision: string;
  counts: ListCounts;
}>;

/** Counts of findings, as far as the asker may see them; parents count once, children not (R6). */
export type ListCounts = Readonly<{
  /** Rows that were sent out, and rows that wait in the draft or for the next supplement. */
  issued: number;
  waiting: number;
  /** Waiting rows with nothing missing: issuing accepts, transfers and dates them (R27). */
  complete: number;
  /** Issued rows whose finding is filed: lags behind `issued` while the issuing is carried out. */
  filed: number;
  untriaged: number;
  transferred: number;
  /** Every delivered leg is signed for. */
  signedFor: number;
  open: number;
  overdue: number;
  cleared: number;
  /** Of the issued rows, those found to have come back at a look-back (R26). */
  relapses: number;
  /** Dismissed, withdrawn or linked. */
  outside: number;
}>;

export type ListRowView = Readonly<{
  rowId: string;
  findingId: string;
  findingNumber: string | null;
  number: string | null;
  /** Null = waits; 0 = with the list; n = n-th supplement. */
  supplement: number | null;
  missing: readonly string[];
  status: string | null;
  stage: string | null;
  dueAt: string | null;
  overdue: boolean;
  content: RowContent;
  /** Pass it as `after` for the next page. */
  seq: string;
}>;

/** All of them, those that wait, or those of them with something missing. */
export type RowChoice = 'all' | 'waiting' | 'incomplete';

export type ListSupplement = Readonly<{ supplement: number; number: string; issuedAt: string; rows: number }>;

const visible = (scope: VisibilityScope, parameters: unknown[]): string => {
  if (scope.all) return 'true';
  parameters.push(scope.paths, scope.leaderPaths);
  const at = parameters.length;
  return `(f.reader_paths && $${String(at - 1)}::text[] or f.leader_paths && $${String(at)}::text[])`;
};

const ENDED = `('dismissed', 'withdrawn', 'linked')`;
const COUNTS = `
  count(*) filter (where r.supplement is not null)::int as issued,
  count(r.row_id) filter (where r.supplement is null)::int as waiting,
  count(r.row_id) filter (where r.supplement is null and cardinality(r.missing) = 0)::int as complete,
  count(f.finding_id)::int as filed,
  count(*) filter (where f.stage = 'untriaged')::int as untriaged,
  count(*) filter (where f.transferred_at is not null)::int as transferred,
  count(*) filter (where f.legs_total > 0 and not exists (
    select 1 from finding_leg l where l.finding_id = f.finding_id and l.signed_at is null and not l.deemed_signed))::int as signed_for,
  count(*) filter (where f.stage not in ('cleared', 'long-term', 'dismissed', 'withdrawn', 'linked'))::int as open,
  count(*) filter (where f.due_at < $1 and f.stage not in ('cleared', 'long-term', 'dismissed', 'withdrawn', 'linked'))::int as overdue,
  count(*) filter (where f.stage = 'cleared')::int as cleared,
  count(*) filter (where 'relapsed' = any(f.flags))::int as relapses,
  count(*) filter (where f.stage in ${ENDED})::int as outside`;

type SummaryRow = Record<
  'list_id' | 'title' | 'status' | 'issuing_unit_id' | 'source_kind' | 'source_name' | 'list_date' | 'revision',
  string
> &
  Record<'number' | 'issued_at' | 'source_batch' | 'source_document', string | null> &
  Record<'supplements' | 'signed_for' | Exclude<keyof ListCounts, 'signedFor'>, number>;

const summaryOf = (row: SummaryRow): ListSummary => ({
  listId: row.list_id as ListId,
  title: row.title,
  number: row.number,
  status: row.status as ListSummary['status'],
  issuingUnitId: row.issuing_unit_id,
  source: { kind: row.source_kind, name: row.source_name, batch: row.source_batch, documentNumber: row.source_document },
  listDate: row.list_date,
  issuedAt: row.issued_at,
  supplements: row.supplements,
  revision: row.revision,
  counts: {
    issued: row.issued,
    waiting: row.waiting,
    complete: row.complete,
    filed: row.filed,
    untriaged: row.untriaged,
    transferred: row.transferred,
    signedFor: row.signed_for,
    open: row.open,
    overdue: row.overdue,
    cleared: row.cleared,
    relapses: row.relapses,
    outside: row.outside,
  },
});

/** Lists with what became of their rows. A list is seen by those who see all, else once it is issued and has a row one may see. */
@Injectable()
export class ListQueries {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  async lists(scope: VisibilityScope, now: Instant, limit = 100): Promise<readonly ListSummary[]> {
    return this.summaries(scope, now, null, limit);
  }

  async list(listId: ListId, scope: VisibilityScope, now: Instant): Promise<ListSummary | null> {
    return (await this.summaries(scope, now, listId, 1))[0] ?? null;
  }

  /** Number and title of lists by id, whoever may see them. */
  async titles(listIds: readonly ListId[]): Promise<ReadonlyMap<string, string>> {
    const rows: { list_id: string; number: string | null; title: string }[] = await this.database.query(
      'select list_id, number, title from list where list_id = any($1)',
      [listIds],
    );
    return new Map(rows.map(({ list_id, number, title }) => [list_id, [number, title].filter(Boolean).join(' ')]));
  }

  async supplements(listId: ListId): Promise<readonly ListSupplement[]> {
    return this.database.query(
      'select supplement, number, issued_at as "issuedAt", "rows" from list_supplement where list_id = $1 order by supplement',
      [listId],
    );
  }

  async rows(
    listId: ListId,
    scope: VisibilityScope,
    now: Instant,
    after: string | null,
    limit: number,
    only: RowChoice = 'all',
  ): Promise<readonly ListRowView[]> {
    const parameters: unknown[] = [now, listId, after ?? '', limit, only];
    const may = visible(scope, parameters);
    return this.database.query(
      `select r.row_id as "rowId", r.finding_id as "findingId", f.number as "findingNumber", r.number, r.supplement, r.missing, f.status, f.stage,
              f.due_at as "dueAt", coalesce(f.due_at < $1 and f.cleared_at is null and f.ended_at is null, false) as overdue, r.content, r.seq
       from list_row r left join finding_list f on f.finding_id = r.finding_id
       where r.list_id = $2 and r.seq > $3 and ${may}
         and ($5 = 'all' or r.supplement is null) and ($5 <> 'incomplete' or cardinality(r.missing) > 0)
       order by r.seq limit $4`,
      parameters,
    );
  }

  /** Rows of any list by identity: what an import knows already. */
  async known(
    rowIds: readonly string[],
  ): Promise<ReadonlyMap<string, Readonly<{ listId: ListId; fingerprint: string | null; content: RowContent }>>> {
    const rows: { row_id: string; list_id: ListId; fingerprint: string | null; content: RowContent }[] = await this.database.query(
      'select row_id, list_id, fingerprint, content from list_row where row_id = any($1)',
      [rowIds],
    );
    return new Map(rows.map((r) => [r.row_id, { listId: r.list_id, fingerprint: r.fingerprint, content: r.content }]));
  }

  private async summaries(scope: VisibilityScope, now: Instant, listId: ListId | null, limit: number): Promise<readonly ListSummary[]> {
    const parameters: unknown[] = [now, listId, limit];
    const may = visible(scope, parameters);
    const only = scope.all ? '' : `having l.status = 'issued' and count(r.row_id) > 0`;
    const rows: SummaryRow[] = await this.database.query(
      `select l.list_id, l.title, l.status, l.issuing_unit_id, l.source_kind, l.source_name, l.source_batch, l.source_document, l.list_date,
              l.number, l.issued_at, l.supplements, l.revision::text as revision, ${COUNTS}
       from list l
       left join (list_row r left join finding_list f on f.finding_id = r.finding_id) on r.list_id = l.list_id and ${may}
       where ($2::text is null or l.list_id = $2)
       group by l.list_id ${only}
       order by l.drafted_at desc, l.list_id limit $3`,
      parameters,
    );
    return rows.map(summaryOf);
  }
}
