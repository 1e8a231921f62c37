import { pause } from '@app/event-store';
import { idFrom, type CommandId } from '@app/kernel';
import { PreparedSelections, type PreparedResult, type PreparedRow, type SelectionId } from '@app/selections';
import { Inject, Injectable } from '@nestjs/common';
import { reason } from '../domain/round-trip.errors';
import type { Reason, RoundTripRowState } from '../domain/round-trip.types';
import type { RoundTripJob } from './round-trip-job';
import { RoundTripStore, type StoredRow } from './round-trip-store';

const PAGE = 500;
const LOOK_EVERY_MS = 200;

/** Second half: the changed rows run as a selection, each as commands of its own, and what became of them is told row by row. */
@Injectable()
export class RunRoundTrip {
  constructor(
    @Inject(RoundTripStore) private readonly store: RoundTripStore,
    @Inject(PreparedSelections) private readonly selections: PreparedSelections,
  ) {}

  /** Goes on where it was cut short: the selection follows from the round trip, its commands from the selection. */
  async run(job: RoundTripJob, signal: AbortSignal): Promise<void> {
    const { roundTripId, actor } = job;
    const selectionId = (job.selectionId ?? (await this.open(job))) as SelectionId;
    for (let asked = false; !signal.aborted; await pause(LOOK_EVERY_MS, signal)) {
      const standing = await this.selections.standing(selectionId);
      if (standing === null) continue;
      const { state, rowsDone, rowsTotal } = standing;
      if (state === 'done' || state === 'blocked' || state === 'cancelled') {
        await this.settle(roundTripId, selectionId);
        await this.store.move(roundTripId, ['running'], state === 'cancelled' ? 'cancelled' : 'done', { rowsDone: rowsTotal });
        return;
      }
      if (state === 'ready' && !asked) {
        asked = true;
        await this.selections.run(selectionId, actor);
      } else if (!(await this.store.move(roundTripId, ['running'], 'running', { rowsDone }))) return;
    }
  }

  /** Puts down what became of every row. */
  async settle(roundTripId: string, selectionId: SelectionId): Promise<void> {
    const results = new Map<string, PreparedResult>();
    for (let after = 0; ;) {
      const page = await this.selections.results(selectionId, after, PAGE);
      for (const result of page) results.set(legOf(result), result);
      after += page.length;
      if (page.length < PAGE) break;
    }
    const rows = await this.changed(roundTripId);
    for (let from = 0; from < rows.length; from += PAGE)
      await this.store.settle(
        roundTripId,
        rows.slice(from, from + PAGE).map((row) => {
          const result = results.get(legOf(row));
          return { n: row.n, ...(result === undefined ? { state: 'left' as const, reasons: [] } : outcome(result)) };
        }),
      );
    await this.store.setCounts(roundTripId);
  }

  private async open(job: RoundTripJob): Promise<string> {
    const { roundTripId, actor, fileName } = job;
    const rows = (await this.changed(roundTripId)).flatMap(preparedRow);
    const commandId = idFrom('round-trip-selection', roundTripId) as CommandId;
    const selectionId = await this.selections.open({ title: fileName, rows, by: actor, commandId });
    await this.store.move(roundTripId, ['running'], 'running', { selectionId });
    return selectionId;
  }

  private async changed(roundTripId: string): Promise<readonly StoredRow[]> {
    const rows: StoredRow[] = [];
    for (let after = 0; ;) {
      const page = await this.store.rows(roundTripId, after, PAGE, 'changed');
      rows.push(...page.filter(({ state }) => state === 'changed'));
      const last = page.at(-1);
      if (last === undefined) return rows;
      after = last.n;
    }
  }
}

const preparedRow = ({ findingId, legId, revision, steps }: StoredRow): readonly PreparedRow[] =>
  findingId === null || revision === null ? [] : [{ findingId, legId, revision: BigInt(revision), intents: steps }];

/** A leg has one row, in the workbook and in the selection. */
const legOf = ({ findingId, legId }: Pick<StoredRow, 'findingId' | 'legId'>): string => `${findingId ?? ''}/${legId ?? ''}`;

const outcome = ({ state, refusal }: PreparedResult): Readonly<{ state: RoundTripRowState; reasons: readonly Reason[] }> => {
  switch (state) {
    case 'done':
      return { state: 'done', reasons: [] };
    case 'unchanged':
      return { state: 'unchanged', reasons: [reason('taken-already')] };
    case 'refused':
      return { state: 'failed', reasons: [refusal ?? reason('moved-meanwhile')] };
    case 'waiting':
    case 'left-out':
      return { state: 'left', reasons: [] };
  }
};
