import type { RecordedEvent } from '@app/event-store';
import { localDateOf, type FindingId, type LocalDate, type UnitId } from '@app/kernel';
import { PLACEHOLDER_EVENT_TYPES, type PlaceholderEvent } from '@app/placeholders';
import { together, type Asked, type Projection, type Tx } from '@app/read-store';
import { FINDING_EVENT_TYPES } from '../../domain/finding.event-types';
import type { FindingEvent } from '../../domain/finding.events';
import { CounterMoves, removalOf, type Emptied } from './counter-moves';
import { BASES, businessDayAfter, foldFigures, NO_FIGURES, type Basis, type FigureFold } from './figure-fold';
import { foldPlaceholder, PLACEHOLDER_PREFIX } from './figure-placeholders';
import { figureRows, unitsCounted, unitsNamed, type FigureRow } from './figure-rows';
import { HANDLED_UNIT_EVENTS, isUnitTold, Successors, takeFigureUnit } from './figure-units';

const PREFIX = 'finding-';
const isPlaceholder = ({ stream }: RecordedEvent): boolean => stream.startsWith(PLACEHOLDER_PREFIX);
const isCounted = (recorded: RecordedEvent): boolean => recorded.stream.startsWith(PREFIX) || isPlaceholder(recorded);
/** A placeholder is counted under an id of its own, in the same rows (R32). */
const findingOf = (recorded: RecordedEvent): FindingId =>
  recorded.stream.slice((isPlaceholder(recorded) ? PLACEHOLDER_PREFIX : PREFIX).length) as FindingId;

type Fact = FigureRow & { basis: Basis; fromDay: LocalDate; toDay: LocalDate | null; number: string };
const keyOf = (findingId: FindingId, { part, basis, fromDay }: Pick<Fact, 'part' | 'basis' | 'fromDay'>): string =>
  `${findingId}|${part}|${basis}|${fromDay}`;
type FoldRow = Readonly<{ finding_id: FindingId; fold: FigureFold }>;
type FactRow = FigureRow & Readonly<{ finding_id: FindingId; basis: Basis; from_day: LocalDate; number: string }>;
type Loaded = { fold: FigureFold; dirty: boolean; readonly facts: Readonly<Record<Basis, Map<string, Fact>>> };

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((value, i) => value === b[i]);

/** Before anything has passed or was cleared, the basis gives no day to what is counted. */
const sameByBoth = ({ days }: FigureFold): boolean =>
  BASES.every((basis) => days[basis].cleared === null && isEmpty(days[basis].passed) && isEmpty(days[basis].cohorts));
const isEmpty = (record: object): boolean => Object.keys(record).length === 0;

/** The findings a batch touches: folds, facts that hold, and how the counters move. */
class Batch {
  private readonly loaded = new Map<FindingId, Loaded>();
  private readonly moves = new CounterMoves();
  private readonly written = new Map<string, Fact & { findingId: FindingId }>();
  private readonly dropped = new Map<string, FindingId>();
  /** Facts that have a row: what came and went within the batch leaves nothing to delete. */
  private readonly stored = new Set<string>();
  private readonly successors: Successors;

  constructor(private readonly tx: Tx) {
    this.successors = new Successors(tx);
  }

  async load(ids: readonly FindingId[]): Promise<void> {
    const missing = [...new Set(ids.filter((id) => !this.loaded.has(id)))];
    if (missing.length === 0) return;
    const [folds, facts] = await together<[FoldRow[], FactRow[]]>(this.tx, [
      ['select finding_id, fold from figure_fold where finding_id = any($1)', [missing]],
      [
        'select finding_id, part, basis, from_day, number, scopes, measures from figure_fact where finding_id = any($1) and to_day is null',
        [missing],
      ],
    ]);
    for (const id of missing) this.loaded.set(id, { fold: NO_FIGURES, dirty: false, facts: { recorded: new Map(), business: new Map() } });
    for (const { finding_id, fold } of folds) {
      const entry = this.loaded.get(finding_id);
      if (entry !== undefined) entry.fold = fold;
    }
    for (const { finding_id, part, basis, from_day, number, scopes, measures } of facts) {
      this.stored.add(keyOf(finding_id, { part, basis, fromDay: from_day }));
      this.loaded.get(finding_id)?.facts[basis].set(part, { part, basis, scopes, measures, number, fromDay: from_day, toDay: null });
    }
    await this.successors.load([...new Set([...this.loaded.values()].flatMap(({ fold }) => unitsNamed(fold)))]);
  }

  async take(recorded: RecordedEvent): Promise<void> {
    const id = findingOf(recorded);
    await this.load([id]);
    const entry = this.loaded.get(id);
    const revision = Number(recorded.revision);
    if (entry === undefined || revision <= entry.fold.revision) return;
    const told = { type: recorded.type, data: recorded.data };
    if (isPlaceholder(recorded)) {
      entry.fold = foldPlaceholder(entry.fold, told as PlaceholderEvent, revision);
    } else {
      const event = told as FindingEvent;
      if (event.type === 'LegPassed') await this.successors.load([event.data.unitId]);
      entry.fold = foldFigures(entry.fold, event, revision, this.successors.today);
    }
    await this.successors.load(unitsNamed(entry.fold));
    entry.dirty = true;
    this.count(id, entry, localDateOf(recorded.metadata.recordedAt));
  }

  /** One batch for all findings of units that have merged: open legs and what waits go over, deadlines unchanged (R14). */
  async moveOver(units: readonly UnitId[], day: LocalDate, on: LocalDate): Promise<void> {
    this.successors.forget();
    if (units.length === 0) return;
    const ids = await this.tx.query<{ finding_id: FindingId }[]>(
      'select finding_id from figure_fold where unit_ids && $1::text[] order by finding_id',
      [units],
    );
    await this.load(ids.map((row) => row.finding_id));
    await this.successors.load([...new Set([...this.loaded.values()].flatMap(({ fold }) => unitsNamed(fold)))]);
    for (const { finding_id } of ids) {
      const entry = this.loaded.get(finding_id);
      if (entry === undefined) continue;
      entry.fold = { ...entry.fold, businessDay: businessDayAfter(entry.fold, on) };
      entry.dirty = true;
      this.count(finding_id, entry, day);
    }
  }

  private count(id: FindingId, { fold, facts }: Loaded, recordedDay: LocalDate): void {
    const days = { recorded: recordedDay, business: fold.businessDay ?? recordedDay };
    const recorded = figureRows(fold, this.successors.today, 'recorded');
    const rows = { recorded, business: sameByBoth(fold) ? recorded : figureRows(fold, this.successors.today, 'business') };
    for (const basis of BASES) this.countOn(basis, id, fold, rows[basis], facts[basis], days[basis]);
  }

  /** Brings facts and counters from what they say to what the fold says. */
  private countOn(
    basis: Basis,
    id: FindingId,
    fold: FigureFold,
    counted: readonly FigureRow[],
    facts: Map<string, Fact>,
    day: LocalDate,
  ): void {
    const number = fold.placeholder?.number ?? (fold.state.phase === 'absent' ? '' : fold.state.core.number);
    const rows = new Map(counted.map((row) => [row.part, row]));
    const kept = new Map<string, ReadonlySet<string>>();
    for (const [part, fact] of [...facts]) {
      const row = rows.get(part);
      const sameScopes = row !== undefined && same(row.scopes, fact.scopes);
      if (sameScopes && same(row.measures, fact.measures)) continue;
      // Most of what a part counted for it counts for still: what would be taken off and put on again the same day is left alone.
      const stays = sameScopes ? new Set(row.measures.filter((measure) => fact.measures.includes(measure))) : null;
      if (stays !== null) kept.set(part, stays);
      this.moves.move(fact, -1, day, stays);
      facts.delete(part);
      // What began and ended on one day was never published.
      if (fact.fromDay === day) this.drop(id, fact);
      else this.put(id, { ...fact, toDay: day });
    }
    for (const [part, row] of rows) {
      if (facts.has(part)) continue;
      const fact = { ...row, basis, fromDay: day, toDay: null, number };
      facts.set(part, fact);
      this.moves.move(fact, 1, day, kept.get(part) ?? null);
      this.put(id, fact);
    }
  }

  private put(findingId: FindingId, fact: Fact): void {
    const key = keyOf(findingId, fact);
    this.dropped.delete(key);
    this.written.set(key, { ...fact, findingId });
  }

  private drop(findingId: FindingId, { part, basis, fromDay }: Fact): void {
    const key = keyOf(findingId, { part, basis, fromDay });
    this.written.delete(key);
    if (this.stored.has(key)) this.dropped.set(key, findingId);
  }

  async write(): Promise<void> {
    const folds = [...this.loaded].filter(([, { dirty }]) => dirty);
    for (const [, entry] of folds) entry.dirty = false;
    const asked: Asked[] = [];
    if (folds.length > 0) {
      asked.push([
        `insert into figure_fold select * from json_populate_recordset(null::figure_fold, $1::json)
         on conflict (finding_id) do update set fold = excluded.fold, unit_ids = excluded.unit_ids`,
        [JSON.stringify(folds.map(([finding_id, { fold }]) => ({ finding_id, fold, unit_ids: unitsCounted(fold) })))],
      ]);
    }
    if (this.dropped.size > 0) {
      // The finding alone is the way to the rows: before the table was looked at, the planner takes the day for one, and reads a whole day's facts.
      asked.push([
        `delete from figure_fact where finding_id = any($1) and finding_id || '|' || part || '|' || basis || '|' || from_day = any($2)`,
        [[...new Set([...this.dropped.values()])], [...this.dropped.keys()]],
      ]);
    }
    if (this.written.size > 0) {
      const rows = [...this.written.values()].map(({ findingId, part, basis, fromDay, toDay, number, scopes, measures }) => ({
        finding_id: findingId,
        part,
        basis,
        from_day: fromDay,
        to_day: toDay,
        number,
        scopes,
        measures,
      }));
      asked.push([
        `insert into figure_fact select * from jsonb_populate_recordset(null::figure_fact, $1::jsonb)
         on conflict (finding_id, part, basis, from_day) do update
         set to_day = excluded.to_day, number = excluded.number, scopes = excluded.scopes, measures = excluded.measures`,
        [JSON.stringify(rows)],
      ]);
    }
    const moved = this.moves.asked();
    const [emptied] = await together<Emptied[][]>(this.tx, [...moved, ...asked]);
    // Rows of nothing would tell a rebuild from the live run, whose batches end elsewhere.
    const removing = moved.length === 0 ? [] : removalOf(emptied ?? []);
    if (removing.length > 0) await together(this.tx, removing);
    for (const key of this.dropped.keys()) this.stored.delete(key);
    for (const key of this.written.keys()) this.stored.add(key);
    this.written.clear();
    this.dropped.clear();
    this.moves.clear();
  }
}

/** Clearance counters and the lists behind them: only differences are written, on their day by either basis (R15). */
export const clearanceProjection: Projection = {
  name: 'clearance',
  version: 8,
  handles: [...Object.keys(FINDING_EVENT_TYPES), ...Object.keys(PLACEHOLDER_EVENT_TYPES), ...HANDLED_UNIT_EVENTS],
  tables: ['figure_unit', 'figure_fold', 'figure_fact', 'figure_counter', 'figure_total'],
  async apply(events, tx) {
    const batch = new Batch(tx);
    await batch.load(events.filter(isCounted).map(findingOf));
    for (const recorded of events) {
      if (!isUnitTold(recorded)) {
        await batch.take(recorded);
        continue;
      }
      // What came before the change of a unit is written with the units as they were.
      await batch.write();
      const merged = await takeFigureUnit(tx, recorded, Number(recorded.revision));
      await batch.moveOver(merged, localDateOf(recorded.metadata.recordedAt), recorded.metadata.businessDate);
    }
    await batch.write();
  },
};
