import { assertNever, localDateOf, stampOf, type Act, type Actor, type Decider, type Role, type UnitId } from '@app/kernel';
import { reject } from './escalation.errors';
import type { EscalationEvent } from './escalation.events';
import type { LegClock, Rung } from './escalation.types';
import { followLeg } from './follow-leg';
import type { AnswerRung, DecidingWorld, DeclineRung, IssueRung, LadderCommand, ProposeRung, RecordInterview } from './ladder.commands';
import { evolveLadder, isOf, NO_LADDER, type Ladder, type LadderState, type RungRecord } from './ladder.state';

const actOf = ({ at, on, by }: LadderCommand): Act => ({ at, on, by: stampOf(by) });
const missedOf = ({ findingId, number, legId, unitId, dueAt }: Ladder, rung: Rung) => ({ findingId, number, legId, unitId, dueAt, rung });
const hasRole = (by: Actor, ...roles: readonly Role[]): boolean => by.roles.some((role) => roles.includes(role));

type Known = Readonly<{ ladder: Ladder; known: RungRecord }>;
/** Of several units that missed the same due time the last one is meant. */
const mustKnow = ({ ladders }: LadderState, { rung, dueAt }: Readonly<{ rung: Rung; dueAt: string }>): Known => {
  const ladder = ladders.findLast((one) => one.dueAt === dueAt) ?? reject('rung-not-found');
  return { ladder, known: ladder.rungs[rung] ?? reject('rung-not-found') };
};

/** 催办 by the office, 督办函 by its head, 约谈 and 挂牌 by its head or a leader; against the office itself by a leader alone. */
const mustDecide = (by: Actor, rung: Rung, ladder: Ladder, { managingOffice, standingUnit, inCharge }: DecidingWorld): void => {
  const own: readonly UnitId[] = [by.unitId, ...by.ownUnits];
  if (own.includes(ladder.unitId) || own.includes(standingUnit)) reject('rung-avoidance');
  const office = by.unitId === managingOffice;
  const asOffice = office && (hasRole(by, 'office-head') || (rung === 'urging' && hasRole(by, 'office')));
  const asLeader = (rung === 'interview' || rung === 'listing' || standingUnit === managingOffice) && hasRole(by, 'leader') && inCharge;
  if (!asOffice && !asLeader) reject('rung-not-yours');
};

const runs = (ladder: Ladder, clock: LegClock): boolean => clock.state === 'running' && isOf(ladder, clock);

const propose = (command: ProposeRung, { ladders }: LadderState): readonly EscalationEvent[] => {
  if (!hasRole(command.by, 'system')) reject('rung-by-rule-only');
  const { rung, dueAt, clock, earliest, overdueDays, addressees } = command.data;
  const ladder = ladders.at(-1);
  if (ladder === undefined || ladder.dueAt !== dueAt || ladder.halted !== null || !runs(ladder, clock)) return [];
  const step = ladder.steps.find((planned) => planned.step === rung);
  const standing = ladder.rungs[rung];
  if (step === undefined || (standing !== undefined && standing.state !== 'lapsed')) return [];
  if (earliest === null || command.at < earliest) return [];
  const { rule, replyDays } = step;
  return [{ type: 'RungProposed', data: { ...missedOf(ladder, rung), rule, overdueDays, addressees, replyDays, ...actOf(command) } }];
};

/** Whether a decision on a proposal may be taken; false: it is what stands already. */
const undecided = (known: RungRecord, again: boolean): boolean => {
  if (known.state === 'proposed') return true;
  if (known.state === 'lapsed') return reject('rung-lapsed');
  return again ? false : reject('rung-decided');
};

const issue = (command: IssueRung, state: LadderState): readonly EscalationEvent[] => {
  const { rung, world, addressees, replyBy, changed, together } = command.data;
  const { ladder, known } = mustKnow(state, command.data);
  mustDecide(command.by, rung, ladder, world);
  if (together !== undefined && together.unitId !== world.standingUnit) reject('rung-of-another-unit');
  const text = command.data.text.trim();
  const same = { addressees, text, replyBy, ...(together === undefined ? {} : { togetherId: together.id }) };
  if (!undecided(known, known.state === 'issued' && JSON.stringify(known.issued) === JSON.stringify(same))) return [];
  if (!runs(ladder, world.clock)) reject('rung-ground-gone');
  if (text === '') reject('rung-text-required');
  if (addressees.length === 0) reject('rung-addressee-required');
  if (replyBy !== null && replyBy < localDateOf(command.at)) reject('rung-reply-day-invalid');
  return [{ type: 'RungIssued', data: { ...missedOf(ladder, rung), ...same, changed, ...actOf(command) } }];
};

const decline = (command: DeclineRung, state: LadderState): readonly EscalationEvent[] => {
  const { rung, world } = command.data;
  const { ladder, known } = mustKnow(state, command.data);
  mustDecide(command.by, rung, ladder, world);
  const reason = command.data.reason.trim();
  if (!undecided(known, known.state === 'declined')) return [];
  if (reason === '') reject('rung-reason-required');
  return [{ type: 'RungDeclined', data: { ...missedOf(ladder, rung), reason, ...actOf(command) } }];
};

const answer = (command: AnswerRung, state: LadderState): readonly EscalationEvent[] => {
  const { rung, standingUnit } = command.data;
  const { ladder, known } = mustKnow(state, command.data);
  if (command.by.unitId !== standingUnit || !hasRole(command.by, 'clerk', 'deputy', 'head')) reject('rung-not-yours');
  const text = command.data.text.trim();
  if (known.issued === null) return reject('rung-not-issued');
  if (known.answered) reject('rung-answered');
  if (text === '') reject('rung-text-required');
  const { replyBy } = known.issued;
  const late = replyBy !== null && localDateOf(command.at) > replyBy;
  return [{ type: 'RungAnswered', data: { ...missedOf(ladder, rung), text, late, ...actOf(command) } }];
};

const record = (command: RecordInterview, state: LadderState): readonly EscalationEvent[] => {
  const { world, metOn, heldBy, met, nextOn } = command.data;
  const { ladder, known } = mustKnow(state, { ...command.data, rung: 'interview' });
  const own: readonly UnitId[] = [command.by.unitId, ...command.by.ownUnits];
  if (own.includes(ladder.unitId) || own.includes(world.standingUnit)) reject('rung-avoidance');
  const office = command.by.unitId === world.managingOffice && hasRole(command.by, 'office', 'office-head');
  if (!office && !(hasRole(command.by, 'leader') && world.inCharge)) reject('rung-not-yours');
  if (known.issued === null) reject('rung-not-issued');
  if (known.interviewed) reject('interview-recorded');
  if (metOn > localDateOf(command.at)) reject('interview-day-in-future');
  if (nextOn !== null && nextOn <= metOn) reject('interview-next-day-invalid');
  if (heldBy.length === 0 || met.length === 0) reject('interview-people-required');
  const agreed = command.data.agreed.trim();
  if (agreed === '') reject('rung-text-required');
  return [{ type: 'InterviewRecorded', data: { ...missedOf(ladder, 'interview'), metOn, heldBy, met, agreed, nextOn, ...actOf(command) } }];
};

const decide = (command: LadderCommand, state: LadderState): readonly EscalationEvent[] => {
  switch (command.type) {
    case 'FollowLeg':
      return hasRole(command.by, 'system') ? followLeg(command, state) : reject('rung-by-rule-only');
    case 'ProposeRung':
      return propose(command, state);
    case 'IssueRung':
      return issue(command, state);
    case 'DeclineRung':
      return decline(command, state);
    case 'AnswerRung':
      return answer(command, state);
    case 'RecordInterview':
      return record(command, state);
    default:
      return assertNever(command);
  }
};

export const ladderDecider: Decider<LadderState, LadderCommand, EscalationEvent> = { initial: NO_LADDER, decide, evolve: evolveLadder };
