import type { SheetLeg } from '@app/findings';
import type { Actor, LocalDate } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import type { GivenRow } from '../domain/given-row';
import { reason } from '../domain/round-trip.errors';
import { judgeRow, type JudgedRow } from '../domain/row-verdict';
import type { CellChange, Reason } from '../domain/round-trip.types';
import { movesThatMatter } from '../domain/staleness';
import type { GatheredRow } from './gathered-rows';
import { isAtWork, isOpen, knownLeg } from './known-leg';
import { RoundTripStore, type StoredRow } from './round-trip-store';
import { RowCodes, type RowIdentity, type WorkbookIdentity } from './row-codes';
import { RowHistory, type LabelledMove } from './row-history';

export type Judging = Readonly<{
  by: Actor;
  today: LocalDate;
  book: WorkbookIdentity;
  known: Readonly<{ leg: (number: string, legId: string) => SheetLeg | undefined; categoryName: (code: string) => string }>;
}>;

type Verdict = Pick<StoredRow, 'state' | 'reasons' | 'since' | 'cells' | 'steps' | 'revision'>;
const verdict = (state: StoredRow['state'], reasons: readonly Reason[], cells: readonly CellChange[] = []): Verdict => ({
  state,
  reasons,
  cells,
  since: [],
  steps: [],
  revision: null,
});
const LABELS = 3;

/** Says of each row what it becomes, or why it stays out. Rows go in whole or not at all. */
@Injectable()
export class JudgeRows {
  constructor(
    @Inject(RoundTripStore) private readonly store: RoundTripStore,
    @Inject(RowHistory) private readonly history: RowHistory,
    @Inject(RowCodes) private readonly codes: RowCodes,
  ) {}

  /** `from` rows of the workbook were judged before. */
  async judge(rows: readonly GatheredRow[], from: number, judging: Judging): Promise<readonly StoredRow[]> {
    const prints = rows.map(({ identity, given }) =>
      identity === null ? null : this.codes.fingerprintOf([identity, textsOf(given)], judging.book),
    );
    const taken = await this.store.taken(prints.filter((print) => print !== null));
    return Promise.all(
      rows.map(async (row, i): Promise<StoredRow> => {
        const fingerprint = prints[i] ?? null;
        const { sheetRow, number, identity, given } = row;
        const leg = identity === null ? undefined : judging.known.leg(number, identity.legId);
        const judged = await this.judgeOne(row, leg, fingerprint !== null && taken.has(fingerprint), judging);
        const confirmPersonal = judged.state === 'changed' && cellsOf(given).some(({ personal }) => personal);
        const of = { findingId: leg?.findingId ?? null, legId: leg?.leg.legId ?? null };
        return { n: from + i + 1, sheetRow, number, ...of, fingerprint, confirmPersonal, ...judged };
      }),
    );
  }

  private async judgeOne(row: GatheredRow, leg: SheetLeg | undefined, taken: boolean, judging: Judging): Promise<Verdict> {
    const { identity, foreign, given } = row;
    if (foreign !== null || identity === null) return verdict('refused', foreign === null ? [] : [foreign]);
    if (leg === undefined) return verdict('refused', [reason('number-unknown')]);
    const judged = sinceTold(judgeRow(given, knownLeg(leg, judging.known.categoryName), judging.today), leg, identity);
    const touched = judged.cells.some((cell) => cell.verdict !== 'ignored');
    if (!touched) return verdict('unchanged', [], judged.cells);
    if (taken) return verdict('unchanged', [reason('taken-already')], judged.cells.map(ignored));
    const moved = await this.moved(leg, identity, given);
    const closed = closedBecause(leg);
    if (closed !== null || moved.length > 0) {
      const what = [...new Set(moved.slice(-LABELS).map(({ label }) => label.zh))].join('、');
      const why = closed ?? reason('stale', { what });
      return { ...verdict('refused', [why], judged.cells.map(ignored)), since: moved.map(({ label, at }) => ({ label, at })) };
    }
    return this.tried(leg, judged, judging.by);
  }

  private async moved(leg: SheetLeg, identity: RowIdentity, given: GivenRow): Promise<readonly LabelledMove[]> {
    const moves = await this.history.since(leg.findingId, identity.revision);
    const answers = given.items.some(({ filled }) => Object.values(filled).some(({ text }) => text !== ''));
    return movesThatMatter(moves, identity.legId, answers);
  }

  private async tried(leg: SheetLeg, { cells, steps }: JudgedRow, by: Actor): Promise<Verdict> {
    if (cells.some((cell) => cell.verdict === 'refused')) return verdict('refused', [], cells.map(untaken));
    const tried = await this.history.try(leg.findingId, steps, by);
    switch (tried.outcome) {
      case 'would':
        return { ...verdict('changed', [], cells), steps, revision: tried.revision.toString() };
      case 'nothing':
        return verdict('unchanged', [reason('taken-already')], cells.map(ignored));
      case 'refused': {
        const blamed = cells.map((cell): CellChange => {
          if (cell.becomes !== tried.step) return untaken(cell);
          return { ...cell, verdict: 'refused', becomes: null, reason: tried.reason };
        });
        return verdict('refused', blamed.some((cell) => cell.verdict === 'refused') ? [] : [tried.reason], blamed);
      }
    }
  }
}

/** A cell that was blank when the workbook was made erases nothing that came to be since. */
const sinceTold = (judged: JudgedRow, leg: SheetLeg, { revision }: RowIdentity): JudgedRow =>
  leg.revision === revision ? judged : { ...judged, cells: judged.cells.filter((cell) => cell.reason?.code !== 'not-erased') };

const closedBecause = (leg: SheetLeg): Reason | null => {
  if (!isOpen(leg)) return reason('finding-closed');
  return isAtWork(leg) ? null : reason('leg-not-open');
};
const cellsOf = ({ filled, items }: GivenRow) => [...Object.values(filled), ...items.flatMap((item) => Object.values(item.filled))];
const textsOf = ({ filled, items }: GivenRow): unknown => [
  Object.entries(filled).map(([field, { text }]) => [field, text]),
  items.map((item) => [item.order, Object.entries(item.filled).map(([field, { text }]) => [field, text])]),
];
/** Of a row that stays out: what was filled in is shown, and becomes nothing. */
const ignored = (cell: CellChange): CellChange => ({ ...cell, verdict: 'ignored', becomes: null });
const untaken = (cell: CellChange): CellChange => (cell.verdict === 'taken' ? ignored(cell) : cell);
