import { Clock, type Actor } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { cursorOf, readCursor } from '../finding-list/cursor';
import { BadCursor, COUNTED_TO, type Total } from '../finding-list/finding.queries';
import { Conditions } from '../finding-list/sql-parts';
import type { InboxRow, InboxWork } from './inbox.row';

/** Whose inbox: of the post acted from, or of the whole unit. */
export type InboxOf = Readonly<{
  actor: Actor;
  /** `unit`: whatever waits for the unit, whichever of its posts can do it. */
  whole: 'post' | 'unit';
  /** Paths of the towns a leader answers for. */
  leaderPaths: readonly string[];
}>;
export type InboxQuery = Readonly<{
  work?: readonly InboxWork[] | undefined;
  overdue?: boolean | undefined;
  limit: number;
  cursor: string | null;
}>;
export type InboxEntry = Readonly<Omit<InboxRow, 'due_sort' | 'leader_paths'>> & Readonly<{ overdue: boolean }>;
export type InboxPage = Readonly<{ entries: readonly InboxEntry[]; next: string | null; overdue: number }> & Total;

const ORDER = 'inbox';
const BETWEEN = '/';
const KEY = `(finding_id || '${BETWEEN}' || work || '${BETWEEN}' || part) collate "C"`;

@Injectable()
export class InboxQueries {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** By due time, what has none last. One statement gives the page, its total and how many are overdue. Errors: BadCursor. */
  async page(of: InboxOf, query: InboxQuery): Promise<InboxPage> {
    const now = this.clock.now();
    const where = new Conditions();
    addWhose(where, of);
    if (query.work !== undefined && query.work.length > 0) where.add(`work = any(${where.param(query.work)}::text[])`);
    if (query.overdue === true) where.add(`due_sort < ${where.param(now)}`);
    if (query.overdue === false) where.add(`due_sort >= ${where.param(now)}`);
    const matching = where.where;
    const late = `due_sort < ${where.param(now)}`;
    if (query.cursor !== null) {
      const after = readCursor(query.cursor, ORDER);
      if (after === null) throw new BadCursor();
      where.add(`(due_sort, ${KEY}) > (${where.param(after.key)}, ${where.param(after.id)})`);
    }
    type Row = { total: string; late: string } & { [K in keyof InboxRow]: InboxRow[K] | null };
    const rows = await this.dataSource.query<Row[]>(
      `with total as (
         select count(*) as total, count(*) filter (where c.late) as late
         from (select ${late} as late from inbox_entry where ${matching} limit ${String(COUNTED_TO + 1)}) c
       ),
       page as (
         select *, ${KEY} as k from inbox_entry where ${where.where}
         order by due_sort, ${KEY} limit ${where.param(query.limit + 1)}
       )
       select t.total, t.late, p.* from total t left join page p on true
       order by p.due_sort, p.k`,
      [...where.params],
    );
    const found = rows.flatMap((row) => (row.finding_id === null ? [] : [row as unknown as InboxRow]));
    const page = found.slice(0, query.limit);
    const last = page.at(-1);
    const counted = Number(rows[0]?.total ?? 0);
    return {
      entries: page.map((row) => entryOf(row, now)),
      next: found.length > query.limit && last !== undefined ? cursorOf({ order: ORDER, key: last.due_sort, id: keyOf(last) }) : null,
      total: Math.min(counted, COUNTED_TO),
      exact: counted <= COUNTED_TO,
      overdue: Number(rows[0]?.late ?? 0),
    };
  }
}

const addWhose = (where: Conditions, { actor, whole, leaderPaths }: InboxOf): void => {
  const named = whole === 'post' ? where.param(actor.personId) : null;
  const mine = named === null ? '' : ` and (roles && ${where.param(actor.roles)}::text[] or person_id = ${named})`;
  const ways = [
    `unit_id = ${where.param(actor.unitId)} and leader_paths = '{}'${mine}`,
    ...(named === null ? [] : [`person_id = ${named}`]),
    ...(leaderPaths.length === 0 ? [] : [`leader_paths && ${where.param(leaderPaths)}::text[]`]),
  ];
  where.add(ways.map((way) => `(${way})`).join(' or '));
};

const keyOf = (row: InboxRow): string => [row.finding_id, row.work, row.part].join(BETWEEN);

const entryOf = (row: InboxRow, now: string): InboxEntry => ({
  finding_id: row.finding_id,
  work: row.work,
  part: row.part,
  unit_id: row.unit_id,
  unit_path: row.unit_path,
  unit_name: row.unit_name,
  roles: row.roles,
  person_id: row.person_id,
  leg_id: row.leg_id,
  due_at: row.due_at,
  since_at: row.since_at,
  reminded_at: row.reminded_at,
  passed_at: row.passed_at,
  number: row.number,
  stage: row.stage,
  category: row.category,
  seriousness: row.seriousness,
  text: row.text,
  subject_label: row.subject_label,
  town_name: row.town_name,
  overdue: row.due_at !== null && row.due_at < now,
});
