import { stepWords } from './derivation';

describe('How a due time came about', () => {
  it('is told step by step, in words', () => {
    expect([
      stepWords({ kind: 'delivered', at: '2020-07-03T10:00:00.000Z', countsFrom: '2020-07-06' }),
      stepWords({ kind: 'rule', ruleId: 'rectify', ruleVersion: 1, days: 15, unit: 'working' }),
      stepWords({ kind: 'skipped', from: '2020-10-01', to: '2020-10-08', name: '国庆节' }),
      stepWords({ kind: 'paused', from: '2020-07-08', to: '2020-07-10', days: 2, because: 'under-review' }),
      stepWords({ kind: 'given', source: 'upper', due: '2020-08-31', reference: '3-(2)①' }),
    ]).toStrictEqual([
      '2020年7月3日 18:00 送达，从2020年7月6日起算',
      '按规则 15 个工作日',
      '国庆节放假，2020年10月1日至2020年10月8日不计',
      '2020年7月8日至2020年7月10日报送复核期间停表，顺延 2 个工作日',
      '上级时限（3-(2)①）：2020年8月31日',
    ]);
  });
});
