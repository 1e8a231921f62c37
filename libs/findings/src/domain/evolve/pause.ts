import type { DueTimeMoved, PauseAsked, PauseEnded, PauseGranted } from '../finding.events';
import type { FindingState, Leg } from '../finding.state';
import { deadlineKey } from '../finding.types';
import { restart, start, stop } from './clocks';
import { withLeg } from './parts';

export const withoutPause = (leg: Leg): Leg => {
  const { pause: _over, ...rest } = leg;
  return rest;
};

export const pauseAsked = (state: FindingState, { legId, reason, text, until, at }: PauseAsked['data']): FindingState =>
  withLeg(state, legId, (leg) => ({ leg: { ...leg, pause: { granted: false, reason, text, until, since: at } } }));

/** The unit's own clock stands; the pause's runs in its place. */
export const pauseGranted = (state: FindingState, { legId, reason, text, until, at, endDue }: PauseGranted['data']): FindingState =>
  withLeg(state, legId, (leg, core) => ({
    leg: { ...leg, pause: { granted: true, reason, text, until, since: at } },
    core: start(stop(core, deadlineKey('rectify', legId)), 'pause', legId, legId, leg.unitId, endDue),
  }));

export const pauseEnded = (state: FindingState, { legId, due, days }: PauseEnded['data']): FindingState =>
  withLeg(state, legId, (leg, core) => {
    const next = { ...withoutPause(leg), due, pausedDays: (leg.pausedDays ?? 0) + days };
    return { leg: next, core: restart(stop(core, deadlineKey('pause', legId)), next, due) };
  });

/** Whoever gives a date while the clock stands knows of the time it stood before; a calendar knows nothing. */
export const pausedSince = (leg: Leg, { because, at }: DueTimeMoved['data']): Leg =>
  leg.pause?.granted === true && because !== 'calendar' ? { ...leg, pause: { ...leg.pause, since: at } } : leg;
