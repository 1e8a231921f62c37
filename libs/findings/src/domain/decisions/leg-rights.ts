import type { Role } from '@app/kernel';
import type { AskExtension, AskPause } from '../finding.commands';
import { reject } from '../finding.errors';
import type { Core, FindingState, Leg } from '../finding.state';
import { mustBeAssigned, mustHaveLeg, mustHoldLeg } from '../guards';

/** The receiving posts of a unit that holds a leg (R17); the office's own posts where the office holds one. */
export const UNIT_ROLES = ['clerk', 'deputy', 'head', 'office', 'office-head'] as const satisfies readonly Role[];

/** In its unit's hands, signed for or not: signing never blocks work (R17). */
export const isAtWork = (leg: Leg): boolean => leg.stage === 'delivered' || leg.stage === 'working';

/** While its clock stands by a granted pause, a unit owes nothing and asks for nothing: it resumes first. */
export const mustNotBePaused = (leg: Leg): void => {
  if (leg.pause?.granted === true) reject('leg-paused', { day: leg.pause.until });
};

/** The leg for which its unit may ask for another time at all (延期, 暂停): it acts, it is at work, and its clock runs. */
export const mustMayAsk = ({ by, world, data }: AskExtension | AskPause, state: FindingState): Readonly<{ core: Core; leg: Leg }> => {
  const { core, work } = mustBeAssigned(state);
  const leg = mustHaveLeg(work, data.legId);
  mustHoldLeg(by, world, leg, ...UNIT_ROLES);
  if (leg.duty !== 'acts') reject('leg-guides');
  if (!isAtWork(leg)) reject('leg-not-open');
  mustNotBePaused(leg);
  return { core, leg };
};
