import {
  FINDING_ERRORS,
  FindingReader,
  FindingRehearsals,
  LegProposals,
  refusalOf,
  type FindingIntent,
  type FindingState,
  type Refusal,
} from '@app/findings';
import { DomainError, type Actor, type LegId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { isLegStep, type SelectedRow, type SelectionStep } from '../domain/selection.types';
import { ActingPerson } from './acting-person';
import { Admission } from './admission';
import { inLanes } from './lanes';
import { LIMITS } from './limits';
import { rowRefusal, toldOf } from './row-refusals';
import type { Said, SelectionJob, SelectionRow } from './selection-job';
import { SelectionStore, type Look, type NewRow } from './selection-store';
import { intentOf } from './step-data';

type Verdict = Pick<Look, 'intents' | 'on' | 'revision' | 'events' | 'state' | 'refusal'>;
type Known = Readonly<{ state: Exclude<FindingState, { phase: 'absent' }>; revision: bigint }>;

const NO_FINDING = refusalOf('finding-not-found', FINDING_ERRORS['finding-not-found']);
const NO_LEG = refusalOf('leg-not-found', FINDING_ERRORS['leg-not-found']);
const saying = (refusal: Refusal, revision: bigint | null = null): Verdict => ({
  intents: null,
  on: null,
  revision: revision === null ? null : String(revision),
  events: [],
  state: 'refused',
  refusal,
});
const LEFT_OUT: Verdict = { intents: null, on: null, revision: null, events: [], state: 'left-out', refusal: null };

/** First half of a selection: what would happen to each row, decided by the finding itself. */
@Injectable()
export class PreviewRows {
  constructor(
    @Inject(SelectionStore) private readonly store: SelectionStore,
    @Inject(FindingReader) private readonly reader: FindingReader,
    @Inject(FindingRehearsals) private readonly rehearsals: FindingRehearsals,
    @Inject(LegProposals) private readonly proposals: LegProposals,
    @Inject(Admission) private readonly admission: Admission,
    @Inject(ActingPerson) private readonly persons: ActingPerson,
  ) {}

  /** Goes on where it was cut short, until every row was looked at. */
  async run(job: SelectionJob, signal: AbortSignal): Promise<void> {
    const { selectionId, step, said } = job;
    if (step === 'Prepared' || said === null) return;
    while (!signal.aborted) {
      const rows = await this.store.unlooked(selectionId, LIMITS.chunk);
      if (rows.length === 0 && (await this.store.ready(selectionId))) return;
      if (rows.length === 0 && (await this.store.job(selectionId))?.state !== 'preparing') return;
      const by = await this.acting(job);
      const looks: Look[] = [];
      const beside: NewRow[] = [];
      await inLanes(rows, LIMITS.lanes, async (row) => {
        const seen =
          'code' in by ? [{ legId: row.legId, ...saying(by) }] : await this.look(row, job.selectionId, step, row.own ?? said, by);
        seen.forEach(({ legId, ...verdict }, i) => {
          if (i === 0) looks.push({ n: row.n, draft: row.draft, legId, ...verdict });
          else beside.push({ ...verdict, n: row.n + i, findingId: row.findingId, legId, looked: true, leftOut: row.leftOut, own: row.own });
        });
      });
      await this.store.looked(selectionId, looks, beside);
    }
  }

  /** The person as they stand now, or why nothing can be done in their name. */
  private async acting({ actor, step }: SelectionJob): Promise<Actor | Refusal> {
    try {
      const by = await this.persons.now(actor);
      return step === 'Prepared' || this.admission.opens(step, by) ? by : rowRefusal('row-forbidden');
    } catch (error) {
      if (error instanceof DomainError) return refusalOf(error.code, error.sentence);
      throw error;
    }
  }

  /** One row, or one for each leg where a step of a leg named none. */
  private async look(
    { findingId, legId, leftOut }: SelectionRow,
    selectionId: string,
    step: SelectionStep,
    said: Said,
    by: Actor,
  ): Promise<readonly (Verdict & Readonly<{ legId: LegId | null }>)[]> {
    if (leftOut) return [{ legId, ...LEFT_OUT }];
    if (!(await this.admission.knows(findingId, by))) return [{ legId, ...saying(NO_FINDING) }];
    const { state, revision } = await this.reader.load(findingId);
    if (state.phase === 'absent') return [{ legId, ...saying(NO_FINDING) }];
    const tried = async (leg: LegId | null) => ({
      legId: leg,
      ...(await this.decide({ findingId, legId: leg }, { state, revision }, selectionId, step, said, by)),
    });
    if (!isLegStep(step) || legId !== null) return [await tried(legId)];
    const legs = 'work' in state && state.work !== null ? (Object.keys(state.work.legs) as LegId[]) : [];
    const each = await Promise.all(legs.map(tried));
    const possible = each.filter((one) => one.state === 'waiting');
    if (possible.length > 0) return possible;
    // Whose leg it is not never had a say; of the others the first one says why not.
    const closest = each.find((one) => one.refusal?.code !== 'not-yours') ?? each[0];
    return [closest ?? { legId, ...saying(NO_LEG, revision) }];
  }

  private async decide(
    { findingId, legId }: SelectedRow,
    { state, revision }: Known,
    selectionId: string,
    step: SelectionStep,
    { data, on }: Said,
    by: Actor,
  ): Promise<Verdict> {
    try {
      const proposal = step === 'TransferFinding' ? await this.proposals.for(state.core) : null;
      const knows = (other: SelectedRow['findingId']): Promise<boolean> => this.admission.knows(other, by);
      const occasion = { selectionId, findingId, legId: legId ?? ('' as LegId), state, by, proposal, knows };
      const intents: readonly FindingIntent[] = [await intentOf(step, data, occasion)];
      const events = await this.rehearsals.on(state, intents, { by, on });
      const nothing = events.length === 0;
      return {
        intents: nothing ? null : intents,
        on: on ?? null,
        revision: String(revision),
        events: events.map(({ type }) => type),
        state: nothing ? 'unchanged' : 'waiting',
        refusal: null,
      };
    } catch (error) {
      const refusal = toldOf(error);
      if (refusal === null) throw error;
      return saying(refusal, revision);
    }
  }
}
