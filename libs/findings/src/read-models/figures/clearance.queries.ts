import { addDays, type LocalDate } from '@app/kernel';
import { isWithin } from '@app/organisation';
import type { Tx } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FINDING_RATES, LEG_RATES, ratesOf, type ShownRate } from './board-rates';
import {
  evaluate,
  evaluateAll,
  evaluatorOf,
  FINDING_FIGURES,
  LEG_FIGURES,
  measuresBehind,
  neededFor,
  OFFICE_FIGURES,
  type Figure,
  type FindingFigure,
  type LegFigure,
  type Needed,
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
import {
  countsOf,
  merged,
  momentOf,
  NO_TALLY,
  scopesBelow,
  spansBelow,
  spansOver,
  tallyOver,
  type Moment,
  type Tallies,
} from './figure-tallies';
import { zerosBy } from './figure-zeros';
import { peerGroupOf, type PeerGroup } from './peer-groups';
import { ranksOf } from './rates';
import type { Zero } from './zeros';

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
/** The end of the last day, and that of the eve of the period where there is one. */
type Ends = Readonly<{ end: Moment; eve: Moment | null }>;
/** Whose board: which units are rows, and with what below them. */
export type BoardOptions = Sight & Readonly<{ subtree: boolean; under: string | null }>;

/** Boards of any day and the lists behind their numbers. */
@Injectable()
export class ClearanceQueries {
  constructor(@Inject(DataSource) private readonly dataSource: Tx) {}

  async board(scope: BoardScope, when: When, options: BoardOptions): Promise<Board> {
    const units = options.seen === null && !isUnitScope(scope) ? [] : await figureUnits(this.dataSource);
    const sight = wholeOr(options, units);
    const county = await countyScopes(this.dataSource, sight, units, basisOf(when));
    const ends = await this.endsOf(when);
    const rows = isUnitScope(scope)
      ? await this.unitRows(scope, when, ends, { ...options, ...sight }, units)
      : await this.findingRows(scope, when, ends, sight, county);
    const footnote = await this.footnote(ends.end, sight, county, units);
    return { scope, basis: basisOf(when), asOf: when.asOf, from: when.from, rows, partial: sight.seen !== null, footnote };
  }

  /** The office's own clocks as of a day. */
  async office(when: When): Promise<Readonly<Record<OfficeFigure, number>>> {
    const { end, eve } = await this.talliesOf('office:', OFFICE_FIGURES, when, await this.endsOf(when));
    return evaluateAll(OFFICE_FIGURES, periodOf(when), end.get('all') ?? NO_TALLY, eve.get('all') ?? NO_TALLY);
  }

  async zeros(scope: FindingScope, id: string, asOf: LocalDate): Promise<readonly Zero[]> {
    const of = new Map([[id, [`${scope}:${id}`]]]);
    return (await zerosBy(this.dataSource, of, 'findings', { basis: 'recorded', asOf })).get(id) ?? [];
  }

  /** Of every scope of a kind at once, by id. */
  async allZeros(scope: FindingScope, asOf: LocalDate): Promise<ReadonlyMap<string, readonly Zero[]>> {
    const scopes = await scopesBelow(this.dataSource, `${scope}:`, 'recorded');
    const of = new Map(scopes.map((one) => [one.slice(scope.length + 1), [one]]));
    return zerosBy(this.dataSource, of, 'findings', { basis: 'recorded', asOf });
  }

  private async findingRows(
    scope: FindingScope,
    when: When,
    ends: Ends,
    { seen }: Sight,
    county: readonly string[],
  ): Promise<readonly FindingRow[]> {
    // Lists, sources and categories are counted for the whole county only.
    if (seen !== null) return scope === 'county' && county.length > 0 ? [await this.partOfCounty(when, ends, county)] : [];
    const { end, eve } = await this.talliesOf(`${scope}:`, FINDING_FIGURES, when, ends);
    const ids = scope === 'county' ? ['all'] : [...end.keys()].sort();
    const zeros = await zerosBy(this.dataSource, new Map(ids.map((id) => [id, [`${scope}:${id}`]])), 'findings', ends.end);
    const rowOf = findingRows(when);
    const rows = ids.map((id) => rowOf(id, end.get(id) ?? NO_TALLY, eve.get(id) ?? NO_TALLY, zeros.get(id) ?? []));
    const ranks = ranksOf(rows.map((row) => row.rates.clearance));
    return rows.map((row, i) => ({ ...row, rank: ranks[i] ?? null }));
  }

  /** The county as far as the reader sees it. */
  private async partOfCounty(when: When, { end, eve }: Ends, scopes: readonly string[]): Promise<FindingRow> {
    const { dataSource } = this;
    const needed = (atStart: boolean): Needed => neededFor(FINDING_FIGURES, periodOf(when), atStart);
    const last = await spansOver(dataSource, scopes, end, needed(false));
    const first = eve === null ? NO_TALLY : await spansOver(dataSource, scopes, eve, needed(true));
    const zeros = await zerosBy(dataSource, new Map([['all', scopes]]), 'findings', end);
    return findingRows(when)('all', last, first, zeros.get('all') ?? []);
  }

  private async unitRows(
    scope: UnitScope,
    when: When,
    ends: Ends,
    { subtree, seen, under }: BoardOptions,
    units: readonly FigureUnit[],
  ): Promise<readonly LegRow[]> {
    const kinds: readonly string[] = UNIT_KINDS_OF[scope];
    const shown = units.filter((u) => kinds.includes(u.kind) && maySee(u.path, seen) && (under === null || isWithin(u.path, under)));
    const paths = new Map(units.map((unit) => [unit.unit_id, unit.path]));
    const { end, eve } = await this.talliesOf('unit:', LEG_FIGURES, when, ends);
    // Also who has nothing any more: zeros are told of units that were merged since.
    const ids = (await scopesBelow(this.dataSource, 'unit:', basisOf(when))).map((one) => one.slice('unit:'.length));
    const belonging = new Map(
      shown.map((unit) => [unit.unit_id, ids.filter((id) => id === unit.unit_id || (subtree && isWithin(paths.get(id) ?? id, unit.path)))]),
    );
    const of = (tallies: Tallies, own: readonly string[]): Tally => merged(own.flatMap((id) => tallies.get(id) ?? []));
    const scopes = new Map([...belonging].map(([id, own]) => [id, own.map((one) => `unit:${one}`)]));
    const zeros = await zerosBy(this.dataSource, scopes, 'legs', ends.end);
    const figuresOf = evaluatorOf(LEG_FIGURES, periodOf(when));
    const rows = shown.map((unit) => {
      const own = belonging.get(unit.unit_id) ?? [];
      const figures = figuresOf(of(end, own), of(eve, own));
      const nothingFiled = figures.owed + figures.waiting + figures.guiding + figures.placeholders === 0;
      return {
        id: unit.unit_id,
        name: unit.name,
        figures,
        rates: ratesOf(LEG_RATES, figures),
        zeros: zeros.get(unit.unit_id) ?? [],
        nothingFiled,
        peerGroup: peerGroupOf(unit),
      };
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

  private async footnote(end: Moment, { seen }: Sight, county: readonly string[], units: readonly FigureUnit[]): Promise<Footnote> {
    const ofKind = (kinds: readonly string[]): readonly string[] =>
      units.filter((unit) => kinds.includes(unit.kind) && maySee(unit.path, seen)).map((unit) => `unit:${unit.unit_id}`);
    const towns = seen === null ? ['line:territorial'] : ofKind(UNIT_KINDS_OF.town);
    const departments = seen === null ? ['line:sectoral', 'line:owner'] : ofKind(UNIT_KINDS_OF.department);
    // Legs are counted in lines and units, findings in the scopes of the county, and neither in the other's.
    const measures = ['legs', 'legs_immediate', 'base', 'base_immediate'];
    const counts = await countsOf(this.dataSource, [...towns, ...departments, ...county], measures, end);
    const sum = (scopes: readonly string[]): number => scopes.reduce((n, scope) => n + (counts.get(scope) ?? 0), 0);
    return { townLegs: sum(towns), departmentLegs: sum(departments), findings: sum(county) };
  }

  private async endsOf(when: When): Promise<Ends> {
    const { asOf, from } = when;
    const basis = basisOf(when);
    return {
      end: await momentOf(this.dataSource, basis, asOf),
      eve: from === null ? null : await momentOf(this.dataSource, basis, addDays(from, -1)),
    };
  }

  private async talliesOf(
    prefix: string,
    figures: Readonly<Record<string, Figure>>,
    when: When,
    { end, eve }: Ends,
  ): Promise<Readonly<{ end: Tallies; eve: Tallies }>> {
    const needed = (atStart: boolean): Needed => neededFor(figures, periodOf(when), atStart);
    return {
      end: await spansBelow(this.dataSource, prefix, end, needed(false)),
      eve: eve === null ? new Map() : await spansBelow(this.dataSource, prefix, eve, needed(true)),
    };
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

/** Rows of findings on one day. */
const findingRows = (when: When): ((id: string, end: Tally, eve: Tally, zeros: readonly Zero[]) => FindingRow) => {
  const figuresOf = evaluatorOf(FINDING_FIGURES, periodOf(when));
  return (id, end, eve, zeros) => {
    const figures = figuresOf(end, eve);
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
};
