import { CarryOverQueries, type CarryOverCounts } from '@app/carry-overs';
import type { Board } from '@app/findings';
import type { LocalDate, UnitId } from '@app/kernel';
import { isWithin, type DirectoryView } from '@app/organisation';
import { Inject, Injectable } from '@nestjs/common';
import type { Reading } from '../reading/reader-context';
import { sightOf } from './sight';

/** 历史结转 of a row of the board: beside its rates, in none of its figures (R29). */
export type CarryOversOfRow = Readonly<{ id: string; n: number }>;

const below = (view: DirectoryView, roots: readonly string[]): ReadonlySet<UnitId> =>
  new Set(view.allUnits().flatMap((unit) => (roots.some((root) => isWithin(unit.path, root)) ? [unit.id] : [])));

/** The units that count in a unit's row: itself, those it took over, and all below it where the board counts them too. */
const unitsOfRow = (view: DirectoryView, id: UnitId, subtree: boolean): ReadonlySet<UnitId> => {
  const path = view.unit(id)?.path;
  const own = view.allUnits().flatMap((unit) => {
    const current = view.currentOf(unit.id);
    const within = subtree && path !== undefined && isWithin(view.unit(current)?.path ?? unit.path, path);
    return current === id || within ? [unit.id] : [];
  });
  return new Set([id, ...own]);
};

@Injectable()
export class CarryOversBeside {
  constructor(@Inject(CarryOverQueries) private readonly carryOvers: CarryOverQueries) {}

  /** Of the county as far as the reader sees it, as of a day. */
  async county(asOf: LocalDate, partial: boolean, reading: Reading): Promise<number> {
    return this.inSight(await this.carryOvers.counts(asOf), partial, reading);
  }

  /** Of each row of a board; lists have none, because what was carried over is in no list. */
  async board({ scope, asOf, rows, partial }: Board, subtree: boolean, reading: Reading): Promise<readonly CarryOversOfRow[]> {
    const counts = await this.carryOvers.counts(asOf);
    return rows.map(({ id }) => {
      switch (scope) {
        case 'county':
          return { id, n: this.inSight(counts, partial, reading) };
        case 'source':
        case 'category':
          return { id, n: counts.of(scope, id) };
        case 'list':
          return { id, n: 0 };
        case 'town':
        case 'department':
          return { id, n: counts.ofAny(unitsOfRow(reading.view, id as UnitId, subtree)) };
      }
    });
  }

  private inSight(counts: CarryOverCounts, partial: boolean, { scope, view }: Reading): number {
    const { seen } = sightOf(scope);
    return partial && seen !== null ? counts.ofAny(below(view, seen)) : counts.of('county', 'all');
  }
}
