import { Clock } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Duty, LegStage, Line } from '../../domain/finding.types';
import { cursorOf, readCursor } from './cursor';
import { addScope } from './finding-list.filter';
import type { FindingLegRow } from './finding-leg.row';
import { BadCursor, COUNTED_TO, type Total } from './finding.queries';
import { Conditions } from './sql-parts';
import { OPEN_STAGES } from '../village/village.queries';
import type { VisibilityScope } from './visibility';

/** Rows of towns and departments count legs (R31): a number of theirs opens this list. */
export type LegFilter = Readonly<{
  /** Subtree of the unit that answers for the leg. A path. */
  unitPath?: string | undefined;
  line?: Line | undefined;
  duty?: Duty | undefined;
  stage?: readonly LegStage[] | undefined;
  /** Clock running and past. */
  overdue?: boolean | undefined;
  listId?: string | undefined;
  category?: readonly string[] | undefined;
}>;
export type LegPageQuery = Readonly<{ filter: LegFilter; limit: number; cursor: string | null }>;
export type LegEntry = Readonly<Omit<FindingLegRow, 'due' | 'stated_unit_id'>> &
  Readonly<{
    number: string;
    text: string;
    subject_label: string;
    town_name: string;
    category: string;
    finding_stage: string;
    overdue: boolean;
  }>;
export type LegPage = Readonly<{ legs: readonly LegEntry[]; next: string | null }> & Total;

const ORDER = 'legs';
const KEY = `(l.finding_id || '/' || l.leg_id) collate "C"`;

@Injectable()
export class LegQueries {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Legs of open findings that a unit, or one below it, still has to bring through its review. */
  async openOf(unitPath: string): Promise<number> {
    const rows = await this.dataSource.query<{ n: number }[]>(
      `select count(*)::int as n from finding_leg l join finding_list f using (finding_id)
        where (l.unit_path = $1 or starts_with(l.unit_path, $1 || '/')) and l.stage <> 'passed' and f.stage = any($2::text[])`,
      [unitPath, OPEN_STAGES],
    );
    return rows[0]?.n ?? 0;
  }

  /** By due time. Errors: BadCursor. */
  async page(scope: VisibilityScope, { filter, limit, cursor }: LegPageQuery): Promise<LegPage> {
    const now = this.clock.now();
    const where = new Conditions();
    addScope(where, scope);
    if (filter.unitPath !== undefined) {
      const path = where.param(filter.unitPath);
      where.add(`l.unit_path = ${path} or starts_with(l.unit_path, ${path} || '/')`);
    }
    if (filter.line !== undefined) where.add(`l.line = ${where.param(filter.line)}`);
    if (filter.duty !== undefined) where.add(`l.duty = ${where.param(filter.duty)}`);
    if (filter.stage !== undefined && filter.stage.length > 0) where.add(`l.stage = any(${where.param(filter.stage)}::text[])`);
    if (filter.listId !== undefined) where.add(`f.list_id = ${where.param(filter.listId)}`);
    if (filter.category !== undefined && filter.category.length > 0) where.add(`f.category = any(${where.param(filter.category)}::text[])`);
    const late = `l.running and l.due_at < ${where.param(now)}`;
    if (filter.overdue !== undefined) where.add(filter.overdue ? late : `not (${late})`);
    const matching = where.where;
    if (cursor !== null) {
      const after = readCursor(cursor, ORDER);
      if (after === null) throw new BadCursor();
      where.add(`(l.due_at, ${KEY}) > (${where.param(after.key)}, ${where.param(after.id)})`);
    }
    const from = 'finding_leg l join finding_list f using (finding_id)';
    type Row = LegEntry & Readonly<{ total: string }>;
    const rows = await this.dataSource.query<(Row | (Readonly<{ total: string }> & { finding_id: null }))[]>(
      `with total as (select count(*) as total from (select ${late} from ${from} where ${matching} limit ${String(COUNTED_TO + 1)}) c),
       page as (
         select l.finding_id, l.leg_id, l.unit_id, l.unit_name, l.unit_path, l.line, l.duty, l.leads, l.stage, l.running, l.due_at,
           l.original_due_at, l.delivered_at, l.signed_at, l.deemed_signed, l.submitted_at, l.on_time, l.on_time_by_original, l.passed_at,
           l.returned_at, l.returned_ground, l.sent_back, l.extensions, l.extension_until, l.village_id, l.assignee, f.number, f.text,
           f.subject_label, f.town_name, f.category, f.stage as finding_stage, (${late}) as overdue, ${KEY} as k
         from ${from} where ${where.where} order by l.due_at, ${KEY} limit ${where.param(limit + 1)}
       )
       select t.total, p.* from total t left join page p on true order by p.due_at, p.k`,
      [...where.params],
    );
    const counted = Number(rows[0]?.total ?? 0);
    const found = rows.flatMap((row) => (row.finding_id === null ? [] : [row]));
    const page = found.slice(0, limit);
    const last = page.at(-1);
    const next =
      found.length > limit && last !== undefined
        ? cursorOf({ order: ORDER, key: last.due_at, id: `${last.finding_id}/${last.leg_id}` })
        : null;
    return { legs: page, next, total: Math.min(counted, COUNTED_TO), exact: counted <= COUNTED_TO };
  }
}
