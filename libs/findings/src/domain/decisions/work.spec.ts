import { localDate } from '@app/kernel';
import { specFor } from '@app/testing';
import {
  ACTORS,
  anItem,
  assigned,
  at,
  aWorld,
  filed,
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
} from '../../testing/finding-builders';
import { findingDecider } from '../finding.decider';

const given = specFor(findingDecider);
const when = at('2020-07-08');
const { townClerk, townDeputy, townHead, departmentClerk, otherTownClerk, office } = ACTORS;
const town = { legId: L1, unitId: UNITS.town };
const guided = underWork({ transferred: { legs: [TOWN_LEG, GUIDING_LEG] } });
const handedIn = [...underWork(), reported(TOWN_LEG)];

describe('Signing for a leg', () => {
  it('is done by any receiving post of the unit, and quiet afterwards', () => {
    for (const by of [townClerk, townDeputy, townHead]) {
      given(...assigned())
        .when(order('SignForLeg', { legId: L1 }, by, when))
        .then(happened('LegSignedFor', { ...town, deemed: false }, by, when));
    }
    given(...underWork())
      .when(order('SignForLeg', { legId: L1 }, townClerk, when))
      .thenNothing();
  });

  it('is for the unit that holds the leg, its successor included', () => {
    given(...assigned())
      .when(order('SignForLeg', { legId: L1 }, otherTownClerk, when))
      .thenRejects('not-yours');
    given(...assigned())
      .when(order('SignForLeg', { legId: L1 }, office, when))
      .thenRejects('not-yours');
    given(...assigned())
      .when(order('SignForLeg', { legId: leg('L9') }, townClerk, when))
      .thenRejects('leg-not-found');
    given(filed())
      .when(order('SignForLeg', { legId: L1 }, townClerk, when))
      .thenRejects('not-transferred');
    const world = aWorld({ succession: { [UNITS.town]: UNITS.otherTown } });
    given(...assigned())
      .when(order('SignForLeg', { legId: L1 }, otherTownClerk, when, { world }))
      .then(happened('LegSignedFor', { ...town, deemed: false }, otherTownClerk, when));
  });
});

describe('Work inside the unit', () => {
  it('is assigned to a village or a person without an account', () => {
    const assign = { legId: L1, villageId: UNITS.village, assignee: '网格员' };
    given(...assigned())
      .when(order('AssignLeg', assign, townClerk, when))
      .then(happened('LegAssigned', { ...assign, ...town }, townClerk, when));
    given(...assigned())
      .when(order('AssignLeg', { ...assign, assignee: '' }, townClerk, when))
      .thenRejects('text-required');
    given(...handedIn)
      .when(order('AssignLeg', assign, townClerk, when))
      .thenRejects('leg-not-open');
  });

  it('is planned by an acting leg', () => {
    const plan = { legId: L1, measures: '加固', responsible: '分管负责人', targetOn: localDate('2020-07-20') };
    given(...underWork())
      .when(order('PlanLeg', plan, townClerk, when))
      .then(happened('LegPlanned', { ...plan, ...town }, townClerk, when));
    given(...underWork())
      .when(order('PlanLeg', { ...plan, measures: '' }, townClerk, when))
      .thenRejects('text-required');
    given(...underWork())
      .when(order('PlanLeg', plan, departmentClerk, when))
      .thenRejects('not-yours');
    given(...guided)
      .when(order('PlanLeg', { ...plan, legId: L2 }, departmentClerk, when))
      .thenRejects('leg-guides');
  });

  it('is told as progress; "basically complete" is still open and says what remains', () => {
    const progress = { legId: L1, text: '已开工', basicallyComplete: null };
    const nearly = { ...progress, basicallyComplete: { remains: '内墙', by: localDate('2020-07-20') } };
    given(...underWork())
      .when(order('RecordProgress', progress, townClerk, when))
      .then(happened('ProgressRecorded', { ...progress, ...town }, townClerk, when));
    const recorded = happened('ProgressRecorded', { ...nearly, ...town }, townClerk, when);
    given(...underWork())
      .when(order('RecordProgress', nearly, townClerk, when))
      .then(recorded);
    const state = stateOf(...underWork(), recorded);
    expect(state.phase === 'assigned' && [state.work.legs[L1]?.stage, state.work.rectifiers]).toStrictEqual([
      'working',
      { units: [UNITS.town], persons: [townClerk.personId] },
    ]);
    given(...underWork())
      .when(order('RecordProgress', { ...nearly, basicallyComplete: { remains: '', by: localDate('2020-07-20') } }, townClerk, when))
      .thenRejects('text-required');
    given(...underWork())
      .when(order('RecordProgress', { ...progress, text: '' }, townClerk, when))
      .thenRejects('text-required');
    given(...guided)
      .when(order('RecordProgress', { ...progress, legId: L2 }, departmentClerk, when))
      .thenRejects('leg-guides');
  });
});

describe('Answering items', () => {
  const past = underWork({ filed: { items: [anItem('a'), anItem('b')] } });
  const done = { itemId: 'a', answer: 'done', basis: null } as const;
  const cannot = { itemId: 'b', answer: 'cannot', basis: '户主已去世' } as const;
  const answer = (...answers: readonly Parameters<typeof order<'AnswerItems'>>[1]['answers'][number][]) =>
    order('AnswerItems', { legId: L1, answers }, townClerk, when);

  it('keeps each answer with its basis and says nothing twice', () => {
    const answered = happened('ItemsAnswered', { ...town, answers: [done, cannot] }, townClerk, when);
    given(...past)
      .when(answer(done, cannot))
      .then(answered);
    given(...past, answered)
      .when(answer(done, cannot))
      .thenNothing();
    given(...past, answered)
      .when(answer(done, { ...cannot, answer: 'done' }))
      .then(happened('ItemsAnswered', { ...town, answers: [{ ...cannot, answer: 'done' }] }, townClerk, when));
    given(...past)
      .when(answer(cannot, { ...done, itemId: 'b' }))
      .then(happened('ItemsAnswered', { ...town, answers: [{ ...done, itemId: 'b' }] }, townClerk, when));
  });

  it('needs items that are there, a basis for what cannot be done, and an acting leg', () => {
    given(...past)
      .when(answer({ ...done, itemId: 'z' }))
      .thenRejects('item-not-found');
    given(...past)
      .when(answer({ ...cannot, basis: ' ' }))
      .thenRejects('item-basis-required');
    const task = underWork({ filed: { kind: 'task', items: [anItem('a')] }, transferred: { legs: [TOWN_LEG] } });
    given(...task)
      .when(answer({ ...done, answer: 'untrue' }))
      .thenRejects('task-cannot');
    given(...guided)
      .when(order('AnswerItems', { legId: L2, answers: [] }, departmentClerk, when))
      .thenRejects('leg-guides');
    given(...handedIn)
      .when(answer(done))
      .thenRejects('leg-not-open');
  });
});

describe('Giving guidance', () => {
  it('is what a guiding leg owes, and stops its clock', () => {
    const given_ = happened('GuidanceGiven', { legId: L2, unitId: UNITS.department, text: '按C级标准' }, departmentClerk, when);
    given(...guided)
      .when(order('GiveGuidance', { legId: L2, text: '按C级标准' }, departmentClerk, when))
      .then(given_);
    const state = stateOf(...guided, given_);
    expect(state.phase === 'assigned' && Object.keys(state.core.deadlines)).toStrictEqual(['rectify/L1']);
  });

  it('is not for acting legs and needs words', () => {
    given(...underWork())
      .when(order('GiveGuidance', { legId: L1, text: 'x' }, townClerk, when))
      .thenRejects('leg-acts');
    given(...guided)
      .when(order('GiveGuidance', { legId: L2, text: '' }, departmentClerk, when))
      .thenRejects('text-required');
  });
});
