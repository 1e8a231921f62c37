import type { RecordChildPassed, RecordChildReopened } from '../finding.commands';
import type { FindingEvent } from '../finding.events';
import type { FindingState } from '../finding.state';
import { actOf, mustExist, mustHaveRole } from '../guards';
import { verifyDueOnceAllPassed } from '../review-dues';

/** R6: what happens in a child, told to the parent by the policy. News that is known already, or comes too late, is quiet. */
export const recordChildPassed = (command: RecordChildPassed, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  mustHaveRole(command.by, 'system');
  const { childId } = command.data;
  const child = known.core.children.find(({ findingId }) => findingId === childId);
  if (child === undefined || child.passed || known.phase === 'ended') return [];
  const children = known.core.children.map((other) => (other === child ? { ...child, passed: true } : other));
  const verifyDue =
    known.phase === 'assigned' ? verifyDueOnceAllPassed({ ...known.core, children }, known.work, command.world, command.at) : null;
  return [{ type: 'ChildPassed', data: { ...actOf(command), childId, verifyDue } }];
};

export const recordChildReopened = (command: RecordChildReopened, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  mustHaveRole(command.by, 'system');
  const { childId } = command.data;
  const child = known.core.children.find(({ findingId }) => findingId === childId);
  if (child === undefined || !child.passed || known.phase === 'ended') return [];
  const act = actOf(command);
  const reopened: FindingEvent = { type: 'ChildReopened', data: { ...act, childId } };
  // A parent cannot stay cleared while a child is open; its own legs did pass and stay so.
  return known.phase === 'cleared' || known.phase === 'long-term'
    ? [{ type: 'ClearanceRevoked', data: { ...act, reason: '子问题重新打开', level: '子问题', legs: [] } }, reopened]
    : [reopened];
};
