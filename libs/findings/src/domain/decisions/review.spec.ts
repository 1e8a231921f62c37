import { specFor } from '@app/testing';
import type { Actor, LegId } from '@app/kernel';
import { shiftedByPause } from '@app/worktime';
import { dueByRule } from '../dues';
import type { PassLeg, SendLegBack } from '../finding.commands';
import type { FindingEvent } from '../finding.events';
import { evolve } from '../finding.evolve';
import { absent, type FindingState } from '../finding.state';
import {
  ACTORS,
  allPassed,
  at,
  aWorld,
  CALENDAR_2020,
  DEPARTMENT_LEG,
  happened,
  L1,
  L2,
  order,
  passed,
  stateOf,
  submission,
  submitted,
  TOWN_LEG,
  underWork,
  UNITS,
} from '../../testing/finding-builders';
import { passLeg, sendLegBack } from './review';

const passing = specFor<FindingState, PassLeg, FindingEvent>({ initial: absent, decide: passLeg, evolve });
const sending = specFor<FindingState, SendLegBack, FindingEvent>({ initial: absent, decide: sendLegBack, evolve });
const NOW = at('2020-07-15');
const legDue = (past: readonly FindingEvent[], legId: LegId) => {
  const state = stateOf(...past);
  if (state.phase !== 'assigned') throw new Error('not assigned');
  return state.work.legs[legId]!.due;
};

describe('a leg is passed', () => {
  const pass = (by: Actor = ACTORS.office, legId = L1) => order('PassLeg', { legId, text: '符合要求' }, by, NOW);
  const isPassed = (legId: LegId, unitId = TOWN_LEG.unitId, last = false) =>
    happened(
      'LegPassed',
      { legId, unitId, text: '符合要求', verifyDue: last ? dueByRule(aWorld(), { kind: 'verify' }, NOW) : null },
      ACTORS.office,
      NOW,
    );
  it('by the office, first come first (R8)', () =>
    passing(...underWork(), ...submission(TOWN_LEG))
      .when(pass())
      .then(isPassed(L1)));
  it('and the last one starts the clock for verifying', () =>
    passing(...underWork(), ...submission(TOWN_LEG), ...submission(DEPARTMENT_LEG), passed(TOWN_LEG, false))
      .when(pass(ACTORS.office, L2))
      .then(isPassed(L2, UNITS.department, true)));
  it('not before it was submitted', () =>
    passing(...underWork())
      .when(pass())
      .thenRejects('leg-not-open'));
  it('not by the unit itself', () =>
    passing(...underWork(), ...submission(TOWN_LEG))
      .when(pass(ACTORS.townDeputy))
      .thenRejects('not-yours'));
  it('not by someone whose unit rectified, seconded to the office or not (R9)', () => {
    const seconded: Actor = { ...ACTORS.office, ownUnits: [UNITS.office, UNITS.town] };
    passing(...underWork(), ...submission(TOWN_LEG))
      .when(pass(seconded))
      .thenRejects('avoidance');
  });
  it('once', () =>
    passing(...underWork(), ...submission(TOWN_LEG), passed(TOWN_LEG, false))
      .when(pass())
      .thenNothing());
});

describe('a leg is sent back', () => {
  const back = (alsoReopen: readonly LegId[] = [], legId = L1, reason = '材料不全', by: Actor = ACTORS.office) =>
    order('SendLegBack', { legId, reason, alsoReopen }, by, NOW);
  const sentBack = (past: readonly FindingEvent[], first = true, when = NOW) =>
    happened(
      'LegSentBack',
      {
        legId: L1,
        unitId: TOWN_LEG.unitId,
        reason: '材料不全',
        due: first ? shiftedByPause(legDue(past, L1), at('2020-07-10', '11:00'), when, 'under-review', CALENDAR_2020) : legDue(past, L1),
        first,
        reopened: [],
      },
      ACTORS.office,
      when,
    );
  const past = [...underWork(), ...submission(TOWN_LEG)];
  it('the first time its deadline moves by the working days under review (R19)', () => {
    sending(...past)
      .when(back())
      .then(sentBack(past));
    expect(legDue(past, L1).day).toBe('2020-07-28');
    expect(sentBack(past).data.due.day).toBe('2020-07-31');
  });
  it('later ones do not move it (R19)', () => {
    const again = [...past, sentBack(past, true, at('2020-07-13')), ...submission(TOWN_LEG)];
    sending(...again)
      .when(back())
      .then(sentBack(again, false));
  });
  it('leaves the leg that passed, unless it is named (R8)', () => {
    const both = [...past, ...submission(DEPARTMENT_LEG), passed(DEPARTMENT_LEG, false)];
    sending(...both)
      .when(back())
      .then(sentBack(both));
    const reopened = [{ legId: L2, due: shiftedByPause(legDue(both, L2), at('2020-07-10', '11:00'), NOW, 'under-review', CALENDAR_2020) }];
    const { type, data } = sentBack(both);
    sending(...both)
      .when(back([L2]))
      .then({ type, data: { ...data, reopened } });
  });
  it('may not name a leg that has not passed', () =>
    sending(...past, submitted(DEPARTMENT_LEG))
      .when(back([L2]))
      .thenRejects('leg-not-open'));
  it('can still happen after all have passed, when the verifier sees that it is not done', () => {
    const all = allPassed();
    sending(...all)
      .when(back())
      .then(sentBack(all));
  });
  it('then also by an inspector who verifies, and by none before', () => {
    const seen = sendLegBack(back([], L1, '未修到位', ACTORS.inspector), stateOf(...allPassed()));
    expect(seen.map(({ type }) => type)).toStrictEqual(['LegSentBack']);
    sending(...past)
      .when(back([], L1, '未修到位', ACTORS.inspector))
      .thenRejects('not-yours');
  });
  it('needs a reason', () =>
    sending(...past)
      .when(back([], L1, ' '))
      .thenRejects('reason-required'));
  it('not when there is nothing to review', () =>
    sending(...underWork())
      .when(back())
      .thenRejects('leg-not-open'));
  it('not by an outsider', () =>
    sending(...past)
      .when(back([], L1, '材料不全', ACTORS.departmentClerk))
      .thenRejects('not-yours'));
  it('once', () =>
    sending(...past, sentBack(past))
      .when(back())
      .thenNothing());
});
