import { instant, localDate, localDateOf, stampOf, SYSTEM, type Actor } from '@app/kernel';
import { specFor } from '@app/testing';
import { supervisionRuleDecider, type RetireSupervisionRule, type SetSupervisionRule } from './supervision-rule.decider';
import type { SupervisionRuleEvent, SupervisionRuleSet } from './supervision-rule.events';
import { ruleInForce, type SupervisionRuleContent } from './supervision-rule.types';

const given = specFor(supervisionRuleDecider);
const admin: Actor = { ...SYSTEM, roles: ['admin'] };
const at = instant('2020-07-06T02:00:00Z');
const content: SupervisionRuleContent = {
  of: 'town',
  measure: 'overdue',
  threshold: 8,
  minimum: 20,
  windowDays: 60,
  kinds: ['household'],
  peerFactor: null,
  quietDays: 14,
};
const set = (
  over: Partial<SupervisionRuleContent> = {},
  from = '2020-08-01',
  by: Actor = admin,
  reason = '会议纪要',
): SetSupervisionRule => ({
  type: 'SetSupervisionRule',
  data: { ruleId: 'overdue', content: { ...content, ...over }, from: localDate(from), reason },
  by,
  at,
});
const wasSet = (version: number, over: Partial<SupervisionRuleContent> = {}, from = '2020-08-01'): SupervisionRuleEvent => ({
  type: 'SupervisionRuleSet',
  data: {
    ruleId: 'overdue',
    version,
    ...content,
    ...over,
    from: localDate(from),
    reason: '会议纪要',
    at,
    on: localDateOf(at),
    by: stampOf(admin),
  },
});
const retire = (to: string): RetireSupervisionRule => ({
  type: 'RetireSupervisionRule',
  data: { ruleId: 'overdue', to: localDate(to), reason: '合并' },
  by: admin,
  at,
});

describe('A rule of supervision', () => {
  it('that comes with the product goes on from version 1, and ends the day before its next version begins', () => {
    given().when(set()).then(wasSet(2));
    const { versions } = [wasSet(2)].reduce(supervisionRuleDecider.evolve, supervisionRuleDecider.initial);
    expect([
      ruleInForce(versions, localDate('2020-07-31'))?.version,
      ruleInForce(versions, localDate('2020-08-01'))?.version,
    ]).toStrictEqual([1, 2]);
  });
  it('set before rules said which units they look at, looks at towns, and is left alone when it is set to them', () => {
    const { of: _of, ...said } = wasSet(2).data as SupervisionRuleContent & SupervisionRuleSet['data'];
    const before: SupervisionRuleEvent = { type: 'SupervisionRuleSet', data: said };
    given(before).when(set()).thenNothing();
    given(before)
      .when(set({ of: 'department' }))
      .then(wasSet(3, { of: 'department' }));
    expect(supervisionRuleDecider.evolve(supervisionRuleDecider.initial, before).versions.at(-1)?.of).toBe('town');
  });
  it('set to what it already says is left alone', () => given(wasSet(2)).when(set()).thenNothing());
  it('is retired at the end of a day, once', () => {
    const retired: SupervisionRuleEvent = {
      type: 'SupervisionRuleRetired',
      data: { ruleId: 'overdue', version: 2, to: localDate('2020-12-31'), reason: '合并', at, on: localDateOf(at), by: stampOf(admin) },
    };
    given(wasSet(2)).when(retire('2020-12-31')).then(retired);
    given(wasSet(2), retired).when(retire('2020-12-31')).thenNothing();
  });
  it.each([
    ['by anybody', set({}, '2020-08-01', SYSTEM), 'supervision-rule-only-admin'],
    ['without a reason', set({}, '2020-08-01', admin, ' '), 'supervision-rule-reason-required'],
    ['for days gone by', set({}, '2020-07-05'), 'supervision-rule-starts-in-the-past'],
    ['with no threshold', set({ threshold: 0 }), 'supervision-rule-threshold-invalid'],
    ['with rates of fewer than ten (R36)', set({ minimum: 9 }), 'supervision-rule-minimum-invalid'],
    ['with a window of a day', set({ windowDays: 1 }), 'supervision-rule-window-invalid'],
  ] as const)('is not set %s', (_, command, code) => given().when(command).thenRejects(code));
  it('does not begin before the version that stands', () =>
    given(wasSet(2))
      .when(set({ threshold: 9 }, '2020-07-10'))
      .thenRejects('supervision-rule-starts-before-current'));
});
