import { planStages } from '../dues';
import type { PassStage, RescheduleStages } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingEvent } from '../finding.events';
import type { FindingState } from '../finding.state';
import { actOf, mustBeAssigned, mustBeOffice, mustSay } from '../guards';
import { mustReview } from '../reviewers';

/** One stage after the other; with the last one the finding is stage complete and turns long-term (R25). */
export const passStage = (command: PassStage, state: FindingState): readonly FindingEvent[] => {
  const { work } = mustBeAssigned(state);
  const { stage } = command.data;
  mustReview(command.by, command.world, work);
  if (work.rectification !== 'staged') return reject('not-staged');
  const found = work.stages.find((one) => one.stage === stage) ?? reject('stage-not-found');
  if (found.passed) return [];
  if (work.stages.some((one) => one.stage < stage && !one.passed)) return reject('stage-not-found');
  const act = actOf(command);
  const text = mustSay(command.data.text);
  const passed: FindingEvent = { type: 'StagePassed', data: { ...act, stage, text } };
  const isLast = work.stages.every((one) => one.passed || one.stage === stage);
  return isLast ? [passed, { type: 'TurnedLongTerm', data: { ...act, text } }] : [passed];
};

/** The stages still to come, planned anew; the ones already passed are told by the timeline. */
export const rescheduleStages = (command: RescheduleStages, state: FindingState): readonly FindingEvent[] => {
  const { work } = mustBeAssigned(state);
  mustBeOffice(command.by, command.world);
  if (work.rectification !== 'staged') return reject('not-staged');
  const reason = mustSay(command.data.reason, 'reason-required');
  const stages = planStages(command.world, command.data.stages, command.at);
  return [{ type: 'StagesRescheduled', data: { ...actOf(command), stages, reason } }];
};
