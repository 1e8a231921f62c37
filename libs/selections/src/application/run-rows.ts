import { FINDING_ERRORS, HandleFinding, refusalOf, type FindingIntent, type OfferedCommand, type Refusal } from '@app/findings';
import { idFrom, type Actor, type CommandId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ActingPerson } from './acting-person';
import { Admission } from './admission';
import { inLanes } from './lanes';
import { LIMITS } from './limits';
import { rowRefusal, toldOf } from './row-refusals';
import type { SelectionJob, SelectionRow } from './selection-job';
import { SelectionStore, type Result } from './selection-store';

const NO_FINDING = refusalOf('finding-not-found', FINDING_ERRORS['finding-not-found']);

/** Second half of a selection: each row its own commands, whose ids follow from selection and row, so that a restart sends the same again. */
@Injectable()
export class RunRows {
  constructor(
    @Inject(SelectionStore) private readonly store: SelectionStore,
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(Admission) private readonly admission: Admission,
    @Inject(ActingPerson) private readonly persons: ActingPerson,
  ) {}

  /** Goes on where it was cut short. True once no row is waiting; false when it was stopped. */
  async run(job: SelectionJob, signal: AbortSignal): Promise<boolean> {
    while (!signal.aborted) {
      const rows = await this.store.rows(job.selectionId, -1, LIMITS.chunk, 'waiting');
      if (rows.length === 0) return true;
      const results: Result[] = [];
      const acting = this.actingFor(job);
      const work = inLanes(byFinding(rows), LIMITS.lanes, async (same) => {
        let rests = same[0]?.revision ?? null;
        for (const row of same) {
          if (signal.aborted) return;
          const result = await this.one(job, { ...row, revision: rests }, acting);
          results.push(result);
          rests = result.now;
        }
      });
      const [ended] = await Promise.allSettled([work]);
      // What was done stays done, whatever became of the rest.
      const goesOn = results.length === 0 || (await this.store.settle(job.selectionId, results));
      if (ended.status === 'rejected') throw ended.reason;
      if (!goesOn) return false;
    }
    return false;
  }

  /** Each person is looked up once for a chunk: rights that were lost meanwhile hold for the next one. */
  private actingFor({ actor, runner }: SelectionJob): (row: SelectionRow) => Promise<Actor> {
    const found = new Map<string, Promise<Actor>>();
    return ({ verdictBy }) => {
      const who = verdictBy ?? runner ?? actor;
      const key = JSON.stringify([who.personId, who.postId]);
      const known = found.get(key) ?? this.persons.now(who);
      found.set(key, known);
      return known;
    };
  }

  private async one(job: SelectionJob, row: SelectionRow, acting: (row: SelectionRow) => Promise<Actor>): Promise<Result> {
    const { n, findingId, revision } = row;
    const stands = { n, findingId, rested: revision, doneRevision: null, donePosition: null };
    const events: string[] = [];
    let last: Readonly<{ revision: bigint; position: bigint }> | null = null;
    const told = (refusal: Refusal): Result => ({
      ...stands,
      state: 'refused',
      events,
      refusal,
      now: last === null ? revision : String(last.revision),
    });
    try {
      const by = await acting(row);
      if (!(await this.admission.knows(findingId, by))) return told(NO_FINDING);
      for (const [place, intent] of (row.intents ?? []).entries()) {
        if (!this.admission.opens(intent.type as OfferedCommand, by)) return told(rowRefusal('row-forbidden'));
        const ack = await this.send(job, row, intent, place, by, last?.revision ?? null);
        events.push(...ack.events.map(({ type }) => type));
        last = ack;
      }
    } catch (error) {
      const refusal = toldOf(error);
      if (refusal === null) throw error;
      return told(refusal);
    }
    const done = last === null ? {} : { doneRevision: String(last.revision), donePosition: String(last.position) };
    return {
      ...stands,
      ...done,
      state: events.length === 0 ? 'unchanged' : 'done',
      events,
      refusal: null,
      now: last === null ? revision : String(last.revision),
    };
  }

  private send(
    { selectionId, evenIfChanged }: SelectionJob,
    { n, findingId, legId, on, revision }: SelectionRow,
    intent: FindingIntent,
    place: number,
    by: Actor,
    after: bigint | null,
  ) {
    const commandId = idFrom('selection', selectionId, n, findingId, legId ?? '', place) as CommandId;
    const seen = after ?? (revision === null ? undefined : BigInt(revision));
    return this.bus.execute(
      new HandleFinding(findingId, intent, { commandId, by, on: on ?? undefined, expected: evenIfChanged ? undefined : seen }),
    );
  }
}

/** Rows of one finding wait for each other, because each rests on what the one before made of it. */
const byFinding = (rows: readonly SelectionRow[]): readonly (readonly SelectionRow[])[] => {
  const groups = new Map<string, SelectionRow[]>();
  for (const row of rows) groups.set(row.findingId, [...(groups.get(row.findingId) ?? []), row]);
  return [...groups.values()];
};
