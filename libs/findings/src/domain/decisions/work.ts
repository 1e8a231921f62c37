import type { Actor, LegId } from '@app/kernel';
import type { AnswerItems, AssignLeg, GiveGuidance, PlanLeg, RecordProgress, SignForLeg, World } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingEvent } from '../finding.events';
import type { FindingState, Leg } from '../finding.state';
import { actOf, mustBeAssigned, mustHaveLeg, mustHoldLeg, mustSay, type Assigned } from '../guards';
import { isAtWork, UNIT_ROLES } from './leg-rights';

const mustWorkOn = (by: Actor, world: World, { work }: Assigned, legId: LegId): Leg => {
  const leg = mustHaveLeg(work, legId);
  mustHoldLeg(by, world, leg, ...UNIT_ROLES);
  return isAtWork(leg) ? leg : reject('leg-not-open');
};
const mustAct = (leg: Leg): Leg => (leg.duty === 'acts' ? leg : reject('leg-guides'));

/** 签收 by any of the unit's receiving posts; late or twice is quiet. */
export const signForLeg = (command: SignForLeg, state: FindingState): readonly FindingEvent[] => {
  const { work } = mustBeAssigned(state);
  const leg = mustHaveLeg(work, command.data.legId);
  mustHoldLeg(command.by, command.world, leg, ...UNIT_ROLES);
  if (leg.signed) return [];
  return [{ type: 'LegSignedFor', data: { legId: leg.legId, unitId: leg.unitId, deemed: false, ...actOf(command) } }];
};

/** Inside the unit, to a village or a person without an account (R13). */
export const assignLeg = (command: AssignLeg, state: FindingState): readonly FindingEvent[] => {
  const { by, world, data } = command;
  const { legId, unitId } = mustWorkOn(by, world, mustBeAssigned(state), data.legId);
  const assignee = mustSay(data.assignee);
  return [{ type: 'LegAssigned', data: { legId, unitId, villageId: data.villageId, assignee, ...actOf(command) } }];
};

export const planLeg = (command: PlanLeg, state: FindingState): readonly FindingEvent[] => {
  const { by, world, data } = command;
  const { legId, unitId } = mustAct(mustWorkOn(by, world, mustBeAssigned(state), data.legId));
  const [measures, responsible] = [mustSay(data.measures), mustSay(data.responsible)];
  return [{ type: 'LegPlanned', data: { legId, unitId, measures, responsible, targetOn: data.targetOn, ...actOf(command) } }];
};

/** "基本完成" is still open: it says what remains and by when (R25). */
export const recordProgress = (command: RecordProgress, state: FindingState): readonly FindingEvent[] => {
  const { by, world, data } = command;
  const { legId, unitId } = mustAct(mustWorkOn(by, world, mustBeAssigned(state), data.legId));
  const basicallyComplete =
    data.basicallyComplete === null ? null : { remains: mustSay(data.basicallyComplete.remains), by: data.basicallyComplete.by };
  return [{ type: 'ProgressRecorded', data: { legId, unitId, text: mustSay(data.text), basicallyComplete, ...actOf(command) } }];
};

/** R7. Answers that stand already are left out; the last of several to one item counts. */
export const answerItems = (command: AnswerItems, state: FindingState): readonly FindingEvent[] => {
  const known = mustBeAssigned(state);
  const { by, world, data } = command;
  const { legId, unitId } = mustAct(mustWorkOn(by, world, known, data.legId));
  const items = new Map(known.core.items.map((item): [string, typeof item] => [item.itemId, item]));
  const answers = [...new Map(data.answers.map((given) => [given.itemId, given])).values()].flatMap((given) => {
    const item = items.get(given.itemId) ?? reject('item-not-found');
    const basis = given.basis === null || given.basis.trim() === '' ? null : given.basis.trim();
    if (given.answer === 'cannot' && basis === null) reject('item-basis-required');
    if (given.answer === 'untrue' && known.core.kind === 'task') reject('task-cannot');
    return item.answer === given.answer && item.basis === basis ? [] : [{ itemId: given.itemId, answer: given.answer, basis }];
  });
  return answers.length === 0 ? [] : [{ type: 'ItemsAnswered', data: { legId, unitId, answers, ...actOf(command) } }];
};

/** 政策口径 (R2). */
export const giveGuidance = (command: GiveGuidance, state: FindingState): readonly FindingEvent[] => {
  const { by, world, data } = command;
  const leg = mustWorkOn(by, world, mustBeAssigned(state), data.legId);
  if (leg.duty !== 'guides') reject('leg-acts');
  return [{ type: 'GuidanceGiven', data: { legId: leg.legId, unitId: leg.unitId, text: mustSay(data.text), ...actOf(command) } }];
};
