import { Clock, type FindingId, type SubjectId, type UnitId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Subject } from '../../domain/finding.types';
import { addScope } from '../finding-list/finding-list.filter';
import type { FindingListRow } from '../finding-list/finding-list.row';
import { Conditions } from '../finding-list/sql-parts';
import { UnitBook, type KnownUnit } from '../finding-list/unit-book';
import type { VisibilityScope } from '../finding-list/visibility';
import { detailOf, type FindingDetail, type TurnRow } from './finding-detail';
import type { FindingView } from './finding.view';
import { TIMELINE_LABELS } from './timeline-labels';
import type { TimelineRow } from './timeline.row';

type UnitRow = Readonly<{ unit_id: UnitId; name: string; path: string; today_id: UnitId }>;
type DetailRow = Readonly<{ row: FindingListRow; view: FindingView; turns: readonly TurnRow[] | null; units: readonly UnitRow[] | null }>;

export type TimelineLine = Readonly<Omit<TimelineRow, 'position'> & { position: string; label: Readonly<{ zh: string; en: string }> }>;
/** A line of one's own acts: what was done, without what the finding holds. */
export type OwnAct = Readonly<
  Pick<
    TimelineLine,
    'position' | 'finding_id' | 'number' | 'type' | 'label' | 'at' | 'on_day' | 'person_id' | 'unit_id' | 'unit_name' | 'leg_id'
  >
>;

const lineOf = (row: TimelineRow): TimelineLine => ({ ...row, revision: Number(row.revision), label: TIMELINE_LABELS[row.type] });

/** One finding. Unknown and not visible are the same answer: null. */
@Injectable()
export class FindingDetailQueries {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async detail(findingId: FindingId, scope: VisibilityScope): Promise<FindingDetail | null> {
    const found = await this.find(findingId, scope);
    if (found === null) return null;
    const now = this.clock.now();
    const units = bookOf(found.units ?? []);
    const row = { ...found.row, overdue: found.row.due_at !== null && found.row.due_at < now };
    return detailOf({ findingId, row, view: found.view, units, turns: found.turns ?? [], now });
  }

  /** What names it, without reading the whole of it; null when it is not to be seen. */
  async seen(findingId: FindingId, scope: VisibilityScope): Promise<SeenFinding | null> {
    const where = new Conditions();
    where.add(`f.finding_id = ${where.param(findingId)}`);
    addScope(where, scope);
    const [found] = await this.dataSource.query<SeenFinding[]>(
      `select f.number, f.category, concat(f.town_name, f.village_name, f.place_text) as place from finding_list f where ${where.where}`,
      [...where.params],
    );
    return found ?? null;
  }

  /** Lines after `after`, oldest first; null when the finding is not to be seen. */
  async timeline(findingId: FindingId, scope: VisibilityScope, after: bigint, limit: number): Promise<readonly TimelineLine[] | null> {
    const where = new Conditions();
    where.add(`f.finding_id = ${where.param(findingId)}`);
    addScope(where, scope);
    const [found] = await this.dataSource.query<{ lines: TimelineRow[] | null }[]>(
      `select (select jsonb_agg(l.line order by l.p) from (
                 select to_jsonb(e) || jsonb_build_object('position', e."position"::text) as line, e."position" as p from finding_event e
                 where e.finding_id = f.finding_id and e."position" > ${where.param(after.toString())}
                 order by e."position" limit ${where.param(limit)}) l) as lines
       from finding_list f where ${where.where}`,
      [...where.params],
    );
    return found === undefined ? null : (found.lines ?? []).map(lineOf);
  }

  /** Acts of a person, or of units whoever acted; newest first, before `before`. A unit keeps them also when it lost the finding. */
  async acts(
    of: Readonly<{ personId: string } | { unitIds: readonly string[] }>,
    before: bigint | null,
    limit: number,
  ): Promise<readonly OwnAct[]> {
    const where = new Conditions();
    where.add('personId' in of ? `person_id = ${where.param(of.personId)}` : `unit_id = any(${where.param(of.unitIds)}::text[])`);
    if (before !== null) where.add(`"position" < ${where.param(before.toString())}`);
    const rows = await this.dataSource.query<TimelineRow[]>(
      `select "position", finding_id, number, type, at, on_day, person_id, unit_id, unit_name, leg_id from finding_event
       where ${where.where} order by "position" desc limit ${where.param(limit)}`,
      [...where.params],
    );
    return rows.map(lineOf);
  }

  /** The subject of the finding or of one of its items with what is sealed; null when there is none or it is not to be seen. */
  async subject(findingId: FindingId, subjectId: SubjectId, scope: VisibilityScope): Promise<SealedSubject | null> {
    const found = await this.find(findingId, scope);
    if (found === null || found.view.state.phase === 'absent') return null;
    const { core } = found.view.state;
    const subject = [core.subject, ...core.items.map((item) => item.subject)].find((s) => s.subjectId === subjectId);
    return subject === undefined ? null : { subject, handlers: found.view.facts.handlers, number: core.number };
  }

  private async find(findingId: FindingId, scope: VisibilityScope): Promise<DetailRow | null> {
    const where = new Conditions();
    where.add(`f.finding_id = ${where.param(findingId)}`);
    addScope(where, scope);
    const [found] = await this.dataSource.query<DetailRow[]>(
      `select to_jsonb(f) - '{haystack,initials,grams,unit_paths,reader_paths,leader_paths}'::text[] as row, v.view,
         (select jsonb_agg(to_jsonb(i) order by i.due_sort, i.work, i.part) from inbox_entry i where i.finding_id = f.finding_id) as turns,
         (select jsonb_agg(u) from finding_unit u
          where u.unit_id = any(v.unit_ids) or u.unit_id in (select s.today_id from finding_unit s where s.unit_id = any(v.unit_ids))) as units
       from finding_list f join finding_view v using (finding_id) where ${where.where}`,
      [...where.params],
    );
    return found ?? null;
  }
}

/** Number, category code, town with village and place. */
export type SeenFinding = Readonly<{ number: string; category: string; place: string }>;
export type SealedSubject = Readonly<{ subject: Subject; handlers: readonly string[]; number: string }>;

const bookOf = (rows: readonly UnitRow[]): UnitBook =>
  new UnitBook(
    new Map(rows.map((row): [UnitId, KnownUnit] => [row.unit_id, { id: row.unit_id, name: row.name, path: row.path }])),
    new Map(rows.map((row) => [row.unit_id, row.today_id])),
    null,
  );
