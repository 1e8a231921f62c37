import { Clock, type FindingId, type Instant } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FINDING_STAGES_OF } from './stages-of';
import { cursorOf, readCursor } from './cursor';
import { addFilter, addScope, counterFor, textClause, type Counter, type FindingFilter } from './finding-list.filter';
import type { FindingListRow } from './finding-list.row';
import { Conditions } from './sql-parts';
import type { VisibilityScope } from './visibility';

export const FINDING_ORDERS = ['due', 'filed', 'number', 'updated'] as const;
export type FindingOrder = (typeof FINDING_ORDERS)[number];
const COLUMN: Readonly<Record<FindingOrder, string>> = { due: 'due_sort', filed: 'filed_at', number: 'number', updated: '"position"' };

/** Beyond this a total says "10,000+". */
export const COUNTED_TO = 10_000;
export type Total = Readonly<{ total: number; exact: boolean }>;

export type FindingPage = Readonly<{ rows: readonly ShownRow[]; next: string | null }> & Total;
export type FindingPageQuery = Readonly<{
  filter: FindingFilter;
  order: FindingOrder;
  descending: boolean;
  limit: number;
  cursor: string | null;
}>;
/** What a list shows of a finding: nothing of how it is found, and labels that are masked already. */
export type ShownRow = Readonly<Omit<FindingListRow, 'haystack' | 'initials' | 'grams' | 'unit_paths' | 'reader_paths' | 'leader_paths'>> &
  Readonly<{ overdue: boolean }>;

const SHOWN = [
  'finding_id',
  'number',
  'kind',
  'status',
  'stage',
  'flags',
  'source_kind',
  'source_name',
  'source_batch',
  'manner',
  'category',
  'seriousness',
  'rectification',
  'list_id',
  'list_row',
  'parent_id',
  'relapse_of',
  'self_found',
  'upper_authority',
  'upper_number',
  'town_id',
  'town_name',
  'village_id',
  'village_name',
  'place_text',
  'team_id',
  'team_name',
  'department_id',
  'department_name',
  'owner_id',
  'owner_name',
  'team_path',
  'town_path',
  'department_path',
  'owner_path',
  'text',
  'subject_kind',
  'subject_label',
  'due_at',
  'due_sort',
  'next_due_at',
  'next_due_kind',
  'found_on',
  'filed_at',
  'accepted_at',
  'transferred_at',
  'cleared_at',
  'ended_at',
  'stage_since',
  'items_total',
  'items_open',
  'items_done',
  'items_untrue',
  'items_cannot',
  'legs_total',
  'legs_passed',
  'revision',
  'changed_at',
  'position',
] as const satisfies readonly (keyof ShownRow)[];
const COLUMNS = SHOWN.map((column) => `f."${column}"`).join(', ');

/** A cursor that belongs to another order, or to nothing. */
export class BadCursor extends Error {
  constructor() {
    super('the cursor does not belong to this list');
    this.name = 'BadCursor';
  }
}

type PageRow = Omit<ShownRow, 'revision' | 'position' | 'overdue'> & Readonly<{ revision: string; position: string }>;

@Injectable()
export class FindingQueries {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** One statement gives the page and its total. Errors: BadCursor. */
  async page(scope: VisibilityScope, query: FindingPageQuery): Promise<FindingPage> {
    const now = this.clock.now();
    const [statement, params] = statementOf(scope, query, now);
    const rows = await this.dataSource.query<({ total: string } & { [K in keyof PageRow]: PageRow[K] | null })[]>(statement, [...params]);
    const counted = Number(rows[0]?.total ?? 0);
    const found = rows.flatMap((row) => (row.finding_id === null ? [] : [shownOf(row as PageRow, now)]));
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    const next =
      found.length > query.limit && last !== undefined
        ? cursorOf({ order: orderOf(query), key: keyOf(last, query.order), id: last.finding_id })
        : null;
    const fromCounter = counterFor(scope, query.filter) !== null;
    return {
      rows: page,
      next,
      total: fromCounter ? counted : Math.min(counted, COUNTED_TO),
      exact: fromCounter || counted <= COUNTED_TO,
    };
  }

  /** Every row of the list, page by page, up to `limit`; what an export writes. */
  async *all(scope: VisibilityScope, query: Omit<FindingPageQuery, 'limit' | 'cursor'>, limit: number): AsyncGenerator<ShownRow> {
    let cursor: string | null = null;
    let left = limit;
    do {
      const page: FindingPage = await this.page(scope, { ...query, limit: Math.min(1_000, left), cursor });
      yield* page.rows;
      left -= page.rows.length;
      cursor = page.next;
    } while (cursor !== null && left > 0);
  }

  /** Of these findings the ones that the reader may see. */
  async among(scope: VisibilityScope, findingIds: readonly string[]): Promise<ReadonlyMap<string, ShownRow>> {
    const now = this.clock.now();
    const where = new Conditions();
    addScope(where, scope);
    where.add(`f.finding_id = any(${where.param(findingIds)}::text[])`);
    const rows = await this.dataSource.query<PageRow[]>(`select ${COLUMNS} from finding_list f where ${where.where}`, [...where.params]);
    return new Map(rows.map((row) => [row.finding_id, shownOf(row, now)]));
  }

  /** Findings whose rows changed after `position`, whoever may read them, oldest change first. */
  async changedAfter(position: bigint, limit: number): Promise<readonly ChangedRow[]> {
    const rows = await this.dataSource.query<(Omit<ChangedRow, 'position'> & { position: string })[]>(
      `select finding_id, revision::int as revision, "position", reader_paths, leader_paths from finding_list
       where "position" > $1 order by "position", finding_id limit $2`,
      [position.toString(), limit],
    );
    return rows.map((row) => ({ ...row, position: BigInt(row.position) }));
  }

  /** Position of the latest change in the rows; 0n while there are none. */
  async lastChange(): Promise<bigint> {
    const [row] = await this.dataSource.query<{ last: string | null }[]>(`select max("position") as last from finding_list`);
    return BigInt(row?.last ?? '0');
  }
}

export type ChangedRow = Readonly<{
  finding_id: FindingId;
  revision: number;
  position: bigint;
  reader_paths: readonly string[];
  leader_paths: readonly string[];
}>;

const orderOf = ({ order, descending }: FindingPageQuery): string => `${order}${descending ? '-' : '+'}`;

const statementOf = (scope: VisibilityScope, query: FindingPageQuery, now: Instant): readonly [string, readonly unknown[]] => {
  const { filter, order, descending, cursor } = query;
  const where = new Conditions();
  addScope(where, scope);
  addFilter(where, { ...filter, text: undefined }, now);
  const text = filter.text === undefined ? { indexed: 'true', walked: 'true' } : textClause(where, filter.text);
  const [column, direction] = [COLUMN[order], descending ? 'desc' : 'asc'];
  const after = cursor === null ? null : readCursor(cursor, orderOf(query));
  if (cursor !== null && (after === null || (order === 'updated' && !/^\d{1,18}$/.test(after.key)))) throw new BadCursor();
  const place = after && `(${where.param(after.key)}, ${where.param(after.id)})`;
  const beyond = place === null ? 'true' : `(f.${column}, f.finding_id) ${descending ? '<' : '>'} ${place}`;
  const inOrder = `order by f.${column} ${direction}, f.finding_id ${direction} limit ${where.param(query.limit + 1)}`;
  const walked = `select ${COLUMNS} from finding_list f where ${where.where} and (${text.walked}) and ${beyond}`;
  const counter = counterFor(scope, filter);
  const parts =
    counter === null
      ? // Few enough to be counted are sorted without a further look at the table; of more, the page is soon found in its own order.
        `hits as materialized (
           select f.finding_id, f.${column} from finding_list f where ${where.where} and (${text.indexed}) limit ${String(COUNTED_TO + 1)}
         ), total as (select count(*) as total from hits),
         first as (select f.finding_id from hits f where (select total from total) <= ${String(COUNTED_TO)} and ${beyond} ${inOrder}),
         page as (
           (select ${COLUMNS} from first join finding_list f using (finding_id))
           union all
           (${walked} and (select total from total) > ${String(COUNTED_TO)} ${inOrder})
         )`
      : `total as (${counterSql(counter, filter, where)}), page as (${walked} ${inOrder})`;
  return [
    `with ${parts} select t.total, f.* from total t left join page f on true order by f.${column} ${direction}, f.finding_id ${direction}`,
    where.params,
  ];
};

const counterSql = ({ dimension, key }: Counter, filter: FindingFilter, where: Conditions): string => {
  const stages = [
    ...(filter.stage === undefined || filter.stage.length === 0 ? [] : [filter.stage]),
    ...(filter.status === undefined || filter.status.length === 0 ? [] : [filter.status.flatMap((status) => FINDING_STAGES_OF[status])]),
  ].map((allowed) => ` and stage = any(${where.param(allowed)}::text[])`);
  return `select coalesce(sum(n), 0) as total from finding_count
    where dimension = ${where.param(dimension)} and key = ${where.param(key)}${stages.join('')}`;
};

const shownOf = (row: PageRow, now: Instant): ShownRow => {
  const { total: _total, ...shown } = row as PageRow & { total?: string };
  return { ...shown, revision: Number(row.revision), overdue: row.due_at !== null && row.due_at < now };
};
const keyOf = (row: ShownRow, order: FindingOrder): string =>
  ({ due: row.due_sort, filed: row.filed_at, number: row.number, updated: row.position })[order];
