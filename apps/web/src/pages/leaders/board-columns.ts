import type { BoardAnswer, BoardScope } from '../../api/generated/types.gen';
import { compareRates } from './rates';
import { countsLegs, figureName, rateName } from './words';

export type Shown = Readonly<{
  numerator: number;
  denominator: number;
  percent: string | null;
  of: Readonly<{ numerator: string; denominator: string }>;
}>;
/** A row of either kind, as far as the board needs it. */
export type Row = Readonly<{
  id: string;
  name: string | null;
  figures: Readonly<Record<string, number>>;
  rates: Readonly<Record<string, Shown>>;
  zeros: BoardAnswer['rows'][number]['zeros'];
  nothingFiled: boolean;
  peerGroup?: string;
  peerRank?: number | null;
}>;
export type BoardColumn = Readonly<{ kind: 'rate' | 'figure'; key: string; title: string }>;
export const COLUMN_SETS = ['main', 'stock', 'beside', 'all'] as const;
export type ColumnSet = (typeof COLUMN_SETS)[number];

type Names = Readonly<{ rates: readonly string[]; figures: readonly string[] }>;
type Sets = Readonly<Record<Exclude<ColumnSet, 'all'>, Names>>;
const FINDINGS: Sets = {
  main: {
    rates: ['clearance', 'clearanceWithImmediate', 'closing', 'onTime', 'onTimeByOriginal', 'extension'],
    figures: ['overdue', 'carriedOver'],
  },
  stock: {
    rates: ['relapse', 'closingWithImmediate'],
    figures: [
      'found',
      'toClear',
      'open',
      'cleared',
      'longTerm',
      'unsigned',
      'rectifying',
      'inReview',
      'toVerify',
      'waitsForClearance',
      'overdue',
      'dueSoon',
      'carriedOverAtStart',
      'carriedOver',
      'serious',
      'relapses',
    ],
  },
  beside: {
    rates: [],
    figures: [
      'untriaged',
      'accepted',
      'underReturn',
      'placeholders',
      'lateEntries',
      'offlineCaptures',
      'selfFound',
      'dismissed',
      'withdrawn',
      'linked',
    ],
  },
};
const LEGS: Sets = {
  main: {
    rates: ['passing', 'passingWithImmediate', 'closing', 'onTime', 'onTimeByOriginal', 'extension'],
    figures: ['overdue', 'carriedOver', 'uncleared'],
  },
  stock: {
    rates: ['sendingBack', 'relapse', 'closingWithImmediate'],
    figures: [
      'owed',
      'open',
      'passed',
      'unsigned',
      'working',
      'reported',
      'inReview',
      'uncleared',
      'overdue',
      'dueSoon',
      'carriedOverAtStart',
      'carriedOver',
      'dueInReview',
    ],
  },
  beside: { rates: [], figures: ['waiting', 'underReturn', 'placeholders', 'lateEntries', 'offlineCaptures', 'guiding'] },
};
/** Beside the rates on every view of the board: what waits, is under return, handled offline, or came late (R32, R16). */
const ALWAYS: Readonly<Record<'findings' | 'legs', readonly string[]>> = {
  findings: ['untriaged', 'underReturn', 'placeholders', 'lateEntries', 'offlineCaptures'],
  legs: ['waiting', 'underReturn', 'placeholders', 'lateEntries', 'offlineCaptures'],
};

export const columnsOf = (scope: BoardScope, set: ColumnSet): readonly BoardColumn[] => {
  const what = countsLegs(scope) ? 'legs' : 'findings';
  const sets = what === 'legs' ? LEGS : FINDINGS;
  const wanted = set === 'all' ? [sets.main, sets.stock, sets.beside] : [sets[set]];
  const rates = wanted.flatMap((one) => one.rates).map((key) => ({ kind: 'rate' as const, key, title: rateName(key) }));
  const keys = [...wanted.flatMap((one) => one.figures), ...(set === 'main' ? ALWAYS[what] : [])];
  return [...rates, ...[...new Set(keys)].map((key) => ({ kind: 'figure' as const, key, title: figureName(scope, key) }))];
};

export type Order = Readonly<{ by: string | null; descending: boolean }>;
/** By any column; without one by name. Equal rows keep the order of their names. */
export const ordered = (
  rows: readonly Row[],
  { by, descending }: Order,
  columns: readonly BoardColumn[],
  nameOf: (row: Row) => string,
): readonly Row[] => {
  const byName = [...rows].sort((a, b) => nameOf(a).localeCompare(nameOf(b), 'zh'));
  const column = columns.find(({ key }) => key === by);
  if (column === undefined) return byName;
  const { key, kind } = column;
  const value = (row: Row): number => row.figures[key] ?? 0;
  const none = { numerator: 0, denominator: 0 };
  return byName.sort((a, b) =>
    kind === 'rate' ? compareRates(a.rates[key] ?? none, b.rates[key] ?? none, descending) : (value(a) - value(b)) * (descending ? -1 : 1),
  );
};

export const PEERS = ['subdistrict', 'town', 'township', 'zone', 'department', 'managing', 'company'] as const;
/** Rows by their like, in the order of the kinds; one nameless group where they are not to be grouped. */
export const grouped = (rows: readonly Row[], peer: string): readonly Readonly<{ group: string | null; rows: readonly Row[] }>[] => {
  if (peer !== 'grouped') return [{ group: null, rows: peer === 'all' ? rows : rows.filter(({ peerGroup }) => peerGroup === peer) }];
  return PEERS.map((group) => ({ group, rows: rows.filter(({ peerGroup }) => peerGroup === group) })).filter((one) => one.rows.length > 0);
};
