import type { RecordedEvent } from '@app/event-store';
import { localDateOf, type FindingId, type LegId, type LocalDate, type UnitId } from '@app/kernel';
import type { PlaceholderEvent } from '@app/placeholders';
import type { RowSink } from '@app/read-store';
import { absent, type FindingState } from '../../domain/finding.state';
import { BASES, businessDayAfter, foldFigures, lean, NO_FIGURES, type Basis, type Days, type FigureFold } from '../figures/figure-fold';
import { foldPlaceholder } from '../figures/figure-placeholders';
import { figureRows, unitsCounted } from '../figures/figure-rows';
import type { Told } from './told';
import type { UnitChronicle } from './unit-chronicle';
import { FigureMoves, type NumberedRow } from './figure-moves';
import { countsAlike } from './unchanged';

type Standing = Readonly<{ row: NumberedRow; since: LocalDate }>;
type Today = (unit: UnitId) => UnitId;

const RECORDED: readonly Basis[] = ['recorded'];
const BUSINESS: readonly Basis[] = ['business'];

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((value, i) => value === b[i]);

/** What rows are made of is as it was. */
const unchanged = (a: FigureFold, b: FigureFold): boolean =>
  a.state === b.state &&
  a.days.recorded === b.days.recorded &&
  a.days.business === b.days.business &&
  a.late === b.late &&
  a.watch === b.watch &&
  a.clearance === b.clearance &&
  a.passedAs === b.passedAs &&
  a.placeholder === b.placeholder;

const sameDays = (a: Days, b: Days): boolean => {
  if (a === b) return true;
  // Cohorts come with a look back, the fewest findings have one.
  if (a.cleared !== b.cleared || Object.keys(a.cohorts).length > 0 || Object.keys(b.cohorts).length > 0) return false;
  for (const leg in a.passed) if (a.passed[leg as LegId] !== b.passed[leg as LegId]) return false;
  for (const leg in b.passed) if (!(leg in a.passed)) return false;
  return true;
};

/** Facts with the spans of days on which they held, and how the counters moved, from a finding's or a placeholder's whole stream. */
export class FigureRows {
  private readonly moves = new FigureMoves();

  constructor(
    private readonly units: UnitChronicle,
    private readonly rows: RowSink,
  ) {}

  finding(id: FindingId, told: readonly Told[]): void {
    let full: FindingState = absent;
    this.stream(
      id,
      told,
      ({ recorded }) => recorded,
      (fold, { recorded, event, state: next }, today) => {
        const state = countsAlike(full, next) ? fold.state : lean(next);
        full = next;
        return foldFigures(fold, event, Number(recorded.revision), today, state);
      },
    );
  }

  placeholder(id: FindingId, events: readonly RecordedEvent[]): void {
    this.stream(
      id,
      events,
      (recorded) => recorded,
      (fold, { type, data, revision }) => foldPlaceholder(fold, { type, data } as PlaceholderEvent, Number(revision)),
    );
  }

  end(): void {
    this.moves.writeTo(this.rows);
  }

  private stream<E>(
    id: FindingId,
    events: readonly E[],
    recordedOf: (event: E) => RecordedEvent,
    next: (fold: FigureFold, event: E, today: Today) => FigureFold,
  ): void {
    const one = new OneFinding(id, this.rows, this.moves);
    let fold = NO_FIGURES;
    let before = 0;
    let today: Today = (unit) => unit;
    const mergedUpTo = (last: number): void => {
      for (const { units, on, recordedOn, chapter } of this.units.mergers) {
        if (chapter <= before || chapter > last || !unitsCounted(fold).some((unit) => units.has(unit))) continue;
        fold = { ...fold, businessDay: businessDayAfter(fold, on) };
        one.count(fold, recordedOn, (unit) => this.units.today(chapter, unit));
      }
    };
    let first = true;
    for (const event of events) {
      const recorded = recordedOf(event);
      const chapter = this.units.at(recorded.position);
      const turned = first || chapter !== before;
      first = false;
      if (turned) {
        mergedUpTo(chapter);
        today = (unit) => this.units.today(chapter, unit);
        before = chapter;
      }
      const after = next(fold, event, today);
      const still = !turned && unchanged(fold, after);
      fold = after;
      if (!still) one.count(fold, localDateOf(recorded.metadata.recordedAt), today);
    }
    mergedUpTo(this.units.last);
    one.end(fold);
    if (this.moves.full) this.end();
  }
}

class OneFinding {
  private readonly recorded = new Map<string, Standing>();
  /** The facts by business date; null as long as they are those of recording, which most findings keep to their end. */
  private business: Map<string, Standing> | null = null;

  constructor(
    private readonly id: FindingId,
    private readonly rows: RowSink,
    private readonly moves: FigureMoves,
  ) {}

  count(fold: FigureFold, recordedDay: LocalDate, today: Today): void {
    const number = numberOf(fold);
    const recorded = this.rowsOf(fold, today, 'recorded', this.recorded);
    const businessDay = fold.businessDay ?? recordedDay;
    const alike = sameDays(fold.days.business, fold.days.recorded);
    if (this.business === null && alike && businessDay === recordedDay) {
      this.countOn(BASES, this.recorded, recorded, recordedDay, number);
      return;
    }
    this.business ??= new Map(this.recorded);
    const business = alike ? recorded : this.rowsOf(fold, today, 'business', this.business);
    this.countOn(RECORDED, this.recorded, recorded, recordedDay, number);
    this.countOn(BUSINESS, this.business, business, businessDay, number);
  }

  end(fold: FigureFold): void {
    const number = numberOf(fold);
    this.rows.add('figure_fold', { finding_id: this.id, fold, unit_ids: unitsCounted(fold) });
    for (const fact of this.recorded.values()) this.write(this.business === null ? BASES : RECORDED, fact, null, number);
    for (const fact of this.business?.values() ?? []) this.write(BUSINESS, fact, null, number);
  }

  /** A part that counts as it did keeps the row it has: most events change one part at most. */
  private rowsOf(fold: FigureFold, today: Today, basis: Basis, standing: ReadonlyMap<string, Standing>): readonly NumberedRow[] {
    return figureRows(fold, today, basis).map((row) => {
      const known = standing.get(row.part)?.row;
      return known !== undefined && same(known.measures, row.measures) && same(known.scopes, row.scopes) ? known : this.moves.numbered(row);
    });
  }

  private countOn(
    bases: readonly Basis[],
    standing: Map<string, Standing>,
    now: readonly NumberedRow[],
    day: LocalDate,
    number: string,
  ): void {
    const on = this.moves.on(bases, day);
    for (const [part, fact] of standing) {
      const row = now.find((one) => one.part === part);
      if (row !== undefined && (row === fact.row || (same(row.scopes, fact.row.scopes) && same(row.measures, fact.row.measures)))) continue;
      if (row === undefined) standing.delete(part);
      else standing.set(part, { row, since: day });
      this.moves.move(on, fact.row, row);
      // What began and ended on one day was never published.
      if (fact.since !== day) this.write(bases, fact, day, number);
    }
    for (const row of now) {
      if (standing.has(row.part)) continue;
      standing.set(row.part, { row, since: day });
      this.moves.move(on, undefined, row);
    }
  }

  private write(bases: readonly Basis[], { row, since }: Standing, to_day: LocalDate | null, number: string): void {
    const { part, scopes, measures } = row;
    for (const basis of bases) {
      this.rows.add('figure_fact', { finding_id: this.id, part, basis, from_day: since, to_day, number, scopes, measures });
    }
  }
}

const numberOf = ({ placeholder, state }: FigureFold): string => placeholder?.number ?? (state.phase === 'absent' ? '' : state.core.number);
