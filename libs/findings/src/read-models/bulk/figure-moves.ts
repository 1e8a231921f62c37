import type { LocalDate } from '@app/kernel';
import type { RowSink } from '@app/read-store';
import { BASES, type Basis } from '../figures/figure-fold';
import type { FigureRow } from '../figures/figure-rows';
import { Names } from './names';

/** So many counters are held before they are written as parts; what is summed up later may come in any number of parts. */
const HELD = 500_000;
/** Twice as many as are held, and a power of two. */
const SLOTS = 1 << 20;
/** More names than these make the keys of the counters too long for a whole number. */
const MOST_SCOPES = 1 << 20;
const MOST_MEASURES = 1 << 16;
const MOST_DAYS = 1 << 15;
const FREE = -1;
/** What is the same by all bases is counted once until it is written. */
const ALL_BASES = BASES.length;
const WAYS = BASES.length + 1;

/** A row with its scopes and measures as numbers, good until the next finding. */
export type NumberedRow = FigureRow & Readonly<{ scopeIds: readonly number[]; measureIds: readonly number[] }>;

const NONE: readonly number[] = [];

/** How the counters moved, by basis, day, scope and measure: one table of numbers, since there are hundreds of moves to a finding. */
export class FigureMoves {
  private readonly scopes = new Names();
  private readonly measures = new Names();
  private readonly days = new Names();
  private readonly keys = new Float64Array(SLOTS).fill(FREE);
  private readonly deltas = new Int32Array(SLOTS);
  private held = 0;

  get full(): boolean {
    const { scopes, measures, days } = this;
    return this.held >= HELD || scopes.size >= MOST_SCOPES / 2 || measures.size >= MOST_MEASURES / 2 || days.size >= MOST_DAYS / 2;
  }

  numbered(row: FigureRow): NumberedRow {
    const { part, scopes, measures } = row;
    return { part, scopes, measures, scopeIds: this.scopes.ids(scopes), measureIds: this.measures.ids(measures) };
  }

  /** The number under which `move` knows the day, by one of the bases or by all of them. */
  on(bases: readonly Basis[], day: LocalDate): number {
    return this.days.id(day) * WAYS + (bases.length === 1 ? BASES.indexOf(bases[0] ?? 'recorded') : ALL_BASES);
  }

  /** Takes a part that was counted as `before` and is counted as `after` from this day on. */
  move(on: number, before: NumberedRow | undefined, after: NumberedRow | undefined): void {
    const [oldScopes, oldMeasures] = [before?.scopeIds ?? NONE, before?.measureIds ?? NONE];
    const [newScopes, newMeasures] = [after?.scopeIds ?? NONE, after?.measureIds ?? NONE];
    // Most measures stay: only what came and what went moves a counter that both were counted in.
    const gone = oldMeasures.filter((measure) => !newMeasures.includes(measure));
    const come = newMeasures.filter((measure) => !oldMeasures.includes(measure));
    for (const scope of oldScopes) {
      for (const measure of newScopes.includes(scope) ? gone : oldMeasures) this.bump(on, scope, measure, -1);
    }
    for (const scope of newScopes) {
      for (const measure of oldScopes.includes(scope) ? come : newMeasures) this.bump(on, scope, measure, 1);
    }
  }

  /** As parts of `figure_counter`, and forgets them. */
  writeTo(rows: RowSink): void {
    const { keys, deltas } = this;
    for (let slot = 0; slot < SLOTS; slot += 1) {
      const [key, delta] = [keys[slot] ?? FREE, deltas[slot] ?? 0];
      if (key === FREE || delta === 0) continue;
      const measureId = key % MOST_MEASURES;
      const rest = Math.floor(key / MOST_MEASURES);
      const on = Math.floor(rest / MOST_SCOPES);
      const [measure = '', key_day = ''] = this.measures.of(measureId).split('@');
      const [way, scope, day] = [on % WAYS, this.scopes.of(rest % MOST_SCOPES), this.days.of(Math.floor(on / WAYS))];
      for (const [i, basis] of BASES.entries()) {
        if (way === i || way === ALL_BASES) rows.add('figure_counter', { basis, scope, measure, key_day, day, delta });
      }
    }
    keys.fill(FREE);
    deltas.fill(0);
    this.held = 0;
    for (const names of [this.scopes, this.measures, this.days]) names.clear();
  }

  private bump(on: number, scope: number, measure: number, by: number): void {
    const { keys, deltas } = this;
    const key = (on * MOST_SCOPES + scope) * MOST_MEASURES + measure;
    const mixed = Math.imul(scope, 0x9e3779b1) ^ Math.imul(measure, 0x85ebca6b) ^ Math.imul(on, 0xc2b2ae35);
    let slot = (mixed ^ (mixed >>> 15)) & (SLOTS - 1);
    while (keys[slot] !== key) {
      if (keys[slot] === FREE) {
        keys[slot] = key;
        this.held += 1;
        break;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    deltas[slot] = (deltas[slot] ?? 0) + by;
  }
}
