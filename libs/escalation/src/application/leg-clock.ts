import { deadlineKey, type FindingState } from '@app/findings';
import type { Instant, LegId } from '@app/kernel';
import type { LegClock, LegClockState } from '../domain/escalation.types';

const stateOf = (state: FindingState, legId: LegId, running: boolean): LegClockState => {
  if (state.phase === 'ended') return 'closed';
  if (state.phase !== 'assigned') return 'done';
  const stage = state.work.legs[legId]?.stage;
  if (stage === 'submitted' || stage === 'passed') return 'done';
  return running ? 'running' : 'standing';
};

/** The rectification clock of an acting leg; null where the finding has none under this id. */
export const legClockOf = (state: FindingState, legId: LegId, at: Instant): LegClock | null => {
  if (state.phase === 'absent' || !('work' in state)) return null;
  const leg = state.work?.legs[legId];
  if (leg?.duty !== 'acts') return null;
  const key = deadlineKey('rectify', legId);
  const open = state.core.deadlines[key];
  const due = open?.due ?? leg.due;
  // A clock that steps back forgets nothing: what was recorded as missed is missed.
  const missed = at >= due.at || state.core.knocked[`${key}|${due.at}|0`] === true;
  return { state: stateOf(state, legId, open !== undefined), unitId: leg.unitId, dueAt: due.at, dueOn: due.day, missed };
};
