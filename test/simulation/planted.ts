import { CommandRunner, type Ack, type DecidedCommand, type RunRequest } from '@app/event-store';
import { instantFromMs, msOf, type CommandId, type Instant, type Message } from '@app/kernel';
import { DeadlineReconciler } from '../../apps/worker/src/deadlines/deadline-reconciler';
import { findingDecider } from '../../libs/findings/src/domain/finding.decider';
import { actOf } from '../../libs/findings/src/domain/guards';
import type { MachineClock } from './simulated-host';

/** Each has one fault that the oracle must find. */

/** Rests on the queue alone: what is late stays late. */
export class ForgetsWhatIsOverdue extends DeadlineReconciler {
  override ringsInMs(): number | null {
    return null;
  }
  protected override async takeDue(): Promise<Readonly<{ direct: number; crowd: number }>> {
    return { direct: 0, crowd: 0 };
  }
}

/** Thinks that whatever it once gave to the queue is there for ever, and leaves it to the queue. */
export class NeverArmsAgain extends ForgetsWhatIsOverdue {
  protected override isLost(): boolean {
    return false;
  }
}

/** Takes the time from the machine it runs on. */
export const byTheMachine = (_: unknown, machine: MachineClock): MachineClock => machine;

type Decide = typeof findingDecider.decide;
/** A worker in which findings decide otherwise. */
let ids = 0;
const deciding = (decide: Decide, withNewIds = false): typeof CommandRunner => {
  const decider = { ...findingDecider, decide };
  return class extends CommandRunner {
    override run<S, C, E extends Message<string, unknown>>(request: RunRequest<S, C, E>): Promise<Ack> {
      const commandId = withNewIds ? (`${request.commandId}-${(ids += 1)}` as CommandId) : request.commandId;
      return super.run({ ...request, commandId, decider: decider as unknown as typeof request.decider });
    }
    override async storeDecided<E extends Message<string, unknown>>(
      _: bigint,
      commands: readonly DecidedCommand<E>[],
    ): Promise<ReadonlySet<string>> {
      return new Set(commands.map(({ stream }) => stream));
    }
  };
};

/** Does what a knock asks for as often as it comes: neither the finding nor the command knows that it was done. */
export const withoutMemory = deciding((command, state) => {
  if (command.type !== 'ReachDeadline' || state.phase === 'absent') return findingDecider.decide(command, state);
  return findingDecider.decide(command, { ...state, core: { ...state.core, knocked: {} } });
}, true);

/** Takes a knock at its word, whatever the hour. */
export const beforeItsTime = deciding((command, state) => {
  if (command.type !== 'ReachDeadline' || command.data.before > 0 || command.data.dueAt <= command.at)
    return findingDecider.decide(command, state);
  return findingDecider
    .decide({ ...command, at: command.data.dueAt }, state)
    .map((event) => ({ ...event, data: { ...event.data, at: command.at } }) as never);
});
/** And a queue handler that asks for no hour either. */
export class KnocksAtOnce extends DeadlineReconciler {
  override knock(job: Parameters<DeadlineReconciler['knock']>[0]): Promise<void> {
    const long = instantFromMs(msOf(job.data.knockAt as Instant) - 400 * 86_400_000);
    return super.knock({ ...job, data: { ...job.data, knockAt: long } });
  }
}

/** Reminds of a due time that holds no longer. */
export const ofAnOldDueTime = deciding((command, state) => {
  if (command.type !== 'ReachDeadline' || command.data.before === 0 || state.phase === 'absent')
    return findingDecider.decide(command, state);
  const open = state.core.deadlines[command.data.key];
  if (open === undefined || open.due.at === command.data.dueAt) return findingDecider.decide(command, state);
  const { key, dueAt, before } = command.data;
  const { legId, unitId } = open;
  return [{ type: 'DeadlineApproached', data: { key, legId, unitId, dueAt, before, ...actOf(command) } }];
}, true);
