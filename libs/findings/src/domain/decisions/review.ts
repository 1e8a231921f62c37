import type { LegId } from '@app/kernel';
import type { PassLeg, SendLegBack } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingEvent } from '../finding.events';
import { everythingPassed, type Assignment, type Core, type FindingState, type Leg } from '../finding.state';
import { actOf, mustBeAssigned, mustHaveLeg, mustSay } from '../guards';
import { dueAfterSendingBack, verifyDueOnceAllPassed } from '../review-dues';
import { mustReview, mustReviewLeg, mustVerify } from '../reviewers';

/** R8: leg by leg, first come first. */
export const passLeg = (command: PassLeg, state: FindingState): readonly FindingEvent[] => {
  const { core, work } = mustBeAssigned(state);
  const { at, world } = command;
  const leg = mustHaveLeg(work, command.data.legId);
  mustReviewLeg(command.by, world, { core, work, leg });
  if (leg.stage === 'passed') return [];
  if (leg.stage !== 'submitted') return reject('leg-not-open');
  const passed: Assignment = {
    ...work,
    legs: { ...work.legs, [leg.legId]: { ...leg, stage: 'passed', passedAt: at, passedBy: command.by.unitId } },
  };
  return [
    {
      type: 'LegPassed',
      data: {
        ...actOf(command),
        legId: leg.legId,
        unitId: leg.unitId,
        text: command.data.text.trim(),
        verifyDue: verifyDueOnceAllPassed(core, passed, world, at),
      },
    },
  ];
};

const mustHavePassed = (work: Assignment, legId: LegId): Leg => {
  const leg = mustHaveLeg(work, legId);
  return leg.stage === 'passed' ? leg : reject('leg-not-open');
};

/** Once all have passed it is for whoever verifies: they see whether it is done. Before, for whoever reviews. */
const mustSendBack = (
  { by, world, data }: SendLegBack,
  { core, work, leg }: Readonly<{ core: Core; work: Assignment; leg: Leg }>,
): void => {
  if (everythingPassed(core, work) && work.verified === null) return mustVerify(by, world, work);
  // What the town has passed once, and other legs, are the county’s to open again.
  if (leg.stage === 'passed' || data.alsoReopen.length > 0) return mustReview(by, world, work);
  return mustReviewLeg(by, world, { core, work, leg });
};

/** A leg that passed can still be sent back, by whoever verifies and sees that it is not done. Others that passed stay so unless they are named (R8). */
export const sendLegBack = (command: SendLegBack, state: FindingState): readonly FindingEvent[] => {
  const { core, work } = mustBeAssigned(state);
  const { at, world } = command;
  const { legId, reason, alsoReopen } = command.data;
  const leg = mustHaveLeg(work, legId);
  mustSendBack(command, { core, work, leg });
  if (leg.sentBackBefore && (leg.stage === 'working' || leg.stage === 'delivered')) return [];
  if (leg.stage !== 'submitted' && leg.stage !== 'passed') return reject('leg-not-open');
  const others = [...new Set(alsoReopen)].filter((id) => id !== legId).map((id) => mustHavePassed(work, id));
  return [
    {
      type: 'LegSentBack',
      data: {
        ...actOf(command),
        legId,
        unitId: leg.unitId,
        reason: mustSay(reason, 'reason-required'),
        due: dueAfterSendingBack(core, leg, world, at),
        first: !leg.sentBackBefore,
        reopened: others.map((other) => ({ legId: other.legId, due: dueAfterSendingBack(core, other, world, at) })),
      },
    },
  ];
};
