import { localDate, type CategoryCode } from '@app/kernel';
import { DEFAULT_RULE_BOOK, ruleFor, type DeadlineRule, type RuleBook, type RuleQuery } from './rule-book';

const on = localDate('2020-07-06');
const rule = (part: Partial<DeadlineRule>): DeadlineRule => ({
  id: 'r',
  version: 1,
  kind: 'rectify',
  days: 15,
  unit: 'working',
  from: localDate('2020-01-01'),
  to: null,
  ...part,
});
const book = (...rules: readonly DeadlineRule[]): RuleBook => ({ version: '1', rules });
const query: RuleQuery = { kind: 'rectify', rectification: 'time-limited', seriousness: 'serious', line: 'sectoral', duty: 'acts' };

describe('The rule that holds', () => {
  it('is the most specific one that fits', () => {
    const found = ruleFor(
      book(
        rule({ id: 'any' }),
        rule({ id: 'serious', seriousness: 'serious' }),
        rule({ id: 'serious-sectoral', seriousness: 'serious', line: 'sectoral' }),
        rule({ id: 'owner', seriousness: 'serious', line: 'owner', duty: 'acts' }),
      ),
      query,
      on,
    );
    expect(found?.id).toBe('serious-sectoral');
  });

  it('may be that of a category, a source or a kind of finding', () => {
    const found = (part: Partial<RuleQuery>) =>
      ruleFor(
        book(
          rule({ id: 'any' }),
          rule({ id: 'water', category: 'water' as CategoryCode, days: 24, unit: 'hours' }),
          rule({ id: 'upper', source: 'upper' }),
          rule({ id: 'task', findingKind: 'task' }),
          rule({ id: 'upper-water', source: 'upper', category: 'water' as CategoryCode }),
        ),
        { ...query, source: 'inspection', findingKind: 'finding', ...part },
        on,
      )?.id;
    expect(found({})).toBe('any');
    expect(found({ category: 'water' as CategoryCode })).toBe('water');
    expect(found({ source: 'upper' })).toBe('upper');
    expect(found({ findingKind: 'task' })).toBe('task');
    expect(found({ category: 'water' as CategoryCode, source: 'upper' })).toBe('upper-water');
  });

  it('is in force on that day, its last day included', () => {
    const old = rule({ id: 'old', to: localDate('2020-07-06') });
    const next = rule({ id: 'next', from: localDate('2020-07-07') });
    expect(ruleFor(book(old, next), query, localDate('2020-07-06'))?.id).toBe('old');
    expect(ruleFor(book(old, next), query, localDate('2020-07-07'))?.id).toBe('next');
    expect(ruleFor(book(old), query, localDate('2020-07-07'))).toBeNull();
  });

  it('is the newest version of itself', () => {
    const found = ruleFor(book(rule({ days: 20, version: 1, seriousness: 'serious' }), rule({ days: 12, version: 2 })), query, on);
    expect([found?.version, found?.days]).toStrictEqual([2, 12]);
  });

  it('has a default for every kind of deadline', () => {
    const default_ = (q: RuleQuery) => {
      const found = ruleFor(DEFAULT_RULE_BOOK, q, on);
      return found === null ? null : [found.days, found.unit];
    };
    expect(default_({ kind: 'sign' })).toStrictEqual([1, 'working']);
    expect(default_({ kind: 'triage' })).toStrictEqual([1, 'working']);
    expect(default_({ kind: 'ruling' })).toStrictEqual([2, 'working']);
    expect(default_({ kind: 'rectify', rectification: 'time-limited', seriousness: 'ordinary' })).toStrictEqual([15, 'working']);
    expect(default_(query)).toStrictEqual([10, 'working']);
    expect(default_({ ...query, seriousness: 'major' })).toStrictEqual([5, 'working']);
    expect(default_({ ...query, rectification: 'immediate', seriousness: 'major' })).toStrictEqual([3, 'working']);
    expect(default_({ kind: 'guide', duty: 'guides' })).toStrictEqual([5, 'working']);
    expect(default_({ kind: 'review' })).toStrictEqual([3, 'working']);
    expect(default_({ kind: 'verify' })).toStrictEqual([5, 'working']);
    expect(default_({ kind: 'staged-check' })).toStrictEqual([180, 'natural']);
    expect(default_({ kind: 'instruction' })).toStrictEqual([5, 'working']);
  });
});
