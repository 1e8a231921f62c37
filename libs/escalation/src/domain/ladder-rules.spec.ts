import { instant, localDate, localDateOf, stampOf, SYSTEM, type Actor } from '@app/kernel';
import { specFor } from '@app/testing';
import { calendarFrom, type CalendarYear } from '@app/worktime';
import type { LadderRuleEvent, LadderRuleSet } from './escalation.events';
import { DEFAULT_LADDER_RULES, ladderOn, latestDueOn, reachedAt } from './ladder-rules';
import { ladderRulesDecider, type EndLadderRule, type SetLadderRule } from './ladder-rules.decider';

const admin: Actor = { ...SYSTEM, roles: ['admin'] };
const at = instant('2020-07-06T02:00:00Z');
const on = localDate('2020-07-06');
const data: SetLadderRule['data'] = {
  ruleId: 'major-urging',
  step: 'urging',
  days: 2,
  addressees: ['unit', 'leader'],
  replyDays: 3,
  scope: { seriousness: 'major' },
  from: localDate('2020-07-07'),
  reason: '会议纪要',
};
const set = (part: Partial<SetLadderRule['data']> = {}, by = admin): SetLadderRule => ({
  type: 'SetLadderRule',
  data: { ...data, ...part },
  by,
  at,
  on,
});
const end = (ruleId: string, to = '2020-07-31', reason = '合并'): EndLadderRule => ({
  type: 'EndLadderRule',
  data: { ruleId, to: localDate(to), reason },
  by: admin,
  at,
  on,
});
const wasSet = (version: number, part: Partial<SetLadderRule['data']> = {}): LadderRuleSet => ({
  type: 'LadderRuleSet',
  data: { ...data, ...part, version, at, on, by: stampOf(admin) },
});
const given = specFor(ladderRulesDecider);
const rulesAfter = (...events: readonly LadderRuleEvent[]) => events.reduce(ladderRulesDecider.evolve, ladderRulesDecider.initial).rules;
const urging = (rules: ReturnType<typeof rulesAfter>, day: string, seriousness: 'major' | 'ordinary' = 'ordinary') =>
  ladderOn(rules, { source: 'inspection', seriousness }, localDate(day)).find(({ step }) => step === 'urging');

describe('A rule of the ladder', () => {
  it('begins with its first version, one that comes with the product goes on from there', () => {
    given().when(set()).then(wasSet(1));
    const part = { ruleId: 'urging', scope: {} };
    given().when(set(part)).then(wasSet(2, part));
    given(wasSet(1))
      .when(set({ from: localDate('2020-09-01') }))
      .thenNothing();
  });

  it('holds from tomorrow at the earliest, so that what was missed keeps its ladder', () => {
    given()
      .when(set({ from: on }))
      .thenRejects('ladder-rule-starts-too-early');
    given().when(end('urging', '2020-07-05')).thenRejects('ladder-rule-starts-too-early');
    const rules = rulesAfter(wasSet(2, { ruleId: 'urging', scope: {} }));
    expect(urging(rules, '2020-07-06')).toMatchObject({ days: 1, rule: { id: 'urging', version: 1 } });
    expect(urging(rules, '2020-07-07')).toMatchObject({ days: 2, replyDays: 3, rule: { id: 'urging', version: 2 } });
  });

  it('is passed over for a narrower one that fits', () => {
    const rules = rulesAfter(wasSet(1));
    expect(urging(rules, '2020-07-07', 'major')?.rule).toStrictEqual({ id: 'major-urging', version: 1 });
    expect(urging(rules, '2020-07-07', 'ordinary')?.rule).toStrictEqual({ id: 'urging', version: 1 });
  });

  it('is ended at the end of a day, and its rung with it', () => {
    const ended: LadderRuleEvent = {
      type: 'LadderRuleEnded',
      data: { ruleId: 'urging', version: 1, to: localDate('2020-07-31'), reason: '合并', at, on, by: stampOf(admin) },
    };
    given().when(end('urging')).then(ended);
    given(ended).when(end('urging')).thenNothing();
    expect([urging(rulesAfter(ended), '2020-07-31')?.days, urging(rulesAfter(ended), '2020-08-01')]).toStrictEqual([1, undefined]);
    given().when(end('nothing')).thenRejects('ladder-rule-not-in-force');
  });

  it('cannot be set by just anybody, change its step, or say nothing', () => {
    given().when(set({}, SYSTEM)).thenRejects('ladder-rule-not-yours');
    given(wasSet(1))
      .when(set({ step: 'interview' }))
      .thenRejects('ladder-rule-step-fixed');
    given(wasSet(1, { from: localDate('2020-08-01') }))
      .when(set({ days: 3 }))
      .thenRejects('ladder-rule-starts-before-current');
    given()
      .when(set({ days: 0 }))
      .thenRejects('ladder-rule-days-invalid');
    given()
      .when(set({ replyDays: 1.5 }))
      .thenRejects('ladder-rule-days-invalid');
    given()
      .when(set({ addressees: [] }))
      .thenRejects('ladder-rule-addressee-required');
    given()
      .when(set({ reason: ' ' }))
      .thenRejects('ladder-rule-reason-required');
  });
});

describe('The day of a step', () => {
  const year: CalendarYear = {
    year: 2020,
    version: '1',
    source: 'published',
    holidays: Array.from({ length: 8 }, (_, n) => ({ day: localDate(`2020-10-0${String(n + 1)}`), name: '国庆节' })),
    swappedWorkdays: [{ day: localDate('2020-09-27'), name: '国庆节' }],
  };
  const calendar = calendarFrom([year]);

  it('begins a working day that many after the due day', () => {
    expect(reachedAt(localDate('2020-09-30'), 1, calendar)).toBe('2020-10-08T16:00:00.000Z');
    expect(localDateOf(reachedAt(localDate('2020-09-25'), 1, calendar))).toBe('2020-09-27');
  });

  it('is found from the other end, over holidays and days worked in exchange', () => {
    for (const days of [1, 3, 7, 15]) {
      for (let n = 1; n <= 28; n += 1) {
        const today = localDate(`2020-10-${String(n).padStart(2, '0')}`);
        const latest = latestDueOn(today, days, calendar);
        const day = (due: ReturnType<typeof localDate>) => localDateOf(reachedAt(due, days, calendar));
        expect(day(latest) <= today).toBe(true);
        expect(day(localDate(new Date(Date.parse(latest) + 86_400_000).toISOString().slice(0, 10))) > today).toBe(true);
      }
    }
  });

  it('comes with rules for every step where nobody has set anything', () => {
    expect(DEFAULT_LADDER_RULES.map(({ step, days }) => `${step} ${String(days)}`)).toStrictEqual([
      'urging 1',
      'warning 3',
      'supervision-letter 7',
      'interview 15',
      'listing 15',
    ]);
  });
});
