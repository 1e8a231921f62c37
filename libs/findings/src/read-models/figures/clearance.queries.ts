import { addDays, type LocalDate } from '@app/kernel';
import { isWithin } from '@app/organisation';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FINDING_RATES, LEG_RATES, ratesOf, type ShownRate } from './board-rates';
import {
  evaluate,
  evaluateAll,
  FINDING_FIGURES,
  LEG_FIGURES,
  measuresBehind,
  OFFICE_FIGURES,
  type Figure,
  type FigurePeriod,
  type FindingFigure,
  type LegFigure,
  type OfficeFigure,
  type Tally,
} from './figure-definitions';
import type { Basis } from './figure-fold';
import { figureRowsBehind, readFigureCursor, type FigurePage } from './figure-page';
import { ranksOf } from './rates';
import { ZERO_MEASURES, zerosOf, type DayChange, type Zero } from './zeros';

export const FINDING_SCOPES = ['county', 'list', 'source', 'category'] as const;
export const UNIT_SCOPES = ['town', 'department'] as const;
export type FindingScope = (typeof FINDING_SCOPES)[number];
export type UnitScope = (typeof UNIT_SCOPES)[number];
export type BoardScope = FindingScope | UnitScope;
export const isUnitScope = (scope: BoardScope): scope is UnitScope => (UNIT_SCOPES as readonly string[]).includes(scope);

/** Units that hold sectoral and owner's legs stand in one board. */
const KINDS: Readonly<Record<UnitScope, readonly string[]>> = {
  town: ['town'],
  department: ['department', 'office', 'independent', 'company'],
};

/** By recorded days, as published, unless told (R15). */
export type When = Readonly<{ asOf: LocalDate; from: LocalDate | null; basis?: Basis }>;
/** Null sees everything; else the subtrees somebody may see. */
export type Seen = readonly string[] | null;

export type BoardRow<F extends string, R extends string> = Readonly<{
  id: string;
  name: string | null;
  figures: Readonly<Record<F, number>>;
  rates: Readonly<Record<R, ShownRate>>;
  /** By the first of its rates; null below ten. */
  rank: number | null;
  zeros: readonly Zero[];
  /** 无问题: nothing was ever filed, which is no zero (R37). */
  nothingFiled: boolean;
}>;
export type FindingRow = BoardRow<FindingFigure, keyof typeof FINDING_RATES>;
export type LegRow = BoardRow<LegFigure, keyof typeof LEG_RATES>;
export type Board = Readonly<{
  scope: BoardScope;
  basis: Basis;
  asOf: LocalDate;
  from: LocalDate | null;
  rows: readonly FindingRow[] | readonly LegRow[];
  /** R31: legs of towns, legs of departments and findings, never added together. Null for who does not see the whole. */
  footnote: Readonly<{ townLegs: number; departmentLegs: number; findings: number }> | null;
}>;
type Unit = Readonly<{ unit_id: string; name: string; path: string }>;
type Tallies = ReadonlyMap<string, Tally>;
const EMPTY: Tally = new Map();
const maySee = (path: string, seen: Seen): boolean => seen === null || seen.some((root) => isWithin(path, root));

const merged = (tallies: readonly Tally[]): Tally => {
  const sum = new Map<string, Map<string, number>>();
  for (const tally of tallies) {
    for (const [measure, days] of tally) {
      const into = sum.get(measure) ?? new Map<string, number>();
      for (const [day, n] of days) into.set(day, (into.get(day) ?? 0) + n);
      sum.set(measure, into);
    }
  }
  return sum;
};

/** Boards of any day and the lists behind their numbers. */
@Injectable()
export class ClearanceQueries {
  constructor(private readonly dataSource: DataSource) {}

  async board(scope: BoardScope, when: When, options: Readonly<{ subtree: boolean; seen: Seen; under: string | null }>): Promise<Board> {
    const rows = isUnitScope(scope) ? await this.unitRows(scope, when, options) : await this.findingRows(scope, when, options.seen);
    const footnote = options.seen === null ? await this.footnote(when) : null;
    return { scope, basis: basisOf(when), asOf: when.asOf, from: when.from, rows, footnote };
  }

  /** The office's own clocks as of a day. */
  async office(when: When): Promise<Readonly<Record<OfficeFigure, number>>> {
    const { end, eve } = await this.talisWithin('office:', when);
    return evaluateAll(OFFICE_FIGURES, periodOf(when), end.get('all') ?? EMPTY, eve.get('all') ?? EMPTY);
  }

  async zeros(scope: FindingScope, id: string, asOf: LocalDate): Promise<readonly Zero[]> {
    return (await this.zerosBy(`${scope}:`, { asOf, from: null })).get(id) ?? [];
  }

  /** Of every scope of a kind at once, by id. */
  allZeros(scope: FindingScope, asOf: LocalDate): Promise<ReadonlyMap<string, readonly Zero[]>> {
    return this.zerosBy(`${scope}:`, { asOf, from: null });
  }

  private async findingRows(scope: FindingScope, when: When, seen: Seen): Promise<readonly FindingRow[]> {
    // Parts of the county's figures say nothing to who sees a part of the county.
    if (seen !== null) return [];
    const { end, eve } = await this.talisWithin(`${scope}:`, when);
    const zeros = await this.zerosBy(`${scope}:`, when);
    const ids = scope === 'county' ? ['all'] : [...end.keys()].sort();
    const rows = ids.map((id) => {
      const figures = evaluateAll(FINDING_FIGURES, periodOf(when), end.get(id) ?? EMPTY, eve.get(id) ?? EMPTY);
      const rates = ratesOf(FINDING_RATES, figures);
      return { id, name: null, figures, rates, zeros: zeros.get(id) ?? [], nothingFiled: figures.found === 0 };
    });
    const ranks = ranksOf(rows.map((row) => row.rates.clearance));
    return rows.map((row, i) => ({ ...row, rank: ranks[i] ?? null }));
  }

  private async unitRows(
    scope: UnitScope,
    when: When,
    { subtree, seen, under }: Readonly<{ subtree: boolean; seen: Seen; under: string | null }>,
  ): Promise<readonly LegRow[]> {
    const units = await this.dataSource.query<(Unit & { kind: string })[]>(
      'select unit_id, name, kind, path from figure_unit order by path',
    );
    const shown = units.filter(
      (unit) => KINDS[scope].includes(unit.kind) && maySee(unit.path, seen) && (under === null || isWithin(unit.path, under)),
    );
    const paths = new Map(units.map((unit) => [unit.unit_id, unit.path]));
    const { end, eve } = await this.talisWithin('unit:', when);
    const belongs = (unit: Unit) => (id: string) => id === unit.unit_id || (subtree && isWithin(paths.get(id) ?? id, unit.path));
    const of = (tallies: Tallies, unit: Unit): Tally => merged([...tallies].filter(([id]) => belongs(unit)(id)).map(([, tally]) => tally));
    const changes = await this.changes('unit:', 'legs', when);
    const rows = shown.map((unit) => {
      const figures = evaluateAll(LEG_FIGURES, periodOf(when), of(end, unit), of(eve, unit));
      const rates = ratesOf(LEG_RATES, figures);
      const own = [...changes].filter(([id]) => belongs(unit)(id)).flatMap(([, moves]) => moves);
      const nothingFiled = figures.owed === 0 && figures.waiting === 0 && figures.guiding === 0;
      return { id: unit.unit_id, name: unit.name, figures, rates, zeros: zerosOf('legs', own), nothingFiled };
    });
    const ranks = ranksOf(rows.map((row) => row.rates.passing));
    return rows.map((row, i) => ({ ...row, rank: ranks[i] ?? null }));
  }

  private async footnote(when: When): Promise<NonNullable<Board['footnote']>> {
    const legs = await this.talisWithin('line:', when);
    const county = await this.talisWithin('county:', when);
    const count = (tally: Tally | undefined, ...measures: readonly string[]): number =>
      measures.reduce((n, measure) => n + (tally?.get(measure)?.get('') ?? 0), 0);
    const owed = (line: string): number => count(legs.end.get(line), 'legs', 'legs_immediate');
    return {
      townLegs: owed('territorial'),
      departmentLegs: owed('sectoral') + owed('owner'),
      findings: count(county.end.get('all'), 'base', 'base_immediate'),
    };
  }

  private async talisWithin(prefix: string, when: When): Promise<Readonly<{ end: Tallies; eve: Tallies }>> {
    const { asOf, from } = when;
    const basis = basisOf(when);
    return {
      end: await this.tally(prefix, basis, asOf),
      eve: from === null ? new Map() : await this.tally(prefix, basis, addDays(from, -1)),
    };
  }

  /** As it stood at the end of that day by a basis (R15), from the running totals where nothing came later; by id, or by scope where scopes are named. */
  private async tally(of: string | readonly string[], basis: Basis, asOf: LocalDate): Promise<Tallies> {
    const prefix = typeof of === 'string' ? of : '';
    const within =
      typeof of === 'string' ? 'basis = $3 and scope >= $1 and scope < $2' : 'basis = $3 and $2::text is null and scope = any($1)';
    const bounds = typeof of === 'string' ? [of, after(of), basis] : [of, null, basis];
    const now = await this.isNow(basis, asOf);
    const rows = await this.dataSource.query<{ scope: string; measure: string; key_day: string; n: number }[]>(
      now
        ? `select scope, measure, key_day, n from figure_total where ${within} order by scope, measure, key_day`
        : `select scope, measure, key_day, sum(delta)::int as n from figure_counter
           where ${within} and day <= $4 group by 1, 2, 3 having sum(delta) <> 0 order by 1, 2, 3`,
      now ? bounds : [...bounds, asOf],
    );
    const tallies = new Map<string, Map<string, Map<string, number>>>();
    for (const { scope, measure, key_day, n } of rows) {
      const id = scope.slice(prefix.length);
      const tally = tallies.get(id) ?? new Map<string, Map<string, number>>();
      const days = tally.get(measure) ?? new Map<string, number>();
      tallies.set(id, tally.set(measure, days.set(key_day, n)));
    }
    return tallies;
  }

  private async isNow(basis: Basis, asOf: LocalDate): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>('select 1 from figure_counter where basis = $1 and day > $2 limit 1', [
      basis,
      asOf,
    ]);
    return rows.length === 0;
  }

  private async changes(prefix: string, what: 'findings' | 'legs', when: When): Promise<ReadonlyMap<string, readonly DayChange[]>> {
    const rows = await this.dataSource.query<(DayChange & { scope: string })[]>(
      `select scope, day, measure, sum(delta)::int as delta from figure_counter
       where basis = $5 and scope >= $1 and scope < $2 and measure = any($3) and day <= $4 group by 1, 2, 3 order by 1, 2, 3`,
      [prefix, after(prefix), ZERO_MEASURES[what], when.asOf, basisOf(when)],
    );
    const found = new Map<string, DayChange[]>();
    for (const { scope, day, measure, delta } of rows) {
      const id = scope.slice(prefix.length);
      found.set(id, [...(found.get(id) ?? []), { day, measure, delta }]);
    }
    return found;
  }

  private async zerosBy(prefix: string, when: When): Promise<ReadonlyMap<string, readonly Zero[]>> {
    return new Map([...(await this.changes(prefix, 'findings', when))].map(([id, moves]) => [id, zerosOf('findings', moves)]));
  }

  /** What a number of a board consists of, oldest number first; `total` equals the number. */
  async list(
    scope: BoardScope,
    id: string,
    figure: string,
    when: When,
    options: Readonly<{ subtree: boolean; seen: Seen; after: string | null; limit: number }>,
  ): Promise<FigurePage | null> {
    const definition = definitionOf(scope, figure);
    const scopes = definition === null ? null : await this.scopesOf(scope, id, options);
    if (definition === null || scopes === null) return null;
    const [period, basis] = [periodOf(when), basisOf(when)];
    const day = definition.atStart && when.from !== null ? addDays(when.from, -1) : when.asOf;
    const tally = definition.atStart && when.from === null ? EMPTY : merged([...(await this.tally(scopes, basis, day)).values()]);
    const page = await figureRowsBehind(this.dataSource, {
      basis,
      scopes,
      measures: measuresBehind(definition, period, tally),
      day,
      after: options.after === null ? null : readFigureCursor(options.after),
      limit: options.limit,
    });
    return { basis, total: evaluate(definition, period, tally, tally), ...page };
  }

  /** Null where the scope is not for this reader. */
  private async scopesOf(
    scope: BoardScope,
    id: string,
    { subtree, seen }: Readonly<{ subtree: boolean; seen: Seen }>,
  ): Promise<readonly string[] | null> {
    if (!isUnitScope(scope)) return seen === null ? [`${scope}:${id}`] : null;
    const [unit] = await this.dataSource.query<Unit[]>('select unit_id, name, path from figure_unit where unit_id = $1', [id]);
    if (unit === undefined || !maySee(unit.path, seen)) return null;
    if (!subtree) return [`unit:${id}`];
    const below = await this.dataSource.query<Unit[]>(
      `select unit_id, name, path from figure_unit where path = $1 or starts_with(path, $1 || '/') order by path`,
      [unit.path],
    );
    return below.map((row) => `unit:${row.unit_id}`);
  }
}

const after = (prefix: string): string => `${prefix.slice(0, -1)};`;
const basisOf = ({ basis = 'recorded' }: When): Basis => basis;
const periodOf = ({ asOf, from }: When): FigurePeriod => ({ from, to: asOf });
const definitionOf = (scope: BoardScope, figure: string): Figure | null => {
  const table: Readonly<Record<string, Figure>> = isUnitScope(scope) ? LEG_FIGURES : FINDING_FIGURES;
  return Object.hasOwn(table, figure) ? (table[figure] ?? null) : null;
};
