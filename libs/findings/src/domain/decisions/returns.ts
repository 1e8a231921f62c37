import { dueAfter, type DueTime } from '@app/worktime';
import type { Instant } from '@app/kernel';
import { dueByRule, findingScope, legDue, signDueOf } from '../dues';
import type { ObjectToRuling, RecordJointRuling, ReturnLeg, RuleOnReturn, World } from '../finding.commands';
import { reject } from '../finding.errors';
import type { FindingEvent } from '../finding.events';
import type { Assignment, Core, FindingState, Leg } from '../finding.state';
import {
  actOf,
  mustBeAssigned,
  mustBeOffice,
  mustHaveLeg,
  mustHaveRole,
  mustHoldLeg,
  mustSay,
  sameUnit,
  today,
  type Assigned,
} from '../guards';
import { isAtWork, mustNotBePaused, UNIT_ROLES } from './leg-rights';

/** A return comes within two working days of delivery (R21). */
const RETURN_WITHIN_DAYS = 2;
const returnDueOf = (world: World, deliveredAt: Instant): DueTime =>
  dueAfter({ deliveredAt, days: RETURN_WITHIN_DAYS, unit: 'working', calendar: world.calendar, rule: { id: 'return', version: 1 } });

const rulingDueOf = (world: World, core: Core, at: Instant): DueTime => dueByRule(world, { kind: 'ruling', ...findingScope(core) }, at);

/** 退单: once per unit and finding. Whoever returns has received, so it is signed for as well. */
export const returnLeg = (command: ReturnLeg, state: FindingState): readonly FindingEvent[] => {
  const { core, work } = mustBeAssigned(state);
  const { by, at, world, data } = command;
  const leg = mustHaveLeg(work, data.legId);
  mustHoldLeg(by, world, leg, ...UNIT_ROLES);
  if (work.returnedBy.some((unit) => sameUnit(world, unit, leg.unitId))) reject('returned-before');
  if (!isAtWork(leg)) reject('leg-not-open');
  mustNotBePaused(leg);
  if (data.ground === 'not-true' && core.kind === 'task') reject('task-cannot');
  if (at > returnDueOf(world, leg.deliveredAt).at) reject('return-too-late');
  const act = actOf(command);
  const { legId, unitId } = leg;
  const returned: FindingEvent = {
    type: 'LegReturned',
    data: {
      legId,
      unitId,
      ground: data.ground,
      text: mustSay(data.text),
      rulingDue: rulingDueOf(world, core, at),
      objection: false,
      ...act,
    },
  };
  return leg.signed ? [returned] : [{ type: 'LegSignedFor', data: { legId, unitId, deemed: false, ...act } }, returned];
};

/** The unit that gets a moved leg has a full clock: the row's date was meant for the one before (R21). */
const movedDue = (world: World, { core, work }: Assigned, leg: Leg, at: Instant): DueTime => {
  const due = legDue(world, core, work, leg, at);
  return due.source === 'list-row' ? legDue(world, { ...core, list: null }, work, leg, at) : due;
};

/** 裁定: the office within its two days; after an objection the leader, whose ruling is final. */
/** The same ruling again: the leg stayed, or it was moved to that unit. */
const isAsRuled = ({ data, world }: RuleOnReturn, leg: Leg, work: Assignment): boolean => {
  if (data.ruling === 'stays') return leg.ruling !== null;
  return data.toUnitId !== null && work.returnedBy.length > 0 && sameUnit(world, data.toUnitId, leg.unitId);
};

export const ruleOnReturn = (command: RuleOnReturn, state: FindingState): readonly FindingEvent[] => {
  const known = mustBeAssigned(state);
  const { core, work } = known;
  const { by, at, world, data } = command;
  const leg = mustHaveLeg(work, data.legId);
  const final = leg.stage === 'under-return' && leg.returned.objection;
  if (final) mustHaveRole(by, 'leader');
  else mustBeOffice(by, world);
  if (leg.stage !== 'under-return') return isAsRuled(command, leg, work) ? [] : reject('nothing-to-rule');
  const { legId, unitId } = leg;
  const act = actOf(command);
  const reason = mustSay(data.reason, 'reason-required');
  const ruled = (toUnitId: Leg['unitId'] | null): FindingEvent => ({
    type: 'ReturnRuled',
    data: { legId, unitId, ruling: data.ruling, toUnitId, reason, final, ...act },
  });
  switch (data.ruling) {
    case 'stays':
      return [ruled(null)];
    case 'moved': {
      const toUnitId = data.toUnitId === null ? reject('ruling-needs-unit') : today(world, data.toUnitId);
      if (sameUnit(world, toUnitId, unitId)) reject('ruling-needs-unit');
      // Nobody independent was named when the finding was transferred, so its clearance would have no one to give it (R9).
      if (sameUnit(world, toUnitId, world.managingOffice) && work.independent === null) reject('no-independent-unit');
      if (work.independent !== null && sameUnit(world, toUnitId, work.independent.unitId)) reject('no-independent-unit');
      const due = movedDue(world, known, leg, at);
      return [
        ruled(toUnitId),
        { type: 'LegDelivered', data: { legId, unitId: toUnitId, due, signDue: signDueOf(world, core, at), movedFrom: unitId, ...act } },
      ];
    }
    case 'untrue': {
      if (core.upper !== null) reject('upper-level-immutable');
      if (core.kind === 'task') reject('task-cannot');
      const teamNote = data.teamNote?.trim() ?? '';
      if (teamNote === '') reject('team-note-required');
      return [ruled(null), { type: 'FindingDismissed', data: { reason, teamNote, ...act } }];
    }
  }
};

/** The further objection to a ruling, once; it goes to the leader in charge. */
export const objectToRuling = (command: ObjectToRuling, state: FindingState): readonly FindingEvent[] => {
  const { core, work } = mustBeAssigned(state);
  const { by, at, world, data } = command;
  const leg = mustHaveLeg(work, data.legId);
  mustHoldLeg(by, world, leg, ...UNIT_ROLES);
  if (leg.ruling === null) return reject('nothing-to-rule');
  if (leg.ruling.final) reject('ruling-final');
  if (!isAtWork(leg)) reject('leg-not-open');
  mustNotBePaused(leg);
  const { legId, unitId, ruling } = leg;
  return [
    {
      type: 'LegReturned',
      data: {
        legId,
        unitId,
        ground: ruling.ground,
        text: mustSay(data.text),
        rulingDue: rulingDueOf(world, core, at),
        objection: true,
        ...actOf(command),
      },
    },
  ];
};

/** R22: the office puts down what was agreed, who took part, and which leg leads from now on. */
export const recordJointRuling = (command: RecordJointRuling, state: FindingState): readonly FindingEvent[] => {
  const { work } = mustBeAssigned(state);
  const { by, world, data } = command;
  mustBeOffice(by, world);
  const leading = mustHaveLeg(work, data.leadingLegId);
  if (leading.duty === 'guides') reject('leg-guides');
  const participants = data.participants.map((name) => name.trim()).filter((name) => name !== '');
  if (participants.length === 0) reject('text-required');
  return [
    {
      type: 'JointRulingRecorded',
      data: { text: mustSay(data.text), participants, leadingLegId: leading.legId, ...actOf(command) },
    },
  ];
};
