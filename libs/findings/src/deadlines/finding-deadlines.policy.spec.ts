import { instant, instantFromMs, localDate, msOf } from '@app/kernel';
import { dueAfter, dueGiven } from '@app/worktime';
import fc from 'fast-check';
import type { FindingEvent } from '../domain/finding.events';
import { evolve } from '../domain/finding.evolve';
import { absent } from '../domain/finding.state';
import {
  accepted,
  ACTORS,
  allPassed,
  at,
  CALENDAR_2020,
  cleared,
  DEPARTMENT_LEG,
  filed,
  GUIDING_LEG,
  happened,
  L1,
  stateOf,
  submission,
  TOWN_LEG,
  underWork,
  UNITS,
  verified,
} from '../testing/finding-builders';
import { EMPTY_FOLD, foldClock } from './clock-fold';
import { CLOCK_EVENTS, deadlineRows } from './finding-deadline.projection';
import { clocksOf, knocksOf, type KnockingClock } from './finding-deadlines.policy';

const day = (text: string) => dueGiven({ day: localDate(text), source: 'list-row', reference: 'x', calendar: CALENDAR_2020 });
const keysAfter = (...events: readonly FindingEvent[]) =>
  clocksOf(stateOf(...events)).map(({ key, running }) => `${key}${running ? '' : ' stands'}`);
const clock = (over: Partial<KnockingClock> = {}): KnockingClock => ({
  key: 'rectify/L1',
  kind: 'rectify',
  due: day('2020-10-12'),
  since: at('2020-09-01'),
  given: [],
  passed: false,
  ...over,
});
const times = (c: KnockingClock, now: string) =>
  knocksOf(c, instant(now), CALENDAR_2020).map(({ before, at: when, which }) => `${which} ${String(before)} ${when}`);

describe('The clocks of a finding', () => {
  it('begin with triage and go on leg by leg', () => {
    expect(keysAfter(filed())).toStrictEqual(['triage']);
    expect(keysAfter(filed(), accepted())).toStrictEqual([]);
    expect(keysAfter(...underWork())).toStrictEqual(['rectify/L1', 'rectify/L2']);
  });

  it('of a unit stand while its result is under review', () => {
    expect(keysAfter(...underWork(), ...submission(TOWN_LEG))).toStrictEqual(['rectify/L1 stands', 'rectify/L2', 'review/L1']);
  });

  it('are all gone when the finding is cleared', () => {
    expect(keysAfter(...allPassed(), verified(), cleared())).toStrictEqual([]);
  });
});

describe('The knocks of a clock', () => {
  it('are three and one working days before, at the due time and shortly after', () => {
    expect(times(clock(), '2020-09-10T00:00:00Z')).toStrictEqual([
      'before 3 2020-09-30T09:30:00.000Z',
      'before 1 2020-10-10T09:30:00.000Z',
      'at 0 2020-10-12T09:30:00.000Z',
      'after 0 2020-10-12T09:31:00.000Z',
    ]);
  });

  it('that had their effect do not come again', () => {
    expect(times(clock({ given: [3] }), '2020-10-01T00:00:00Z')[0]).toBe('before 1 2020-10-10T09:30:00.000Z');
    expect(times(clock({ given: [3, 1], passed: true }), '2020-10-13T00:00:00Z')).toStrictEqual([]);
  });

  it('that were missed come late: the due time always, a reminder only before it', () => {
    expect(times(clock(), '2020-10-11T00:00:00Z')[0]).toBe('before 3 2020-09-30T09:30:00.000Z');
    expect(times(clock(), '2020-11-01T00:00:00Z')).toStrictEqual(['at 0 2020-10-12T09:30:00.000Z', 'after 0 2020-10-12T09:31:00.000Z']);
  });

  it('leave out a reminder for a time before the clock began', () => {
    expect(times(clock({ since: at('2020-10-09') }), '2020-10-09T03:00:00Z')[0]).toBe('before 1 2020-10-10T09:30:00.000Z');
  });

  it('of a clock in hours are at half of its time and two hours before, over night and over days off', () => {
    const hours = (count: number) =>
      clock({
        due: dueAfter({
          deliveredAt: at('2020-09-30', '20:00'),
          days: count,
          unit: 'hours',
          calendar: CALENDAR_2020,
          rule: { id: 'urgent', version: 1 },
        }),
        since: at('2020-09-30', '20:00'),
      });
    expect(times(hours(24), '2020-09-30T12:00:00Z')).toStrictEqual([
      'before 12 2020-10-01T00:00:00.000Z',
      'before 2 2020-10-01T10:00:00.000Z',
      'at 0 2020-10-01T12:00:00.000Z',
      'after 0 2020-10-01T12:01:00.000Z',
    ]);
    expect(times(hours(4), '2020-09-30T12:00:00Z')[0]).toBe('before 2 2020-09-30T14:00:00.000Z');
    expect(times(hours(2), '2020-09-30T12:00:00Z')[0]).toBe('at 0 2020-09-30T14:00:00.000Z');
    expect(times({ ...hours(24), given: [12] }, '2020-09-30T12:00:00Z')[0]).toBe('before 2 2020-10-01T10:00:00.000Z');
  });

  it('of a clock of one day are only the due time', () => {
    expect(times(clock({ key: 'sign/L1', kind: 'sign' }), '2020-09-10T00:00:00Z')).toStrictEqual([
      'at 0 2020-10-12T09:30:00.000Z',
      'after 0 2020-10-12T09:31:00.000Z',
    ]);
  });
});

describe('The slim fold behind the read model', () => {
  const past = allPassed({ transferred: { legs: [TOWN_LEG, GUIDING_LEG] } });
  const due = day('2020-08-20');
  const pool: readonly FindingEvent[] = [
    ...allPassed(),
    ...past,
    verified(),
    cleared(),
    happened('FindingWithdrawn', { origin: 'source', reason: 'x', documentNumber: '1' }, ACTORS.office, at('2020-07-15')),
    happened(
      'LegReturned',
      { legId: L1, unitId: UNITS.town, ground: 'wrong-place', text: 'x', rulingDue: due, objection: false },
      ACTORS.townClerk,
      at('2020-07-08'),
    ),
    happened(
      'ReturnRuled',
      { legId: L1, unitId: UNITS.town, ruling: 'stays', toUnitId: null, reason: 'x', final: false },
      ACTORS.office,
      at('2020-07-09'),
    ),
    happened(
      'LegSentBack',
      { legId: L1, unitId: UNITS.town, reason: 'x', due, first: true, reopened: [] },
      ACTORS.office,
      at('2020-07-15'),
    ),
    happened('ExtensionGranted', { legId: L1, due: day('2020-08-28'), reason: 'x', afterDue: false }, ACTORS.office, at('2020-07-15')),
    happened(
      'GuidanceGiven',
      { legId: DEPARTMENT_LEG.legId, unitId: UNITS.department, text: 'x' },
      ACTORS.departmentClerk,
      at('2020-07-09'),
    ),
    happened('CommentAdded', { text: 'x', legId: null }, ACTORS.office, at('2020-07-09')),
    happened('DueTimeMoved', { key: 'rectify/L1', legId: L1, due, because: 'calendar' }, ACTORS.office, at('2020-07-16')),
    happened(
      'DeadlineApproached',
      { key: 'rectify/L1', legId: L1, unitId: UNITS.town, dueAt: due.at, before: 3 },
      ACTORS.office,
      at('2020-07-16'),
    ),
    happened('DeadlinePassed', { key: 'triage', legId: null, unitId: UNITS.office, dueAt: due.at }, ACTORS.office, at('2020-07-16')),
    happened('ClearanceRevoked', { reason: 'x', level: 'county', legs: [{ legId: L1, due }] }, ACTORS.officeHead, at('2020-07-20')),
    happened(
      'InstructionGiven',
      { seq: 1, leader: ACTORS.leader.personId, text: 'x', toUnits: [UNITS.town], replyDue: due, rectifyBy: null },
      ACTORS.leader,
      at('2020-07-16'),
    ),
  ];

  it('has the clocks that the whole fold has, whatever happens in whatever order', () => {
    const histories = fc.array(fc.constantFrom(...pool), { maxLength: 30 });
    fc.assert(
      fc.property(histories, fc.constantFrom([filed()], underWork(), past), (random, start) => {
        const events = [...start, ...random];
        const whole = events.reduce(evolve, absent);
        const slim = events.filter(({ type }) => CLOCK_EVENTS.includes(type)).reduce(foldClock, EMPTY_FOLD);
        expect(clocksOf(slim.state)).toStrictEqual(clocksOf(whole));
      }),
      { numRuns: 300 },
    );
  });

  it('survives JSON and tells since when a due time holds', () => {
    const fold = underWork().reduce(foldClock, EMPTY_FOLD);
    expect(JSON.parse(JSON.stringify(fold))).toStrictEqual(fold);
    expect(fold.since).toStrictEqual({ 'rectify/L1': at('2020-07-07', '09:00'), 'rectify/L2': at('2020-07-07', '09:00') });
    const moved = [
      ...underWork(),
      happened('ExtensionGranted', { legId: L1, due: day('2020-08-28'), reason: 'x', afterDue: false }, ACTORS.office, at('2020-07-15')),
    ];
    expect(moved.reduce(foldClock, EMPTY_FOLD).since['rectify/L1']).toBe(at('2020-07-15'));
  });

  it('gives one row per clock', () => {
    const fold = underWork().reduce(foldClock, EMPTY_FOLD);
    expect(deadlineRows('f' as never, fold).map((row) => [row['key'], row['running'], row['due_at'], row['last_year']])).toStrictEqual([
      ['rectify/L1', true, '2020-07-28T09:30:00.000Z', 2020],
      ['rectify/L2', true, '2020-07-28T09:30:00.000Z', 2020],
    ]);
    expect(instantFromMs(msOf(instant('2020-07-28T09:30:00.000Z')))).toBe('2020-07-28T09:30:00.000Z');
  });
});
