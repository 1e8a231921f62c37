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
  type FindingFigure,
  type LegFigure,
  type OfficeFigure,
  type Tally,
} from './figure-definitions';
import type { Basis } from './figure-fold';
import { figureRowsBehind, readFigureCursor, type FigurePage } from './figure-page';
import { countyScopes, figureUnits, maySee, rowScopes, UNIT_KINDS_OF, wholeOr, type FigureUnit, type Sight } from './figure-reach';
import {
  basisOf,
  definitionOf,
  isUnitScope,
  periodOf,
  type BoardScope,
  type FindingScope,
  type UnitScope,
  type When,
} from './figure-scopes';
import { endOf, merged, NO_TALLY, talliesBelow, tallyOver, type Tallies } from './figure-tallies';
import { peerGroupOf, type PeerGroup } from './peer-groups';
import { ranksOf } from './rates';
import { ZERO_MEASURES, zerosOf, type DayChange, type Zero } from './zeros';

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
export type LegRow = BoardRow<LegFigure, keyof typeof LEG_RATES> &
  Readonly<{
    /** The units it is compared with. */
    peerGroup: PeerGroup;
    /** Its place among them by the first of its rates; null below ten (R36). */
    peerRank: number | null;
  }>;
export type Board = Readonly<{
  scope: BoardScope;
  basis: Basis;
  asOf: LocalDate;
  from: LocalDate | null;
  rows: readonly FindingRow[] | readonly LegRow[];
  /** What the reader sees is a part of the county; rows and footnote are over that part. */
  partial: boolean;
  /** R31: legs of towns, legs of departments and findings, never added together. */
  footnote: Readonly<{ townLegs: number; departmentLegs: number; findings: number }>;
}>;
type Footnote = Board['footnote'];
/** Whose board: which units are rows, and with what below them. */
export type BoardOptions = Sight & Readonly<{ subtree: boolean; under: string | null }>;

/** Boards of any day and the lists behind their numbers. */
@Injectable()
export class ClearanceQueries {
  constructor(private readonly dataSource: DataSource) {}

  async board(scope: BoardScope, when: When, options: BoardOptions): Promise<Board> {
    const units = await figureUnits(this.dataSource);
    const sight = wholeOr(options, units);
    const county = await countyScopes(this.dataSource, sight, units, basisOf(when));
    const rows = isUnitScope(scope)
      ? await this.unitRows(scope, when, { ...options, ...sight }, units)
      : await this.findingRows(scope, when, sight, county);
    const footnote = await this.footnote(when, sight, county, units);
    return { scope, basis: basisOf(when), asOf: when.asOf, from: when.from, rows, partial: sight.seen !== null, footnote };
  }

  /** The office's own clocks as of a day. */
  async office(when: When): Promise<Readonly<Record<OfficeFigure, number>>> {
    const { end, eve } = await this.talliesOf('office:', when);
    return evaluateAll(OFFICE_FIGURES, periodOf(when), end.get('all') ?? NO_TALLY, eve.get('all') ?? NO_TALLY);
  }

  async zeros(scope: FindingScope, id: string, asOf: LocalDate): Promise<readonly Zero[]> {
    return (await this.allZeros(scope, asOf)).get(id) ?? [];
  }

  /** Of every scope of a kind at once, by id. */
  allZeros(scope: FindingScope, asOf: LocalDate): Promise<ReadonlyMap<string, readonly Zero[]>> {
    return this.zerosBy(`${scope}:`, { asOf, from: null });
  }

  private async findingRows(scope: FindingScope, when: When, { seen }: Sight, county: readonly string[]): Promise<readonly FindingRow[]> {
    // Lists, sources and categories are counted for the whole county only.
    if (seen !== null) return scope === 'county' && county.length > 0 ? [await this.partOfCounty(when, county)] : [];
    const { end, eve } = await this.talliesOf(`${scope}:`, when);
    const zeros = await this.zerosBy(`${scope}:`, when);
    const ids = scope === 'county' ? ['all'] : [...end.keys()].sort();
    const rows = ids.map((id) => findingRow(id, when, end.get(id) ?? NO_TALLY, eve.get(id) ?? NO_TALLY, zeros.get(id) ?? []));
    const ranks = ranksOf(rows.map((row) => row.rates.clearance));
    return rows.map((row, i) => ({ ...row, rank: ranks[i] ?? null }));
  }

  /** The county as far as the reader sees it. */
  private async partOfCounty(when: When, scopes: readonly string[]): Promise<FindingRow> {
    const end = await tallyOver(this.dataSource, scopes, basisOf(when), when.asOf);
    const eve = when.from === null ? NO_TALLY : await tallyOver(this.dataSource, scopes, basisOf(when), addDays(when.from, -1));
    const changes = await this.changesIn('scope = any($1)', [scopes], 'findings', when);
    return findingRow('all', when, end, eve, zerosOf('findings', changes));
  }

  private async unitRows(
    scope: UnitScope,
    when: When,
    { subtree, seen, under }: BoardOptions,
    units: readonly FigureUnit[],
  ): Promise<readonly LegRow[]> {
    const kinds: readonly string[] = UNIT_KINDS_OF[scope];
    const shown = units.filter((u) => kinds.includes(u.kind) && maySee(u.path, seen) && (under === null || isWithin(u.path, under)));
    const paths = new Map(units.map((unit) => [unit.unit_id, unit.path]));
    const { end, eve } = await this.talliesOf('unit:', when);
    const belongs = (unit: FigureUnit) => (id: string) => id === unit.unit_id || (subtree && isWithin(paths.get(id) ?? id, unit.path));
    const of = (tallies: Tallies, unit: FigureUnit): Tally =>
      merged([...tallies].filter(([id]) => belongs(unit)(id)).map(([, tally]) => tally));
    const changes = await this.changes('unit:', 'legs', when);
    const rows = shown.map((unit) => {
      const figures = evaluateAll(LEG_FIGURES, periodOf(when), of(end, unit), of(eve, unit));
      const rates = ratesOf(LEG_RATES, figures);
      const own = [...changes].filter(([id]) => belongs(unit)(id)).flatMap(([, moves]) => moves);
      const nothingFiled = figures.owed + figures.waiting + figures.guiding + figures.placeholders === 0;
      return { id: unit.unit_id, name: unit.name, figures, rates, zeros: zerosOf('legs', own), nothingFiled, peerGroup: peerGroupOf(unit) };
    });
    const ranks = ranksOf(rows.map((row) => row.rates.passing));
    const peerRanks = rows.map(({ peerGroup, rates }) => {
      const [own] = ranksOf([rates.passing, ...rows.filter((r) => r.peerGroup === peerGroup).map((r) => r.rates.passing)]);
      return own ?? null;
    });
    // A place among some of the units is no place.
    const placed = seen === null;
    return rows.map((row, i) => ({ ...row, rank: placed ? (ranks[i] ?? null) : null, peerRank: placed ? (peerRanks[i] ?? null) : null }));
  }

  private async footnote(when: When, { seen }: Sight, county: readonly string[], units: readonly FigureUnit[]): Promise<Footnote> {
    const count = (tally: Tally, ...measures: readonly string[]): number =>
      measures.reduce((n, measure) => n + (tally.get(measure)?.get('') ?? 0), 0);
    const over = (scopes: readonly string[]): Promise<Tally> => tallyOver(this.dataSource, scopes, basisOf(when), when.asOf);
    const ofKind = (kinds: readonly string[]) =>
      units.filter((unit) => kinds.includes(unit.kind) && maySee(unit.path, seen)).map((unit) => `unit:${unit.unit_id}`);
    const towns = await over(seen === null ? ['line:territorial'] : ofKind(UNIT_KINDS_OF.town));
    const departments = await over(seen === null ? ['line:sectoral', 'line:owner'] : ofKind(UNIT_KINDS_OF.department));
    return {
      townLegs: count(towns, 'legs', 'legs_immediate'),
      departmentLegs: count(departments, 'legs', 'legs_immediate'),
      findings: count(await over(county), 'base', 'base_immediate'),
    };
  }

  private async talliesOf(prefix: string, when: When): Promise<Readonly<{ end: Tallies; eve: Tallies }>> {
    const { asOf, from } = when;
    const basis = basisOf(when);
    return {
      end: await talliesBelow(this.dataSource, prefix, basis, asOf),
      eve: from === null ? new Map() : await talliesBelow(this.dataSource, prefix, basis, addDays(from, -1)),
    };
  }

  private async changes(prefix: string, what: 'findings' | 'legs', when: When): Promise<ReadonlyMap<string, readonly DayChange[]>> {
    const found = new Map<string, DayChange[]>();
    for (const { scope, day, measure, delta } of await this.changesIn('scope >= $1 and scope < $5', [prefix, endOf(prefix)], what, when)) {
      const id = scope.slice(prefix.length);
      found.set(id, [...(found.get(id) ?? []), { day, measure, delta }]);
    }
    return found;
  }

  private changesIn(
    within: string,
    [first, ...more]: readonly unknown[],
    what: 'findings' | 'legs',
    when: When,
  ): Promise<readonly (DayChange & { scope: string })[]> {
    return this.dataSource.query(
      `select scope, day, measure, sum(delta)::int as delta from figure_counter
       where basis = $4 and ${within} and measure = any($2) and day <= $3 group by 1, 2, 3 order by 1, 2, 3`,
      [first, ZERO_MEASURES[what], when.asOf, basisOf(when), ...more],
    );
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
    options: Sight & Readonly<{ subtree: boolean; after: string | null; limit: number }>,
  ): Promise<FigurePage | null> {
    const [period, basis] = [periodOf(when), basisOf(when)];
    const definition = definitionOf(scope, figure);
    const scopes = definition && (await rowScopes(this.dataSource, { scope, id, subtree: options.subtree }, options, basis));
    if (definition === null || scopes === null) return null;
    const day = definition.atStart && when.from !== null ? addDays(when.from, -1) : when.asOf;
    const tally = definition.atStart && when.from === null ? NO_TALLY : await tallyOver(this.dataSource, scopes, basis, day);
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
}

const findingRow = (id: string, when: When, end: Tally, eve: Tally, zeros: readonly Zero[]): FindingRow => {
  const figures = evaluateAll(FINDING_FIGURES, periodOf(when), end, eve);
  return {
    id,
    name: null,
    figures,
    rates: ratesOf(FINDING_RATES, figures),
    rank: null,
    zeros,
    nothingFiled: figures.found + figures.placeholders === 0,
  };
};
