import { CarryOverQueries } from '@app/carry-overs';
import { EventStore } from '@app/event-store';
import { FigureSnapshots, type Basis, type ClearanceQueries, type FindingRow, type LegRow } from '@app/findings';
import type { CategoryCode, ListId, UnitId } from '@app/kernel';
import { ListQueries } from '@app/lists';
import { Directory, type DirectoryView } from '@app/organisation';
import { ReadModels } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { FROZEN, MOST_ROWS } from '../document/figures';
import { SOURCE_WORDS } from '../document/words';
import { reject } from '../domain/bulletin.errors';
import {
  FROZEN_SCOPES,
  type BulletinPeriod,
  type FrozenFigures,
  type FrozenRow,
  type FrozenScope,
  type Measures,
} from '../domain/bulletin.types';

const WAIT_MS = 5_000;

type Row = FindingRow | LegRow;
type Named = (scope: FrozenScope, id: string) => string;
/** Rows by scope as the boards have them now, and how far the log had been counted. */
type Read = Readonly<{ rows: ReadonlyMap<FrozenScope, readonly Row[]>; footnote: FrozenFigures['footnote'] }>;

/** Figures of a period, and the position of the event store at which they are these. */
export type Frozen = Readonly<{ position: string; figures: FrozenFigures }>;
/** Figures of a period by the dates that people claim, as they are known at a position. */
export type KnownNow = Readonly<{ position: string; of: (scope: FrozenScope, id: string, figure: string) => number }>;

const measuresOf = (scope: FrozenScope, { figures, rates }: Row): Measures => {
  const [counts, shares] = [figures as Readonly<Record<string, number>>, rates as Measures['rates']];
  return {
    figures: Object.fromEntries(FROZEN[scope].figures.map((name) => [name, counts[name] ?? 0])),
    rates: Object.fromEntries(
      FROZEN[scope].rates.map((name) => {
        const { numerator, denominator } = shares[name] ?? { numerator: 0, denominator: 0 };
        return [name, { numerator, denominator }];
      }),
    ),
  };
};

const openIn = (row: Row): number => row.figures.open;
const foundIn = (row: Row): number => ('found' in row.figures ? row.figures.found : 0);

/** Reads every board of a period in one snapshot of the read model. */
@Injectable()
export class FigureFreezer {
  constructor(
    @Inject(FigureSnapshots) private readonly snapshots: FigureSnapshots,
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(ReadModels) private readonly models: ReadModels,
    @Inject(CarryOverQueries) private readonly carryOvers: CarryOverQueries,
    @Inject(ListQueries) private readonly lists: ListQueries,
    @Inject(Directory) private readonly directory: Directory,
  ) {}

  /** As recorded by the end of the period (R15), beside those of the issue before. Errors: bulletin-figures-behind. */
  async freeze(period: BulletinPeriod, previous: FrozenFigures | null): Promise<Frozen> {
    const { position, read } = await this.boards(period, 'recorded');
    const view = await this.directory.view();
    const listIds = (read.rows.get('list') ?? []).map(({ id }) => id as ListId);
    const titles = await this.lists.titles(listIds);
    const named: Named = (scope, id) => nameIn(scope, id, view, titles);
    const tables = FROZEN_SCOPES.map((scope) => {
      const rows = chosen(scope, read.rows.get(scope) ?? [], view);
      const before = previous?.tables.find((table) => table.scope === scope)?.rows ?? [];
      const most = MOST_ROWS[scope];
      return {
        scope,
        rows: rows.slice(0, most).map((row) => frozenRow(scope, row, period, named, before)),
        leftOut: Math.max(0, rows.length - most),
      };
    });
    const carryOvers = (await this.carryOvers.counts(period.to)).of('county', 'all');
    return { position: position.toString(), figures: { tables, footnote: read.footnote, carryOvers } };
  }

  /** The same period by the dates claimed, with everything that was recorded since. Errors: bulletin-figures-behind. */
  async known(period: BulletinPeriod): Promise<KnownNow> {
    const { position, read } = await this.boards(period, 'business');
    const rows = new Map([...read.rows].flatMap(([scope, of]) => of.map((row) => [`${scope}/${row.id}`, row.figures] as const)));
    return {
      position: position.toString(),
      of: (scope, id, figure) => (rows.get(`${scope}/${id}`) as Readonly<Record<string, number>> | undefined)?.[figure] ?? 0,
    };
  }

  private async boards(period: BulletinPeriod, basis: Basis): Promise<Readonly<{ position: bigint; read: Read }>> {
    const head = await this.store.head();
    await this.models.waitFor(head, WAIT_MS);
    const snapshot = await this.snapshots.at((boards) => readAll(boards, period, basis));
    if (snapshot.position < head) return reject('bulletin-figures-behind');
    return snapshot;
  }
}

const readAll = async (boards: ClearanceQueries, { from, to }: BulletinPeriod, basis: Basis): Promise<Read> => {
  const rows = new Map<FrozenScope, readonly Row[]>();
  let footnote: Read['footnote'] = { townLegs: 0, departmentLegs: 0, findings: 0 };
  for (const scope of FROZEN_SCOPES) {
    const board = await boards.board(scope, { asOf: to, from, basis }, { subtree: true, seen: null, under: null });
    rows.set(scope, board.rows);
    footnote = board.footnote;
  }
  return { rows, footnote };
};

/** Towns all, for the one with nothing to rectify stands as such; of the rest those that have something. */
const chosen = (scope: FrozenScope, rows: readonly Row[], view: DirectoryView): readonly Row[] => {
  switch (scope) {
    case 'county':
      return rows;
    case 'town':
      return rows.filter((row) => !row.nothingFiled || view.unit(row.id as UnitId)?.status === 'active');
    case 'department':
      return rows.filter((row) => !row.nothingFiled);
    case 'category':
    case 'source':
      return [...rows].filter((row) => !row.nothingFiled).sort((a, b) => foundIn(b) - foundIn(a) || (a.id < b.id ? -1 : 1));
    case 'list':
      return [...rows].sort((a, b) => openIn(b) - openIn(a) || (a.id < b.id ? -1 : 1));
  }
};

const nameIn = (scope: FrozenScope, id: string, view: DirectoryView, titles: ReadonlyMap<string, string>): string => {
  switch (scope) {
    case 'county':
      return '全市';
    case 'town':
    case 'department':
      return view.unit(id as UnitId)?.name ?? id;
    case 'list':
      return titles.get(id) ?? id;
    case 'source':
      return SOURCE_WORDS[id] ?? id;
    case 'category':
      return view.category(id as CategoryCode)?.name ?? id;
  }
};

const frozenRow = (scope: FrozenScope, row: Row, period: BulletinPeriod, named: Named, before: readonly FrozenRow[]): FrozenRow => {
  const earlier = before.find(({ id }) => id === row.id);
  return {
    id: row.id,
    name: named(scope, row.id),
    ...measuresOf(scope, row),
    // What was reached and lost before the period was told in its own.
    zeros: row.zeros.filter(({ lost }) => lost === null || lost >= period.from),
    nothingFiled: row.nothingFiled,
    before: earlier === undefined ? null : { figures: earlier.figures, rates: earlier.rates },
  };
};
