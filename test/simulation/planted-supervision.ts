import { CommandRunner, type Ack, type RunRequest } from '@app/event-store';
import { instantFromMs, msOf, type CommandId, type Instant, type Message } from '@app/kernel';
import { calendarFrom } from '@app/worktime';
import { supervisionDecider } from '../../libs/supervision/src/domain/supervision.decider';
import type { Listed } from '../../libs/supervision/src/domain/supervision.state';
import type { DueCase } from '../../libs/supervision/src/read-models/supervision.queries';
import { ClockOfLife, type Life, type MachineClock } from './simulated-host';
import { CasesOfLife } from './supervision-rows';

/** Each has one fault that the oracle of reports must find. */

const LATE_MS = 40_000;

/** Sees what is due while it is due just now: what came up while nobody looked stays where it is. */
export class ForgetsWhatIsLate extends CasesOfLife {
  override async due(now: Instant, limit: number): Promise<readonly DueCase[]> {
    return (await super.due(now, limit)).filter(({ dueAt }) => msOf(dueAt) > msOf(now) - LATE_MS);
  }
}

/** Takes what is due within a day for due. */
export class TakesTomorrowForToday extends CasesOfLife {
  override due(now: Instant, limit: number): Promise<readonly DueCase[]> {
    return super.due(instantFromMs(msOf(now) + 86_400_000), limit);
  }
}

/** Comes back to a case at which it has just knocked. */
export class ComesBackToACase extends CasesOfLife {
  override async due(now: Instant, limit: number): Promise<readonly DueCase[]> {
    const found = await super.due(now, limit);
    return [...found, ...found];
  }
}

/** Never doubts what time it is. */
class ClockWithoutDoubt extends ClockOfLife {
  override isSure(): boolean {
    return true;
  }
}
export const withoutDoubt = (life: Life, machine: MachineClock, database: MachineClock): ClockOfLife =>
  new ClockWithoutDoubt(life, machine, database);

type Decide = typeof supervisionDecider.decide;
/** A worker in which a knock at a listed case decides otherwise. */
let ids = 0;
const knocking = (decide: (...args: [...Parameters<Decide>, Listed]) => ReturnType<Decide>): typeof CommandRunner => {
  const decider = {
    ...supervisionDecider,
    decide: ((command, state) =>
      state.phase === 'listed' ? decide(command, state, state) : supervisionDecider.decide(command, state)) satisfies Decide,
  };
  return class extends CommandRunner {
    override run<S, C, E extends Message<string, unknown>>(request: RunRequest<S, C, E>): Promise<Ack> {
      if ((request.command as Message<string, unknown>).type !== 'ReachReports') return super.run(request);
      const commandId = `${request.commandId}-${(ids += 1)}` as CommandId;
      return super.run({ ...request, commandId, decider: decider as unknown as typeof request.decider });
    }
  };
};

/** Takes a knock at its word, whatever the hour. */
export const beforeItsTime = knocking((command, state, { current }) =>
  current === null || current.dueAt <= command.at
    ? supervisionDecider.decide(command, state)
    : supervisionDecider.decide({ ...command, at: current.dueAt }, state),
);

/** Forgets the report it asked for last, as long as that is not due. */
export const withoutMemory = knocking((command, state, listed) => {
  const { current, asked } = listed;
  const before = current === null ? undefined : asked[current.period - 1];
  const again = before !== undefined && current !== null && current.dueAt > command.at;
  return supervisionDecider.decide(command, again ? { ...listed, current: before } : state);
});

/** Counts the days until the next report by another calendar than the one that holds. */
export const byAnotherCalendar = knocking((command, state) => supervisionDecider.decide({ ...command, calendar: calendarFrom([]) }, state));

/** Does not see which reports were given. */
export const blindToReports = knocking((command, _, listed) => supervisionDecider.decide(command, { ...listed, given: {} }));

/** Goes on to the next period without a word about the one that was missed. */
export const silentAboutMissed = knocking((command, state) =>
  supervisionDecider.decide(command, state).filter(({ type }) => type !== 'SupervisionReportMissed'),
);
