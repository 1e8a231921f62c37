import { instant, localDate, stampOf, SYSTEM, type Actor } from '@app/kernel';
import { specFor } from '@app/testing';
import { ruleFor } from '@app/worktime';
import type { RetireDeadlineRule, SetDeadlineRule } from './deadline-rule.commands';
import { deadlineRuleDecider } from './deadline-rule.decider';
import type { DeadlineRuleEvent, DeadlineRuleSet } from './deadline-rule.events';

const admin: Actor = { ...SYSTEM, roles: ['admin'] };
const at = instant('2020-07-06T02:00:00Z');
const on = localDate('2020-07-06');
const data: SetDeadlineRule['data'] = {
  ruleId: 'rectify-housing',
  kind: 'rectify',
  scope: { seriousness: 'serious' },
  days: 20,
  unit: 'working',
  from: localDate('2020-08-01'),
  reason: '专题会议纪要',
};
const set = (part: Partial<SetDeadlineRule['data']> = {}, by: Actor = admin): SetDeadlineRule => ({
  type: 'SetDeadlineRule',
  data: { ...data, ...part },
  by,
  at,
  on,
});
const wasSet = (version: number, part: Partial<SetDeadlineRule['data']> = {}): DeadlineRuleSet => ({
  type: 'DeadlineRuleSet',
  data: { ...data, ...part, version, at, on, by: stampOf(admin) },
});
const retire = (to: string, ruleId = data.ruleId): RetireDeadlineRule => ({
  type: 'RetireDeadlineRule',
  data: { ruleId, to: localDate(to), reason: '合并' },
  by: admin,
  at,
  on,
});
const given = specFor(deadlineRuleDecider);
const versionsAfter = (...events: readonly DeadlineRuleEvent[]) =>
  events.reduce(deadlineRuleDecider.evolve, deadlineRuleDecider.initial).versions;

describe('A deadline rule', () => {
  it('begins with its first version', () => given().when(set()).then(wasSet(1)));

  it('that comes with the product goes on from version 1', () =>
    given()
      .when(set({ ruleId: 'sign', kind: 'sign', scope: {}, days: 2 }))
      .then(wasSet(2, { ruleId: 'sign', kind: 'sign', scope: {}, days: 2 })));

  it('set to what it already says is left alone', () =>
    given(wasSet(1))
      .when(set({ from: localDate('2020-09-01') }))
      .thenNothing());

  it('ends the day before its next version begins', () => {
    const versions = versionsAfter(wasSet(1), wasSet(2, { days: 12, from: localDate('2020-09-01') }));
    expect(versions.map(({ version, from, to }) => [version, from, to])).toStrictEqual([
      [1, '2020-08-01', '2020-08-31'],
      [2, '2020-09-01', null],
    ]);
    const daysOn = (day: string) =>
      ruleFor({ version: '1', rules: versions }, { kind: 'rectify', seriousness: 'serious' }, localDate(day))?.days;
    expect([daysOn('2020-07-31'), daysOn('2020-08-31'), daysOn('2020-09-01')]).toStrictEqual([undefined, 20, 12]);
  });

  it('is replaced by a version that begins on the same day', () => {
    const versions = versionsAfter(wasSet(1), wasSet(2, { days: 12 }));
    expect(ruleFor({ version: '1', rules: versions }, { kind: 'rectify', seriousness: 'serious' }, localDate('2020-08-01'))?.days).toBe(12);
  });

  it('is retired at the end of a day', () => {
    given(wasSet(1))
      .when(retire('2020-12-31'))
      .then({
        type: 'DeadlineRuleRetired',
        data: { ruleId: data.ruleId, version: 1, to: localDate('2020-12-31'), reason: '合并', at, on, by: stampOf(admin) },
      });
    given().when(retire('2020-12-31')).thenRejects('rule-not-in-force');
  });

  it('cannot work backwards, change its subject or be set by just anybody', () => {
    given()
      .when(set({ from: localDate('2020-07-05') }))
      .thenRejects('rule-starts-in-the-past');
    given(wasSet(1))
      .when(set({ days: 3, from: localDate('2020-07-07') }))
      .thenRejects('rule-starts-before-current');
    given(wasSet(1))
      .when(set({ kind: 'sign', days: 3 }))
      .thenRejects('rule-kind-fixed');
    given()
      .when(set({ days: 2.5 }))
      .thenRejects('rule-days-out-of-range');
    given()
      .when(set({ reason: '' }))
      .thenRejects('rule-reason-missing');
    given().when(set({}, SYSTEM)).thenRejects('calendar-only-admin');
    given().when(retire('2020-07-01', 'sign')).thenRejects('rule-starts-in-the-past');
  });
});
