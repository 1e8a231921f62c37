import { localDateOf, type LocalDate, type UnitId } from '@app/kernel';
import type { Tally } from '../read-models/figures/figure-definitions';
import { foldFigures, NO_FIGURES, type FigureFold } from '../read-models/figures/figure-fold';
import { figureRows, type FigureRow } from '../read-models/figures/figure-rows';
import { UNITS } from './finding-builders';
import { MERGED_AT, type Logged } from './random-logs';

/** Counts from nothing but the events up to a day. */
export const recount = (order: readonly (Logged | 'merger')[], scopes: ReadonlySet<string>, day: LocalDate): Tally => {
  const folds = new Map<number, FigureFold>();
  let merged = false;
  const today = (unit: UnitId): UnitId => (merged && unit === UNITS.town ? UNITS.otherTown : unit);
  for (const entry of order) {
    if (localDateOf(entry === 'merger' ? MERGED_AT : entry.event.data.at) > day) break;
    if (entry === 'merger') merged = true;
    else {
      const fold = folds.get(entry.id) ?? NO_FIGURES;
      folds.set(entry.id, foldFigures(fold, entry.event, fold.revision + 1, today));
    }
  }
  return tallyOf(
    [...folds.values()].flatMap((fold) => figureRows(fold, today)),
    scopes,
  );
};

export const tallyOf = (rows: readonly FigureRow[], scopes: ReadonlySet<string>): Tally => {
  const tally = new Map<string, Map<string, number>>();
  for (const row of rows) {
    if (!row.scopes.some((scope) => scopes.has(scope))) continue;
    for (const measure of row.measures) {
      const [name = '', key = ''] = measure.split('@');
      const days = tally.get(name) ?? new Map<string, number>();
      tally.set(name, days.set(key, (days.get(key) ?? 0) + 1));
    }
  }
  return tally;
};
