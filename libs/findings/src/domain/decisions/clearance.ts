import type { LegId } from '@app/kernel';
import type { ClearFinding, RevokeClearance, VerifyFinding, World } from '../finding.commands';
import { reject } from '../finding.errors';
import type { ClearanceRevoked, FindingEvent } from '../finding.events';
import { everythingPassed, legsOf, type Assignment, type Core, type FindingState } from '../finding.state';
import { actOf, mustBeAssigned, mustExist, mustHaveLeg, mustSay } from '../guards';
import { workDueOf } from '../review-dues';
import { mustClear, mustRevoke, mustVerify } from '../reviewers';
import { isForSampling } from '../town-review';

/** A staged finding is never cleared: its stages pass, then it turns long-term (R25). */
const mustBeDone = (core: Core, work: Assignment): void => {
  if (work.rectification === 'staged') reject('stages-open');
  if (!everythingPassed(core, work)) reject('legs-not-passed');
};

export const verifyFinding = (command: VerifyFinding, state: FindingState): readonly FindingEvent[] => {
  const { core, work } = mustBeAssigned(state);
  mustVerify(command.by, command.world, work);
  if (work.verified !== null) return work.verified.by.personId === command.by.personId ? [] : reject('already-verified');
  mustBeDone(core, work);
  const { method, text } = command.data;
  // Verifying and clearing share one clock: it runs on until the clearance.
  const clearDue = core.deadlines['verify']?.due ?? null;
  return [{ type: 'FindingVerified', data: { ...actOf(command), method, text: mustSay(text), clearDue } }];
};

/** R34: on time when every acting leg's submission was; guiding legs have clocks of their own. */
const submittedOnTime = (work: Assignment, by: 'onTime' | 'onTimeByOriginal'): boolean =>
  legsOf(work).every((leg) => leg.duty === 'guides' || (leg.submission !== null && leg.submission[by]));

export const clearFinding = (command: ClearFinding, state: FindingState): readonly FindingEvent[] => {
  if (state.phase === 'cleared') return [];
  const { core, work } = mustBeAssigned(state);
  mustClear(command.by, command.world, work);
  mustBeDone(core, work);
  if (work.verified === null && !isForSampling(core, work)) return reject('not-verified');
  return [
    {
      type: 'FindingCleared',
      data: {
        ...actOf(command),
        text: command.data.text.trim(),
        onTime: submittedOnTime(work, 'onTime'),
        onTimeByOriginal: submittedOnTime(work, 'onTimeByOriginal'),
      },
    },
  ];
};

type Cleared = Extract<FindingState, { phase: 'cleared' | 'long-term' }>;
export const mustBeCleared = (state: FindingState): Cleared => {
  const known = mustExist(state);
  return known.phase === 'cleared' || known.phase === 'long-term' ? known : reject('finding-not-cleared');
};

/** Open again from this day, each leg with a full clock by rule; all legs where none is named. */
export const revoked = (
  command: Pick<RevokeClearance, 'at' | 'on' | 'by'> & Readonly<{ world: World }>,
  { core, work }: Cleared,
  why: Readonly<{ reason: string; level: string; legIds: readonly LegId[] }>,
): ClearanceRevoked => {
  const named = why.legIds.length === 0 ? legsOf(work) : [...new Set(why.legIds)].map((id) => mustHaveLeg(work, id));
  return {
    type: 'ClearanceRevoked',
    data: {
      ...actOf(command),
      reason: why.reason,
      level: why.level,
      legs: named.map((leg) => ({ legId: leg.legId, due: workDueOf(core, work, leg, command.world, command.at) })),
    },
  };
};

export const revokeClearance = (command: RevokeClearance, state: FindingState): readonly FindingEvent[] => {
  const cleared = mustBeCleared(state);
  mustRevoke(command.by, command.world, cleared.work);
  const { reason, level, legIds } = command.data;
  return [revoked(command, cleared, { reason: mustSay(reason, 'reason-required'), level: mustSay(level), legIds })];
};
