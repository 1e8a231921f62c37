import { reasonOf, stageIn, type ChangedFact, type FactOnDay } from './change-reasons';

const fact = (...measures: readonly string[]): FactOnDay => ({ measures, inScope: true });
const elsewhere = (...measures: readonly string[]): FactOnDay => ({ measures, inScope: false });
const change = (before: FactOnDay | null, after: FactOnDay | null, more: Partial<ChangedFact> = {}) =>
  reasonOf({ part: '', before, after, whole: [], byClock: false, ...more });
const leg = { part: 'L1' };
const working = fact('open', 'stage:working', 'running_by_due@2020-07-08');

describe('What moved a number', () => {
  it.each([
    ['filed', change(null, fact('untriaged'))],
    ['accepted', change(fact('untriaged'), fact('accepted'))],
    ['transferred', change(fact('accepted'), fact('open', 'stage:unsigned'))],
    ['returned', change(fact('open', 'stage:rectifying'), fact('open', 'stage:returned'))],
    ['ruled', change(fact('open', 'stage:returned'), fact('open', 'stage:rectifying'))],
    ['submitted', change(fact('open', 'stage:rectifying'), fact('open', 'stage:in-review'))],
    ['sent-back', change(fact('open', 'stage:in-review'), fact('open', 'stage:rectifying'))],
    ['passed', change(fact('open', 'stage:in-review'), fact('open', 'stage:to-verify'))],
    ['verified', change(fact('open', 'stage:to-verify'), fact('open', 'stage:to-clear'))],
    ['cleared', change(fact('open', 'stage:to-clear'), fact('cleared'))],
    ['cleared', change(null, fact('cleared_immediate'))],
    ['revoked', change(fact('cleared'), fact('open', 'stage:rectifying'))],
    ['long-term', change(fact('open', 'stage:rectifying'), fact('long_term'))],
    ['withdrawn', change(fact('open', 'stage:rectifying'), fact('withdrawn'))],
    ['dismissed', change(fact('untriaged'), fact('dismissed'))],
    ['relapsed', change(fact('cleared'), fact('cleared', 'relapses'))],
    ['moved', change(fact('open', 'stage:rectifying'), elsewhere('open', 'stage:rectifying'))],
    ['corrected', change(fact('open', 'stage:rectifying'), fact('open', 'stage:rectifying', 'open_serious'))],
    ['extended', change(fact('open', 'stage:rectifying'), fact('open', 'stage:rectifying', 'extended'))],
  ])('is told of a finding: %s', (reason, told) => {
    expect(told).toBe(reason);
  });

  it.each([
    ['delivered', change(null, fact('open', 'stage:delivered'), leg)],
    ['signed', change(fact('open', 'stage:delivered'), working, leg)],
    ['submitted', change(working, fact('open', 'stage:submitted'), leg)],
    ['passed', change(fact('open', 'stage:submitted'), fact('passed'), leg)],
    ['reopened', change(fact('passed'), working, leg)],
    ['moved', change(working, elsewhere('open', 'stage:working'), leg)],
    ['withdrawn', change(working, null, { ...leg, whole: ['found', 'withdrawn'] })],
    ['taken-off', change(working, null, { ...leg, whole: ['found', 'open'] })],
    ['became-overdue', change(working, working, { ...leg, byClock: true })],
    ['due-moved', change(working, fact('open', 'stage:working', 'running_by_due@2020-07-20'), { ...leg, byClock: true })],
    ['extended', change(working, fact('open', 'stage:working', 'extended', 'running_by_due@2020-07-20'), { ...leg, byClock: true })],
    ['submitted', change(working, fact('open', 'stage:submitted'), { ...leg, byClock: true })],
    ['day-came', change(working, working, leg)],
    ['transferred', change(fact('waiting'), null, { part: '~place' })],
    ['looked-back', change(null, fact('checked@2020-07-01'), { part: '~checked/2020-07-01' })],
  ])('is told of a leg: %s', (reason, told) => {
    expect(told).toBe(reason);
  });

  it('is read from where a finding stands', () => {
    expect([stageIn(['found', 'base', 'stage:returned']), stageIn(['found', 'linked']), stageIn(['found'])]).toStrictEqual([
      'returned',
      'linked',
      null,
    ]);
  });
});
