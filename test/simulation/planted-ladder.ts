import { CommandRunner, type Ack, type RunRequest } from '@app/event-store';
import type { CommandId, LocalDate, Message } from '@app/kernel';
import { ladderDecider } from '../../libs/escalation/src/domain/ladder.decider';
import type { ReachedRung } from '../../libs/escalation/src/read-models/ladder.queries';
import { LaddersOfLife } from './ladder-rows';

/** Each has one fault that the oracle of the ladder must find. */

/** Never comes to 督办函, nor past it. */
export class PassesOverARung extends LaddersOfLife {
  override async reached(days: number, until: LocalDate, after: ReachedRung | null): Promise<readonly ReachedRung[]> {
    return (await super.reached(days, until, after)).filter(({ rung }) => rung !== 'supervision-letter');
  }
}

/** Takes every rung for reached, whatever the day. */
export class TakesAllForReached extends LaddersOfLife {
  override reached(days: number, _: LocalDate, after: ReachedRung | null): Promise<readonly ReachedRung[]> {
    return super.reached(days, '9999-12-31' as LocalDate, after);
  }
}

/** Comes back to a rung that it has just proposed. */
export class ComesBackToARung extends LaddersOfLife {
  override async reached(days: number, until: LocalDate, after: ReachedRung | null): Promise<readonly ReachedRung[]> {
    const found = await super.reached(days, until, after);
    return [...found, ...found];
  }
}

type Decide = typeof ladderDecider.decide;
/** A worker in which ladders decide otherwise. */
let ids = 0;
const deciding = (decide: Decide): typeof CommandRunner => {
  const decider = { ...ladderDecider, decide };
  return class extends CommandRunner {
    override run<S, C, E extends Message<string, unknown>>(request: RunRequest<S, C, E>): Promise<Ack> {
      if ((request.command as Message<string, unknown>).type !== 'ProposeRung') return super.run(request);
      const commandId = `${request.commandId}-${(ids += 1)}` as CommandId;
      return super.run({ ...request, commandId, decider: decider as unknown as typeof request.decider });
    }
  };
};

/** Takes a proposal at its word, whatever the day. */
export const beforeItsDay = deciding((command, state) =>
  ladderDecider.decide(command.type === 'ProposeRung' ? { ...command, data: { ...command.data, earliest: command.at } } : command, state),
);

/** Forgets that a rung was proposed for this missed due time: neither the ladder nor the command knows. */
export const withoutMemory = deciding((command, state) => {
  if (command.type !== 'ProposeRung') return ladderDecider.decide(command, state);
  const { [command.data.rung]: _, ...rungs } = state.ladders.at(-1)?.rungs ?? {};
  return ladderDecider.decide(command, {
    ...state,
    ladders: state.ladders.map((ladder, i) => (i === state.ladders.length - 1 ? { ...ladder, rungs } : ladder)),
  });
});
