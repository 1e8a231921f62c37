import type { RecordedEvent } from '@app/event-store';
import { isRung, LadderQueries, type EscalationEvent, type Rung } from '@app/escalation';
import type { LocalDate } from '@app/kernel';
import type { DataSource } from 'typeorm';
import { evolveLadder, NO_LADDER, type Ladder, type LadderState } from '../../libs/escalation/src/domain/ladder.state';
import type { ReachedRung } from '../../libs/escalation/src/read-models/ladder.queries';
import { Behind } from './behind';
import type { Life } from './simulated-host';

type Fold = Readonly<{ state: LadderState; revision: bigint }>;
type Next = Readonly<{ rung: Rung; days: number }>;

const nextOf = ({ steps, rungs, halted }: Ladder): Next | null => {
  if (halted !== null) return null;
  for (const { step, days } of steps) if (isRung(step) && (rungs[step]?.state ?? 'lapsed') === 'lapsed') return { rung: step, days };
  return null;
};

/** The read model of ladders as the database has it: behind the log by a moment, now and then by minutes. */
export class LadderRows {
  private readonly folds = new Map<string, Fold>();
  private readonly behind: Behind;

  constructor(lag: () => number) {
    this.behind = new Behind(lag);
  }

  tell(event: RecordedEvent): void {
    this.behind.tell(event);
  }

  /** Next rungs of all ladders that go on. */
  next(): readonly (ReachedRung & Next)[] {
    for (const event of this.behind.shown()) {
      const { state } = this.folds.get(event.stream) ?? { state: NO_LADDER };
      const told = { type: event.type, data: event.data } as EscalationEvent;
      this.folds.set(event.stream, { state: evolveLadder(state, told), revision: event.revision });
    }
    return [...this.folds.values()].flatMap(({ state, revision }) =>
      state.ladders.flatMap((ladder) => {
        const next = nextOf(ladder);
        const { findingId, legId, unitId, dueAt, dueOn } = ladder;
        return next === null ? [] : [{ findingId, legId, unitId, dueAt, dueOn, revision: revision.toString(), ...next }];
      }),
    );
  }
}

/** The queries as one life of a worker asks them. */
export class LaddersOfLife extends LadderQueries {
  constructor(
    private readonly life: Life,
    private readonly rows: LadderRows,
  ) {
    super(undefined as unknown as DataSource);
  }

  override nextDays(): Promise<readonly number[]> {
    return this.life.ask(async () => [...new Set(this.rows.next().map(({ days }) => days))]);
  }

  override reached(days: number, until: LocalDate, after: ReachedRung | null): Promise<readonly ReachedRung[]> {
    if (after !== null) return Promise.resolve([]);
    return this.life.ask(async () => this.rows.next().filter((next) => next.days === days && next.dueOn <= until));
  }
}
