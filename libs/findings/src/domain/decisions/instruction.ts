import type { UnitId } from '@app/kernel';
import { dueGiven, strongest, type DueTime } from '@app/worktime';
import { dueByRule, findingScope } from '../dues';
import type { GiveInstruction, ReplyToInstruction } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingEvent } from '../finding.events';
import { legsOf, type Assignment, type FindingState, type Leg } from '../finding.state';
import { deadlineKey } from '../finding.types';
import { actOf, hasRole, isOffice, mustExist, mustSay, sameUnit, type Present } from '../guards';
import { UNIT_ROLES } from './leg-rights';

/** Acting legs whose own clock can still be moved: what was handed in waits for the office. */
export const openActingLegs = (work: Assignment): readonly Leg[] =>
  legsOf(work).filter((leg) => leg.duty === 'acts' && leg.stage !== 'submitted' && leg.stage !== 'passed');

const workOf = (state: Present): Assignment | null => ('work' in state ? state.work : null);

/** Those addressed; where the leader names nobody, the units that act, and before the transfer the office. */
const addressed = (command: GiveInstruction, state: Present): readonly UnitId[] => {
  if (command.data.toUnits.length > 0) return [...new Set(command.data.toUnits)];
  const acting = legsOf(workOf(state) ?? NOTHING).flatMap((leg) => (leg.duty === 'acts' ? [leg.unitId] : []));
  return acting.length > 0 ? [...new Set(acting)] : [command.world.managingOffice];
};
const NOTHING = { legs: {} } as Assignment;

/** R18: a leader's date beats the list's row and the rule, never the upper level's; of two instructions the earlier holds. */
const moves = (command: GiveInstruction, state: FindingState, given: DueTime): readonly FindingEvent[] =>
  state.phase !== 'assigned'
    ? []
    : openActingLegs(state.work)
        .filter((leg) => strongest([leg.due, given]) === given)
        .map(({ legId }) => ({
          type: 'DueTimeMoved',
          data: { ...actOf(command), key: deadlineKey('rectify', legId), legId, due: given, because: 'instruction' },
        }));

/** 批示: by a leader, with a date to reply by and, if the leader says so, a date to rectify by. */
export const giveInstruction = (command: GiveInstruction, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  const { by, at, world } = command;
  const { replyBy, rectifyBy } = command.data;
  if (!hasRole(by, 'leader')) return reject('leader-only');
  if (known.phase === 'ended') return reject('finding-closed');
  const text = mustSay(command.data.text);
  const seq = known.core.instructions.length + 1;
  const reference = `批示 ${String(seq)}`;
  const given = (day: NonNullable<typeof replyBy>): DueTime =>
    dueGiven({ day, source: 'instruction', reference, calendar: world.calendar });
  const replyDue = replyBy === null ? dueByRule(world, { kind: 'instruction', ...findingScope(known.core) }, at) : given(replyBy);
  return [
    {
      type: 'InstructionGiven',
      data: { ...actOf(command), seq, leader: by.personId, text, toUnits: addressed(command, known), replyDue, rectifyBy },
    },
    ...(rectifyBy === null ? [] : moves(command, known, given(rectifyBy))),
  ];
};

export const replyToInstruction = (command: ReplyToInstruction, state: FindingState): readonly FindingEvent[] => {
  const known = mustExist(state);
  const { by, world } = command;
  const { seq } = command.data;
  const found = known.core.instructions.find((instruction) => instruction.seq === seq) ?? reject('instruction-not-found');
  const asked = known.core.deadlines[deadlineKey('instruction', String(seq))]?.unitId;
  const units = [...legsOf(workOf(known) ?? NOTHING).map((leg) => leg.unitId), ...(asked === undefined ? [] : [asked])];
  const ofThem = hasRole(by, ...UNIT_ROLES) && units.some((unit) => sameUnit(world, unit, by.unitId));
  if (!ofThem && !isOffice(by, world)) return reject('not-yours');
  const text = mustSay(command.data.text);
  if (found.reply !== null) return found.reply === text ? [] : reject('instruction-not-found');
  return [{ type: 'InstructionReplied', data: { ...actOf(command), seq, unitId: by.unitId, text } }];
};
