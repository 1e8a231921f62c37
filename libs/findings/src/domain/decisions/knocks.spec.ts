import { localDate, SYSTEM, type PersonId } from '@app/kernel';
import { specFor } from '@app/testing';
import { calendarFrom, dueAfter, provisionalYear, recomputed, type DueTime } from '@app/worktime';
import {
  ACTORS,
  assigned,
  at,
  aWorld,
  CALENDAR_2020,
  DEPARTMENT_LEG,
  filed,
  happened,
  L1,
  order,
  reported,
  firstReviewed,
  stateOf,
  submitted,
  TOWN_LEG,
  underWork,
  UNITS,
} from '../../testing/finding-builders';
import { findingDecider } from '../finding.decider';
import type { FindingEvent } from '../finding.events';

const given = specFor(findingDecider);
/** The town’s leg is due on Tuesday 28 July at 17:30. */
const dueAt = at('2020-07-28', '17:30');
const knock = (before: number, when: Parameters<typeof order>[3], key = 'rectify/L1', due = dueAt) =>
  order('ReachDeadline', { key, dueAt: due, before }, SYSTEM, when);
const effect = { key: 'rectify/L1', legId: L1, unitId: UNITS.town, dueAt };
const past = underWork();

describe('A knock', () => {
  it('some working days before the due time says that it approaches, once', () => {
    const when = at('2020-07-23', '17:30');
    const approached = happened('DeadlineApproached', { ...effect, before: 3 }, SYSTEM, when);
    given(...past)
      .when(knock(3, when))
      .then(approached);
    given(...past)
      .when(knock(3, at('2020-07-23', '17:29')))
      .thenNothing();
    given(...past, approached)
      .when(knock(3, when))
      .thenNothing();
    given(...past, approached)
      .when(knock(1, at('2020-07-27', '18:00')))
      .then(happened('DeadlineApproached', { ...effect, before: 1 }, SYSTEM, at('2020-07-27', '18:00')));
    given(...past)
      .when(knock(3, dueAt))
      .thenNothing();
  });

  it('some hours before the due time of a clock in hours says so in hours, once', () => {
    const due = dueAfter({
      deliveredAt: at('2020-07-10', '20:00'),
      days: 24,
      unit: 'hours',
      calendar: CALENDAR_2020,
      rule: { id: 'urgent', version: 1 },
    });
    const urgent = [
      ...past,
      happened(
        'LegDelivered',
        { legId: L1, unitId: UNITS.town, due, signDue: due, movedFrom: null },
        ACTORS.office,
        at('2020-07-10', '20:00'),
      ),
    ];
    const half = at('2020-07-11', '08:00');
    const approached = happened('DeadlineApproached', { ...effect, dueAt: due.at, before: 12, unit: 'hours' }, SYSTEM, half);
    given(...urgent)
      .when(knock(12, half, 'rectify/L1', due.at))
      .then(approached);
    given(...urgent, approached)
      .when(knock(12, at('2020-07-11', '09:00'), 'rectify/L1', due.at))
      .thenNothing();
    given(...urgent)
      .when(knock(12, at('2020-07-11', '07:59'), 'rectify/L1', due.at))
      .thenNothing();
    given(...urgent, approached)
      .when(knock(2, at('2020-07-11', '18:00'), 'rectify/L1', due.at))
      .then(happened('DeadlineApproached', { ...effect, dueAt: due.at, before: 2, unit: 'hours' }, SYSTEM, at('2020-07-11', '18:00')));
  });

  it('at the due time says that it passed, once and never before', () => {
    const passed = happened('DeadlinePassed', effect, SYSTEM, dueAt);
    given(...past)
      .when(knock(0, at('2020-07-28', '17:29')))
      .thenNothing();
    given(...past)
      .when(knock(0, dueAt))
      .then(passed);
    given(...past, passed)
      .when(knock(0, at('2020-07-30')))
      .thenNothing();
  });

  it('at the due time of signing takes the leg as signed for', () => {
    const signDue = at('2020-07-08', '17:30');
    const deemed = happened('LegSignedFor', { legId: L1, unitId: UNITS.town, deemed: true }, SYSTEM, signDue);
    given(...assigned())
      .when(knock(0, signDue, 'sign/L1', signDue))
      .then(deemed);
    given(...assigned(), deemed)
      .when(knock(0, signDue, 'sign/L1', signDue))
      .thenNothing();
  });

  it('that is stale is quiet: another due time, a clock that stopped, nothing filed, no such knock', () => {
    given(...past)
      .when(knock(0, at('2020-08-01'), 'rectify/L1', at('2020-07-27', '17:30')))
      .thenNothing();
    given(...past)
      .when(knock(0, at('2020-08-01'), 'sign/L1', at('2020-07-08', '17:30')))
      .thenNothing();
    given(...past, reported(TOWN_LEG), firstReviewed(TOWN_LEG), submitted(TOWN_LEG))
      .when(knock(0, at('2020-08-01')))
      .thenNothing();
    given()
      .when(knock(0, at('2020-08-01')))
      .thenNothing();
    for (const before of [-1, 0.5, Number.NaN])
      given(...past)
        .when(knock(before, at('2020-07-27', '18:00')))
        .thenNothing();
  });

  it('counts against the office where the time is the office’s own', () => {
    const triageDue = filed().data.triageDue.at;
    given(filed())
      .when(knock(0, triageDue, 'triage', triageDue))
      .then(happened('DeadlinePassed', { key: 'triage', legId: null, unitId: UNITS.office, dueAt: triageDue }, SYSTEM, triageDue));
    const handIn = submitted(TOWN_LEG);
    const reviewDue = handIn.data.reviewDue.at;
    const inReview = (events: readonly FindingEvent[]) => [...events, reported(TOWN_LEG), firstReviewed(TOWN_LEG), handIn];
    const overdue = (unitId: typeof UNITS.office) =>
      happened('DeadlinePassed', { key: 'review/L1', legId: L1, unitId, dueAt: reviewDue }, SYSTEM, reviewDue);
    given(...inReview(past))
      .when(knock(0, reviewDue, 'review/L1', reviewDue))
      .then(overdue(UNITS.office));
    const independent = { unitId: UNITS.independent, clearer: 'clearer' as PersonId, authorisedBy: '纪要' };
    const guarded = underWork({ transferred: { legs: [TOWN_LEG, { ...DEPARTMENT_LEG, unitId: UNITS.office }], independent } });
    given(...inReview(guarded))
      .when(knock(0, reviewDue, 'review/L1', reviewDue))
      .then(overdue(UNITS.independent));
  });

  it('is never a person’s', () => {
    given(...past)
      .when(order('ReachDeadline', { key: 'rectify/L1', dueAt, before: 0 }, ACTORS.office, dueAt))
      .thenRejects('not-yours');
  });
});

describe('Loading a calendar', () => {
  const loaded = calendarFrom([
    { ...provisionalYear(2020), version: '2', source: 'published', swappedWorkdays: [{ day: localDate('2020-07-11'), name: '调休' }] },
  ]);
  const world = aWorld({ calendar: loaded });
  const when = at('2020-07-09');
  const move = (key: string, by = SYSTEM) => order('MoveDueTime', { key }, by, when, { world });
  const legOf = (...events: readonly FindingEvent[]) => {
    const state = stateOf(...events);
    const leg = state.phase === 'assigned' ? state.work.legs[L1] : undefined;
    if (leg === undefined) throw new Error('no leg');
    return leg;
  };
  const due: DueTime = recomputed(legOf(...past).due, loaded);
  const moved = happened('DueTimeMoved', { key: 'rectify/L1', legId: L1, due, because: 'calendar' }, SYSTEM, when);

  it('moves a due time by an event, with the account of it', () => {
    given(...past)
      .when(move('rectify/L1'))
      .then(moved);
    expect([due.day, due.steps.at(-1)?.kind]).toStrictEqual(['2020-07-27', 'calendar']);
    const leg = legOf(...past, moved);
    expect([leg.due.day, leg.originalDue.day]).toStrictEqual(['2020-07-27', '2020-07-27']);
    given(...past, moved)
      .when(knock(0, at('2020-07-29')))
      .thenNothing();
  });

  it('moves the due time of a leg whose clock stands', () => {
    const standing = [...past, reported(TOWN_LEG), firstReviewed(TOWN_LEG), submitted(TOWN_LEG)];
    given(...standing)
      .when(move('rectify/L1'))
      .then(moved);
    expect(legOf(...standing, moved).due.day).toBe('2020-07-27');
  });

  it('is quiet when nothing moves or the clock is not there', () => {
    given(...past, moved)
      .when(move('rectify/L1'))
      .thenNothing();
    given(...past)
      .when(order('MoveDueTime', { key: 'rectify/L1' }, SYSTEM, when))
      .thenNothing();
    given(...past)
      .when(move('rectify/L9'))
      .thenNothing();
    given().when(move('rectify/L1')).thenNothing();
    given(...past)
      .when(move('rectify/L1', ACTORS.townClerk))
      .thenRejects('not-yours');
  });
});
