import { localDate, SYSTEM, type FindingId, type ListId, type PersonId, type UnitId } from '@app/kernel';
import { specFor } from '@app/testing';
import {
  accepted,
  ACCEPTED_AT,
  ACTORS,
  allPassed,
  assigned,
  at,
  aWorld,
  cleared,
  delivered,
  DELIVERED_AT,
  DEPARTMENT_LEG,
  filed,
  GUIDING_LEG,
  happened,
  order,
  stateOf,
  TOWN_LEG,
  transferred,
  UNITS,
  verified,
} from '../../testing/finding-builders';
import { findingDecider } from '../finding.decider';
import type { TransferFinding } from '../finding.commands';
import type { FindingEvent } from '../finding.events';
import type { LegPlan } from '../finding.types';

const given = specFor(findingDecider);
const { office, teamHead, townHead } = ACTORS;
const plan = (over: Partial<TransferFinding['data']> = {}): TransferFinding['data'] => ({
  legs: [TOWN_LEG, DEPARTMENT_LEG],
  assisting: [],
  copies: [],
  proposed: null,
  overruledBecause: null,
  singleLegBecause: null,
  independent: null,
  ...over,
});
const ready = [filed(), accepted()];
const transfer = (over: Partial<TransferFinding['data']> = {}, by = office) => order('TransferFinding', plan(over), by, DELIVERED_AT);
const duesOf = (past: readonly FindingEvent[], over: Partial<TransferFinding['data']> = {}) =>
  findingDecider
    .decide(transfer(over), stateOf(...past))
    .flatMap((e) => (e.type === 'LegDelivered' ? [[e.data.unitId, e.data.due.day, e.data.due.source]] : []));
const officeLeg: LegPlan = { ...DEPARTMENT_LEG, unitId: UNITS.office };

describe('Transferring a finding', () => {
  it('delivers both legs at once and starts their clocks', () => {
    const past = [...ready, transferred()];
    given(...ready)
      .when(transfer())
      .then(transferred(), delivered(TOWN_LEG, past), delivered(DEPARTMENT_LEG, past));
    const state = stateOf(...assigned());
    expect(state.phase === 'assigned' && Object.keys(state.core.deadlines)).toStrictEqual([
      'sign/L1',
      'rectify/L1',
      'sign/L2',
      'rectify/L2',
    ]);
    expect(delivered(TOWN_LEG, past).data.signDue.at).toBe(at('2020-07-08', '17:30'));
  });

  it('gives a guiding leg its own shorter clock', () => {
    expect(duesOf(ready, { legs: [TOWN_LEG, GUIDING_LEG] })).toStrictEqual([
      [UNITS.town, '2020-07-28', 'rule'],
      [UNITS.department, '2020-07-14', 'rule'],
    ]);
  });

  it('dates legs by the upper level, then by instruction, then by the row of the list, then by rule', () => {
    const list = { listId: 'list' as ListId, row: '3', due: localDate('2020-07-20') };
    const upper = { authority: '省', batch: '1', number: '3', due: localDate('2020-08-31') };
    const instructed = happened(
      'InstructionGiven',
      {
        seq: 1,
        leader: ACTORS.leader.personId,
        text: '抓紧整改',
        toUnits: [UNITS.town],
        replyDue: filed().data.triageDue,
        rectifyBy: localDate('2020-07-15'),
      },
      ACTORS.leader,
      ACCEPTED_AT,
    );
    const single = { legs: [TOWN_LEG], singleLegBecause: '无行业部门' };
    expect(duesOf([filed({ list }), accepted()], single)).toStrictEqual([[UNITS.town, '2020-07-20', 'list-row']]);
    expect(duesOf([filed({ list }), accepted(), instructed], single)).toStrictEqual([[UNITS.town, '2020-07-15', 'instruction']]);
    expect(duesOf([filed({ list, upper }), accepted(), instructed], single)).toStrictEqual([[UNITS.town, '2020-08-24', 'upper']]);
  });

  it('gives the upper level’s own day where the inner one has gone', () => {
    const upper = { authority: '省', batch: '1', number: '3', due: localDate('2020-07-10') };
    expect(duesOf([filed({ upper }), accepted()])[0]).toStrictEqual([UNITS.town, '2020-07-10', 'upper']);
  });

  it('ends a staged one with its last stage', () => {
    const staged = order(
      'AcceptFinding',
      { rectification: 'staged', seriousness: 'ordinary', reason: null, stages: [{ text: '一', checkOn: localDate('2020-09-30') }] },
      office,
      ACCEPTED_AT,
    );
    const past = [filed(), ...findingDecider.decide(staged, stateOf(filed()))];
    expect(duesOf(past)[0]).toStrictEqual([UNITS.town, '2020-09-30', 'rule']);
  });

  it('needs one leading, acting leg and one leg per line', () => {
    const wrong: readonly (readonly LegPlan[])[] = [
      [],
      [{ ...TOWN_LEG, leads: false }, DEPARTMENT_LEG],
      [TOWN_LEG, { ...DEPARTMENT_LEG, leads: true }],
      [TOWN_LEG, { ...DEPARTMENT_LEG, line: 'territorial' }],
      [TOWN_LEG, { ...DEPARTMENT_LEG, legId: TOWN_LEG.legId }],
      [{ ...TOWN_LEG, duty: 'guides' }, DEPARTMENT_LEG],
    ];
    for (const legs of wrong)
      given(...ready)
        .when(transfer({ legs }))
        .thenRejects('legs-invalid');
  });

  it('over the proposed legs needs a reason; following them needs none', () => {
    const proposed = [TOWN_LEG, GUIDING_LEG];
    given(...ready)
      .when(transfer({ proposed }))
      .thenRejects('overrule-reason-required');
    expect(findingDecider.decide(transfer({ proposed, overruledBecause: '部门主责' }), stateOf(...ready))[0]).toStrictEqual(
      transferred({ overruledBecause: '部门主责' }),
    );
    const same = [{ ...DEPARTMENT_LEG, legId: 'other' as never }, TOWN_LEG];
    expect(findingDecider.decide(transfer({ proposed: same, overruledBecause: '多余' }), stateOf(...ready))[0]).toStrictEqual(
      transferred(),
    );
  });

  it('on one leg alone needs a reason, except immediate ones and tasks', () => {
    given(...ready)
      .when(transfer({ legs: [TOWN_LEG] }))
      .thenRejects('single-leg-reason-required');
    expect(duesOf([filed(), accepted({ rectification: 'immediate' })], { legs: [TOWN_LEG] })).toStrictEqual([
      [UNITS.town, '2020-07-10', 'rule'],
    ]);
    expect(duesOf([filed({ kind: 'task' }), accepted()], { legs: [TOWN_LEG] })).toHaveLength(1);
    given(filed({ kind: 'task' }), accepted())
      .when(transfer())
      .thenRejects('task-has-one-leg');
  });

  it('is the office’s; the head of the team hands over what was accepted on the spot', () => {
    given(...ready)
      .when(transfer({}, townHead))
      .thenRejects('not-yours');
    given(...ready)
      .when(transfer({}, teamHead))
      .thenRejects('not-yours');
    const onTheSpot = stateOf(filed(), accepted({ rectification: 'immediate' }, teamHead));
    expect(findingDecider.decide(transfer({ legs: [TOWN_LEG] }, teamHead), onTheSpot)).toHaveLength(2);
    const list = { listId: 'list' as ListId, row: '3', due: null };
    expect(findingDecider.decide(transfer({}, SYSTEM), stateOf(filed({ list }), accepted()))).toHaveLength(3);
    given(...ready)
      .when(transfer({}, SYSTEM))
      .thenRejects('not-yours');
  });

  it('to the managing office itself needs an independent unit and an authorised person', () => {
    const independent = { unitId: UNITS.independent, clearer: 'clearer' as PersonId, authorisedBy: '领导小组会议纪要〔2020〕3号' };
    const legs = [TOWN_LEG, officeLeg];
    given(...ready)
      .when(transfer({ legs }))
      .thenRejects('no-independent-unit');
    given(...ready)
      .when(transfer({ legs, independent: { ...independent, unitId: UNITS.team } }))
      .thenRejects('no-independent-unit');
    given(...ready)
      .when(transfer({ legs, independent: { ...independent, authorisedBy: '' } }))
      .thenRejects('no-independent-unit');
    const merged = aWorld({ succession: { [UNITS.independent]: UNITS.office } });
    given(...ready)
      .when(order('TransferFinding', plan({ legs, independent }), office, DELIVERED_AT, { world: merged }))
      .thenRejects('no-independent-unit');
    expect(findingDecider.decide(transfer({ legs, independent }), stateOf(...ready))[0]).toStrictEqual(transferred({ legs, independent }));
    expect(findingDecider.decide(transfer({ independent }), stateOf(...ready))[0]).toStrictEqual(transferred());
  });

  it('reaches the unit that stands today', () => {
    const successor = 'town-merged' as UnitId;
    const world = aWorld({ succession: { [UNITS.town]: successor } });
    const events = findingDecider.decide(
      order('TransferFinding', plan({ copies: [UNITS.town, successor] }), office, DELIVERED_AT, { world }),
      stateOf(...ready),
    );
    expect(events[0]).toStrictEqual(transferred({ legs: [{ ...TOWN_LEG, unitId: successor }, DEPARTMENT_LEG], copies: [successor] }));
  });

  it('is quiet the second time and refused before triage, with other legs, and after the end', () => {
    given(...assigned())
      .when(transfer())
      .thenNothing();
    given(...assigned())
      .when(transfer({ legs: [TOWN_LEG], singleLegBecause: 'x' }))
      .thenRejects('already-transferred');
    given(filed()).when(transfer()).thenRejects('not-triaged');
    given(...allPassed(), verified(), cleared())
      .when(transfer())
      .thenRejects('finding-closed');
  });
});

describe('Splitting a finding over several towns', () => {
  const child = (id: string, townId: UnitId) => ({ findingId: id as FindingId, townId, number: `QL-2020-${id}` });
  const children = [child('a', UNITS.town), child('b', UNITS.otherTown)];
  const split = happened('FindingSplit', { children }, office, ACCEPTED_AT);

  it('makes one child per town, before the transfer', () => {
    given(...ready)
      .when(order('SplitFinding', { children }, office, ACCEPTED_AT))
      .then(split);
    given(filed())
      .when(order('SplitFinding', { children }, office, ACCEPTED_AT))
      .thenRejects('not-triaged');
    given(...assigned())
      .when(order('SplitFinding', { children }, office, DELIVERED_AT))
      .thenRejects('already-transferred');
    given(...ready)
      .when(order('SplitFinding', { children }, townHead, ACCEPTED_AT))
      .thenRejects('not-yours');
  });

  it('needs two different towns and no child of a child', () => {
    const wrong = [
      [children[0] ?? child('a', UNITS.town)],
      [child('a', UNITS.town), child('b', UNITS.town)],
      [child('a', UNITS.town), child('a', UNITS.otherTown)],
    ];
    for (const some of wrong)
      given(...ready)
        .when(order('SplitFinding', { children: some }, office, ACCEPTED_AT))
        .thenRejects('children-invalid');
    given(filed({ parentId: 'p' as FindingId }), accepted())
      .when(order('SplitFinding', { children }, office, ACCEPTED_AT))
      .thenRejects('children-invalid');
    given(filed({ kind: 'task' }), accepted())
      .when(order('SplitFinding', { children }, office, ACCEPTED_AT))
      .thenRejects('children-invalid');
  });

  it('is quiet the second time and refused with other children', () => {
    given(...ready, split)
      .when(order('SplitFinding', { children }, office, ACCEPTED_AT))
      .thenNothing();
    const other = [child('a', UNITS.town), child('c', UNITS.otherTown)];
    given(...ready, split)
      .when(order('SplitFinding', { children: other }, office, ACCEPTED_AT))
      .thenRejects('already-split');
  });

  it('leaves the department’s leg on the parent and the towns’ on the children', () => {
    const sectoral = { ...DEPARTMENT_LEG, leads: true };
    expect(duesOf([...ready, split], { legs: [sectoral] })).toStrictEqual([[UNITS.department, '2020-07-28', 'rule']]);
    expect(duesOf([...ready, split], { legs: [] })).toStrictEqual([]);
    given(...ready, split)
      .when(transfer())
      .thenRejects('legs-invalid');
    const ofParent = [filed({ parentId: 'p' as FindingId }), accepted()];
    expect(duesOf(ofParent, { legs: [TOWN_LEG] })).toStrictEqual([[UNITS.town, '2020-07-28', 'rule']]);
    given(...ofParent)
      .when(transfer())
      .thenRejects('sectoral-leg-on-parent-only');
  });
});
