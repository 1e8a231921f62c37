import { stampOf, type Act } from '@app/kernel';
import type { EscalationEvent, LadderHalted, RungLapsed } from './escalation.events';
import { RUNGS } from './escalation.types';
import type { FollowLeg } from './ladder.commands';
import { isOf, type Ladder, type LadderState } from './ladder.state';

const missedOf = ({ findingId, number, legId, unitId, dueAt }: Ladder) => ({ findingId, number, legId, unitId, dueAt });

/** Proposals nobody decided on go with their ground; what was issued or declined stays as it is. */
const endOf = (ladder: Ladder, because: RungLapsed['data']['because'], act: Act): readonly EscalationEvent[] => [
  ...RUNGS.filter((rung) => ladder.rungs[rung]?.state === 'proposed').map((rung): EscalationEvent => ({
    type: 'RungLapsed',
    data: { ...missedOf(ladder), rung, because, ...act },
  })),
  ...halt(ladder, because, act),
];
const halt = (ladder: Ladder, because: LadderHalted['data']['because'], act: Act): readonly EscalationEvent[] =>
  ladder.halted === because ? [] : [{ type: 'LadderHalted', data: { ...missedOf(ladder), because, ...act } }];

/** Another due time or unit holds already: what comes of that one does not end this ladder once more. */
const over = ({ halted }: Ladder): boolean => halted === 'moved' || halted === 'extended' || halted === 'closed';

const begin = ({ data }: FollowLeg, { ladders }: LadderState, act: Act): readonly EscalationEvent[] => {
  const { findingId, number, legId, townId, clock, steps } = data;
  if (clock.state !== 'running') return [];
  const missed = { findingId, number, legId, unitId: clock.unitId, dueAt: clock.dueAt };
  // Sent back, ruled to stay, or moved away and back: what was issued and declined for this due time stands.
  if (ladders.some((ladder) => isOf(ladder, clock))) return [{ type: 'LadderResumed', data: { ...missed, ...act } }];
  if (!clock.missed || steps.length === 0) return [];
  return [{ type: 'LadderStarted', data: { ...missed, townId, dueOn: clock.dueOn, steps, ...act } }];
};

export const followLeg = (command: FollowLeg, state: LadderState): readonly EscalationEvent[] => {
  const { clock } = command.data;
  const act: Act = { at: command.at, on: command.on, by: stampOf(command.by) };
  const ladder = state.ladders.at(-1);
  if (ladder === undefined) return begin(command, state, act);
  if (!isOf(ladder, clock)) {
    const because = clock.state === 'closed' ? 'closed' : ladder.unitId === clock.unitId ? 'extended' : 'moved';
    return [...(over(ladder) ? [] : endOf(ladder, because, act)), ...begin(command, state, act)];
  }
  switch (clock.state) {
    case 'running':
      return ladder.halted === null ? [] : begin(command, state, act);
    case 'standing':
      return ladder.halted === null ? halt(ladder, 'standing', act) : [];
    case 'done':
    case 'closed':
      return ladder.halted === clock.state ? [] : endOf(ladder, clock.state, act);
  }
};
