import { localDate, type UnitId } from '@app/kernel';
import { checkCriteria } from './criteria';
import { evaluate, type UnitFigures } from './evaluation';
import { DEFAULT_SUPERVISION_RULES, type SupervisionRule } from './supervision-rule.types';

const TO = localDate('2020-07-08');
const [OPEN] = DEFAULT_SUPERVISION_RULES;
const rule = (over: Partial<SupervisionRule> = {}): SupervisionRule => {
  if (OPEN === undefined) throw new Error('there are no rules');
  return { ...OPEN, ...over };
};
const none = { byOthers: 0, bySelf: 0 };
const unexamined = { total: 0, bySelf: 0 };
const town = (id: string, found: Partial<UnitFigures['found']>, examined: Partial<UnitFigures['examined']>): UnitFigures => ({
  unitId: id as UnitId,
  found: { open: none, overdue: none, relapsed: none, ...found },
  examined: { household: unexamined, project: unexamined, person: unexamined, village: unexamined, ...examined },
});
const open = (byOthers: number, bySelf = 0) => ({ open: { byOthers, bySelf } });
const households = (total: number, bySelf = 0) => ({ household: { total, bySelf } });
const proposedBy = (of: SupervisionRule, ...towns: readonly UnitFigures[]): readonly string[] =>
  evaluate(of, towns, TO).map(({ unitId }) => unitId);

describe('A rule of supervision', () => {
  it('sets findings against what was examined, not towns against each other by their number', () => {
    const many = town('many', open(60), households(400));
    const few = town('few', open(12), households(40));
    expect(proposedBy(rule(), many, few)).toStrictEqual(['few']);
  });
  it('does not propose a town earlier that files twice as many honest findings of its own', () => {
    for (const byOthers of [5, 11, 12, 40]) {
      const modest = town('modest', open(byOthers, 10), households(40));
      const honest = town('honest', open(byOthers, 20), households(40));
      const both = proposedBy(rule(), modest, honest);
      expect(both.includes('honest')).toBe(both.includes('modest'));
    }
    const thorough = town('thorough', open(12, 40), households(80, 40));
    expect(proposedBy(rule(), thorough)).toStrictEqual([]);
  });
  it('proposes nobody of whom fewer than its minimum were examined, and never below ten (R36)', () => {
    expect(proposedBy(rule(), town('a', open(29), households(29)))).toStrictEqual([]);
    const reckless = rule({ minimum: 1 });
    expect(proposedBy(reckless, town('a', open(9), households(9)), town('b', open(10), households(10)))).toStrictEqual(['b']);
  });
  it('says what it rests on, the rate cut and never rounded over the threshold', () => {
    const [found] = evaluate(
      rule({ threshold: 10 }),
      [town('a', open(7, 3), { ...households(50, 8), village: { total: 16, bySelf: 0 } })],
      TO,
    );
    expect(found?.grounds).toStrictEqual({
      measure: 'open',
      of: 'town',
      numerator: 7,
      selfFound: 3,
      denominator: 66,
      selfExamined: 8,
      per100: 10.6,
      threshold: 10,
      peerMedian: null,
      from: localDate('2020-04-10'),
      to: TO,
    });
    expect(proposedBy(rule({ threshold: 10.61 }), town('a', open(7), households(66)))).toStrictEqual([]);
  });
  it('for departments counts what teams examined, and nothing that towns examined or found themselves', () => {
    const departments = rule({ of: 'department' });
    const [found] = evaluate(departments, [town('housing', open(12, 40), households(400, 360))], TO);
    const { of, numerator, denominator, selfExamined, per100 } = found?.grounds ?? {};
    expect([of, numerator, denominator, selfExamined, per100]).toStrictEqual(['department', 12, 40, 0, 30]);
    expect(proposedBy(departments, town('water', open(11, 40), households(400, 360)))).toStrictEqual([]);
    expect(proposedBy(departments, town('few', open(29), households(400, 371)))).toStrictEqual([]);
  });
  it('counts only the kinds that it names', () => {
    const figures = town('a', open(12), { ...households(40), person: { total: 400, bySelf: 0 } });
    expect(proposedBy(rule(), figures)).toStrictEqual([]);
    expect(proposedBy(rule({ kinds: ['household'] }), figures)).toStrictEqual(['a']);
  });
  it('compares with peers where it is told to, and only where there are three', () => {
    const alike = ['a', 'b', 'c'].map((id) => town(id, open(20), households(40)));
    const worse = town('d', open(36), households(40));
    expect(proposedBy(rule({ peerFactor: 1.5 }), ...alike, worse)).toStrictEqual(['d']);
    expect(proposedBy(rule({ peerFactor: 1.5 }), ...alike.slice(0, 1), worse)).toStrictEqual(['a', 'd']);
  });
  it('looks at overdue and relapsed findings by rules of their own', () => {
    const figures = town('a', { overdue: { byOthers: 4, bySelf: 9 }, relapsed: { byOthers: 2, bySelf: 0 } }, households(40));
    expect(DEFAULT_SUPERVISION_RULES.map((one) => [one.ruleId, proposedBy(one, figures).length])).toStrictEqual([
      ['open', 0],
      ['overdue', 1],
      ['relapsed', 1],
    ]);
  });
});

describe('The criteria of a removal', () => {
  const figures = { open: 3, overdue: 0, relapsesSince: (day: string) => (day <= '2020-07-02' ? 1 : 0), cleared: null };
  it('are held against the figures of a day; words are for a leader', () => {
    const checks = checkCriteria(
      [
        { kind: 'open-at-most', n: 2 },
        { kind: 'open-at-most', n: 3 },
        { kind: 'no-overdue' },
        { kind: 'no-relapse-for', days: 6 },
        { kind: 'no-relapse-for', days: 7 },
        { kind: 'stated', text: '建立制度' },
      ],
      figures,
      TO,
    );
    expect(checks.map(({ figure, met, asOf }) => [figure, met, asOf])).toStrictEqual([
      [3, false, TO],
      [3, true, TO],
      [0, true, TO],
      [0, true, TO],
      [1, false, TO],
      [null, null, TO],
    ]);
    expect(checkCriteria([{ kind: 'finding-cleared' }], { ...figures, cleared: true }, TO)[0]?.met).toBe(true);
  });
});
