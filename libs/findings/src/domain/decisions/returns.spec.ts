import { localDate, type ListId, type UnitId } from '@app/kernel';
import { specFor } from '@app/testing';
import { dueByRule, signDueOf } from '../dues';
import {
  ACTORS,
  allPassed,
  assigned,
  at,
  aWorld,
  cleared,
  delivered,
  DEPARTMENT_LEG,
  filed,
  filing,
  GUIDING_LEG,
  happened,
  L1,
  L2,
  leg,
  order,
  reported,
  stateOf,
  TOWN_LEG,
  underWork,
  UNITS,
  verified,
} from '../../testing/finding-builders';
import { findingDecider } from '../finding.decider';
import type { RuleOnReturn } from '../finding.commands';
import type { FindingEvent } from '../finding.events';

const given = specFor(findingDecider);
const { departmentClerk, departmentHead, townClerk, office, leader, otherDepartmentClerk } = ACTORS;
const when = at('2020-07-08', '15:00');
const later = at('2020-07-09', '10:00');
const world = aWorld();
const give = { legId: L2, ground: 'not-our-duty', text: '不属于我局职责' } as const;
const returned = happened(
  'LegReturned',
  { ...give, unitId: UNITS.department, rulingDue: dueByRule(world, { kind: 'ruling' }, when), objection: false },
  departmentClerk,
  when,
);
const rule = (over: Partial<RuleOnReturn['data']> = {}): RuleOnReturn['data'] => ({
  legId: L2,
  ruling: 'stays',
  toUnitId: null,
  reason: '三定方案已明确',
  teamNote: null,
  ...over,
});
const ruled = (ruling: 'stays' | 'moved' | 'untrue', toUnitId: UnitId | null = null, final = false, by = office) =>
  happened('ReturnRuled', { legId: L2, unitId: UNITS.department, ruling, toUnitId, reason: '三定方案已明确', final }, by, later);
const returning = [...underWork(), returned];
const clocks = (...past: readonly FindingEvent[]) => {
  const state = stateOf(...past);
  return state.phase === 'absent' ? [] : Object.keys(state.core.deadlines);
};

describe('Returning a leg', () => {
  it('stops its clock until it is ruled; the other leg runs on', () => {
    given(...underWork())
      .when(order('ReturnLeg', give, departmentClerk, when))
      .then(returned);
    expect(clocks(...underWork(), returned)).toStrictEqual(['rectify/L1', 'ruling/L2']);
  });

  it('signs for it as well, where nobody had', () => {
    const signed = happened('LegSignedFor', { legId: L2, unitId: UNITS.department, deemed: false }, departmentClerk, when);
    given(...assigned())
      .when(order('ReturnLeg', give, departmentClerk, when))
      .then(signed, returned);
  });

  it('comes within two working days of delivery', () => {
    const last = at('2020-07-09', '17:30');
    expect(findingDecider.decide(order('ReturnLeg', give, departmentClerk, last), stateOf(...underWork()))).toHaveLength(1);
    given(...underWork())
      .when(order('ReturnLeg', give, departmentClerk, at('2020-07-09', '17:31')))
      .thenRejects('return-too-late');
  });

  it('happens once per unit and finding, while the leg is worked on, by the unit that holds it', () => {
    given(...returning, ruled('stays'))
      .when(order('ReturnLeg', give, departmentHead, later))
      .thenRejects('returned-before');
    given(...returning)
      .when(order('ReturnLeg', give, departmentClerk, when))
      .thenRejects('returned-before');
    given(...underWork(), reported(TOWN_LEG))
      .when(order('ReturnLeg', { ...give, legId: L1 }, townClerk, when))
      .thenRejects('leg-not-open');
    given(...underWork())
      .when(order('ReturnLeg', give, townClerk, when))
      .thenRejects('not-yours');
    given(...underWork())
      .when(order('ReturnLeg', { ...give, legId: leg('L9') }, townClerk, when))
      .thenRejects('leg-not-found');
    given(...underWork())
      .when(order('ReturnLeg', { ...give, text: '' }, departmentClerk, when))
      .thenRejects('text-required');
    given(filed())
      .when(order('ReturnLeg', give, departmentClerk, when))
      .thenRejects('not-transferred');
    given(...allPassed(), verified(), cleared())
      .when(order('ReturnLeg', give, departmentClerk, when))
      .thenRejects('finding-closed');
  });

  it('of a task is never for being untrue', () => {
    const task = underWork({ filed: { kind: 'task' }, transferred: { legs: [TOWN_LEG] } });
    given(...task)
      .when(order('ReturnLeg', { ...give, legId: L1, ground: 'not-true' }, townClerk, when))
      .thenRejects('task-cannot');
  });
});

describe('Ruling on a return', () => {
  it('that stays lets the clock run on as it was', () => {
    given(...returning)
      .when(order('RuleOnReturn', rule(), office, later))
      .then(ruled('stays'));
    const [before, after] = [stateOf(...underWork()), stateOf(...returning, ruled('stays'))];
    expect(after.phase === 'assigned' && after.core.deadlines['rectify/L2']).toStrictEqual(
      before.phase === 'assigned' && before.core.deadlines['rectify/L2'],
    );
  });

  it('stays quiet when it is given again', () => {
    given(...returning, ruled('stays'))
      .when(order('RuleOnReturn', rule(), office, later))
      .thenNothing();
    const plan = { ...DEPARTMENT_LEG, unitId: UNITS.otherDepartment };
    const moved = [...returning, ruled('moved', UNITS.otherDepartment)];
    given(...moved, delivered(plan, moved, later, UNITS.department))
      .when(order('RuleOnReturn', rule({ ruling: 'moved', toUnitId: UNITS.otherDepartment }), office, later))
      .thenNothing();
  });

  it('that moves it gives the new unit a full clock and takes the leg from the old one', () => {
    const moved = rule({ ruling: 'moved', toUnitId: UNITS.otherDepartment });
    const plan = { ...DEPARTMENT_LEG, unitId: UNITS.otherDepartment };
    const delivery = delivered(plan, [...returning, ruled('moved', UNITS.otherDepartment)], later, UNITS.department);
    given(...returning)
      .when(order('RuleOnReturn', moved, office, later))
      .then(ruled('moved', UNITS.otherDepartment), delivery);
    expect(delivery.data.due.day).toBe('2020-07-30');
    const past = [...returning, ruled('moved', UNITS.otherDepartment), delivery];
    given(...past)
      .when(order('SignForLeg', { legId: L2 }, departmentClerk, later))
      .thenRejects('not-yours');
    given(...past)
      .when(order('SignForLeg', { legId: L2 }, otherDepartmentClerk, later))
      .then(happened('LegSignedFor', { legId: L2, unitId: UNITS.otherDepartment, deemed: false }, otherDepartmentClerk, later));
    expect(clocks(...past)).toStrictEqual(['rectify/L1', 'sign/L2', 'rectify/L2']);
  });

  it('does not pass the date of the list’s row on to the new unit', () => {
    const list = { listId: 'list' as ListId, row: '3', due: localDate('2020-07-13') };
    const past = [...underWork({ filed: { list } }), returned];
    const [, delivery] = findingDecider.decide(
      order('RuleOnReturn', rule({ ruling: 'moved', toUnitId: UNITS.otherDepartment }), office, later),
      stateOf(...past),
    );
    expect(delivery?.type === 'LegDelivered' && [delivery.data.due.day, delivery.data.due.source]).toStrictEqual(['2020-07-30', 'rule']);
  });

  it('gives a guiding leg its shorter clock again', () => {
    const past = [...underWork({ transferred: { legs: [TOWN_LEG, GUIDING_LEG] } }), returned];
    const [, delivery] = findingDecider.decide(
      order('RuleOnReturn', rule({ ruling: 'moved', toUnitId: UNITS.otherDepartment }), office, later),
      stateOf(...past),
    );
    expect(delivery?.type === 'LegDelivered' && delivery.data).toMatchObject({
      due: { day: '2020-07-16' },
      signDue: signDueOf(world, filing(), later),
    });
  });

  it('that finds it untrue ends the finding, with the team’s note', () => {
    const untrue = rule({ ruling: 'untrue', teamNote: '检查组复核属实无误' });
    given(...returning)
      .when(order('RuleOnReturn', untrue, office, later))
      .then(ruled('untrue'), happened('FindingDismissed', { reason: '三定方案已明确', teamNote: '检查组复核属实无误' }, office, later));
    given(...returning)
      .when(order('RuleOnReturn', rule({ ruling: 'untrue' }), office, later))
      .thenRejects('team-note-required');
    const upper = { authority: '省', batch: '1', number: '3', due: null };
    given(...underWork({ filed: { upper } }), returned)
      .when(order('RuleOnReturn', untrue, office, later))
      .thenRejects('upper-level-immutable');
    given(...underWork({ filed: { kind: 'task' } }), returned)
      .when(order('RuleOnReturn', untrue, office, later))
      .thenRejects('task-cannot');
  });

  it('is the office’s, and needs a return, a reason and another unit', () => {
    given(...returning)
      .when(order('RuleOnReturn', rule(), departmentHead, later))
      .thenRejects('not-yours');
    given(...returning)
      .when(order('RuleOnReturn', rule(), leader, later))
      .thenRejects('not-yours');
    given(...underWork())
      .when(order('RuleOnReturn', rule(), office, later))
      .thenRejects('nothing-to-rule');
    given(...returning)
      .when(order('RuleOnReturn', rule({ reason: '' }), office, later))
      .thenRejects('reason-required');
    for (const toUnitId of [null, UNITS.department]) {
      given(...returning)
        .when(order('RuleOnReturn', rule({ ruling: 'moved', toUnitId }), office, later))
        .thenRejects('ruling-needs-unit');
    }
    const merged = aWorld({ succession: { [UNITS.otherDepartment]: UNITS.department } });
    given(...returning)
      .when(order('RuleOnReturn', rule({ ruling: 'moved', toUnitId: UNITS.otherDepartment }), office, later, { world: merged }))
      .thenRejects('ruling-needs-unit');
    given(...returning)
      .when(order('RuleOnReturn', rule({ ruling: 'moved', toUnitId: UNITS.office }), office, later))
      .thenRejects('no-independent-unit');
  });
});

describe('Objecting to a ruling', () => {
  const stayed = [...returning, ruled('stays')];
  const object = { legId: L2, text: '与市里规定不符' };
  const objected = happened(
    'LegReturned',
    {
      ...object,
      unitId: UNITS.department,
      ground: 'not-our-duty',
      rulingDue: dueByRule(world, { kind: 'ruling' }, later),
      objection: true,
    },
    departmentHead,
    later,
  );

  it('goes to the leader, whose ruling is final', () => {
    given(...stayed)
      .when(order('ObjectToRuling', object, departmentHead, later))
      .then(objected);
    given(...stayed, objected)
      .when(order('RuleOnReturn', rule(), office, later))
      .thenRejects('not-yours');
    given(...stayed, objected)
      .when(order('RuleOnReturn', rule(), leader, later))
      .then(ruled('stays', null, true, leader));
    const ended = [...stayed, objected, ruled('stays', null, true, leader)];
    given(...ended)
      .when(order('ObjectToRuling', object, departmentHead, later))
      .thenRejects('ruling-final');
  });

  it('needs a ruling, words, the unit, and a leg that is not reported yet', () => {
    given(...underWork())
      .when(order('ObjectToRuling', object, departmentHead, later))
      .thenRejects('nothing-to-rule');
    given(...stayed)
      .when(order('ObjectToRuling', { ...object, text: '' }, departmentHead, later))
      .thenRejects('text-required');
    given(...stayed)
      .when(order('ObjectToRuling', object, townClerk, later))
      .thenRejects('not-yours');
    given(...stayed, reported(DEPARTMENT_LEG))
      .when(order('ObjectToRuling', object, departmentHead, later))
      .thenRejects('leg-not-open');
  });
});

describe('A joint ruling', () => {
  const joint = { text: '由部门牵头', participants: ['镇', '局'], leadingLegId: L2 };

  it('says who took part and which leg leads from now on', () => {
    const recorded = happened('JointRulingRecorded', joint, office, later);
    given(...underWork())
      .when(order('RecordJointRuling', joint, office, later))
      .then(recorded);
    const state = stateOf(...underWork(), recorded);
    expect(state.phase === 'assigned' && Object.values(state.work.legs).map((l) => [l.legId, l.leads])).toStrictEqual([
      [L1, false],
      [L2, true],
    ]);
  });

  it('is the office’s and needs participants and an acting leg', () => {
    given(...underWork())
      .when(order('RecordJointRuling', joint, departmentHead, later))
      .thenRejects('not-yours');
    given(...underWork())
      .when(order('RecordJointRuling', { ...joint, participants: [' '] }, office, later))
      .thenRejects('text-required');
    given(...underWork())
      .when(order('RecordJointRuling', { ...joint, leadingLegId: leg('L9') }, office, later))
      .thenRejects('leg-not-found');
    given(...underWork({ transferred: { legs: [TOWN_LEG, GUIDING_LEG] } }))
      .when(order('RecordJointRuling', joint, office, later))
      .thenRejects('leg-guides');
  });
});
