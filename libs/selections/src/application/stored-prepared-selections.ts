import { idFrom, type Actor } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { reject } from '../domain/selection.errors';
import type { SelectionId } from '../domain/selection.types';
import { LIMITS } from './limits';
import { PreparedSelections, type PreparedResult, type PreparedRow, type PreparedStanding } from './prepared-rows';
import { Selections } from './selections';
import { SelectionStore } from './selection-store';

type Opening = Parameters<PreparedSelections['open']>[0];

@Injectable()
export class StoredPreparedSelections extends PreparedSelections {
  constructor(
    @Inject(SelectionStore) private readonly store: SelectionStore,
    @Inject(Selections) private readonly selections: Selections,
  ) {
    super();
  }

  /** Errors: selection-empty, selection-too-large, selection-needs-sample. */
  async open({ title, rows, by, commandId }: Opening): Promise<SelectionId> {
    if (rows.length === 0) return reject('selection-empty');
    if (rows.length > LIMITS.rows) return reject('selection-too-large', { max: LIMITS.rows });
    if (rows.some(({ intents }) => intents.some(({ type }) => type === 'VerifyFinding'))) return reject('selection-needs-sample');
    const selectionId = idFrom('selection', commandId) as SelectionId;
    const job = { selectionId, unitId: by.unitId, actor: by, title, step: 'Prepared', said: null, state: 'ready' } as const;
    await this.store.open(job, rows.map(asRow), []);
    return selectionId;
  }

  async run(selectionId: SelectionId, by: Actor): Promise<void> {
    const job = (await this.selections.find(selectionId, by)) ?? reject('selection-unknown');
    await this.selections.run(job, false, by);
  }

  async cancel(selectionId: SelectionId, by: Actor): Promise<void> {
    const job = (await this.selections.find(selectionId, by)) ?? reject('selection-unknown');
    await this.selections.cancel(job, by);
  }

  async standing(selectionId: SelectionId): Promise<PreparedStanding | null> {
    const job = await this.store.job(selectionId);
    if (job === null) return null;
    const { rows, waiting } = await this.store.countsOf(selectionId);
    return { state: job.state, rowsDone: rows - waiting, rowsTotal: rows };
  }

  async results(selectionId: SelectionId, after: number, limit: number): Promise<readonly PreparedResult[]> {
    const rows = await this.store.rows(selectionId, after - 1, limit);
    return rows.map(({ findingId, legId, state, refusal }) => ({ findingId, legId, state, refusal }));
  }
}

const asRow = ({ findingId, legId, revision, intents }: PreparedRow, n: number) => ({
  n,
  findingId,
  legId,
  revision: String(revision),
  intents,
  looked: true,
});
