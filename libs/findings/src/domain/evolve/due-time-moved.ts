import type { DueTimeMoved } from '../finding.events';
import type { FindingState } from '../finding.state';
import { deadlineKey } from '../finding.types';
import { withCore, withLeg } from './parts';
import { pausedSince } from './pause';

export const dueTimeMoved = (state: FindingState, data: DueTimeMoved['data']): FindingState => {
  const { key, due, legId, because } = data;
  const moved = withCore(state, (core) => {
    const open = core.deadlines[key];
    return open === undefined ? core : { ...core, deadlines: { ...core.deadlines, [key]: { ...open, due } } };
  });
  const movesLeg = legId !== null && (key === deadlineKey('rectify', legId) || key === deadlineKey('guide', legId));
  if (!movesLeg) return moved;
  return withLeg(moved, legId, (leg) => {
    // A loaded calendar corrects the first due time too; an extension stays outside of it (R35).
    const corrects = because === 'calendar' && leg.originalDue.at === leg.due.at;
    return { leg: { ...pausedSince(leg, data), due, originalDue: corrects ? due : leg.originalDue } };
  });
};
