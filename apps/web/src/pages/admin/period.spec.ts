import { dayBefore, inOrder, phaseOf } from './period';

describe('A period of a post, a secondment or a rule', () => {
  it('holds on its first and on its last day', () => {
    const period = { from: '2020-07-01', to: '2020-07-31' };
    expect(['2020-06-30', '2020-07-01', '2020-07-31', '2020-08-01'].map((day) => phaseOf(period, day))).toStrictEqual([
      'coming',
      'now',
      'now',
      'past',
    ]);
    expect(phaseOf({ from: '2020-07-01', to: null }, '2030-01-01')).toBe('now');
  });
  it('never held when it was ended before it began', () => {
    expect(phaseOf({ from: '2020-07-10', to: '2020-07-09' }, '2020-07-01')).toBe('past');
  });
  it('stands in the order now, to come, past', () => {
    const past = { from: '2019-01-01', to: '2019-12-31' };
    const now = { from: '2020-01-01', to: null };
    const coming = { from: '2021-01-01', to: null };
    expect(inOrder([past, coming, now], '2020-07-06')).toStrictEqual([now, coming, past]);
  });
  it('ends on the day before, also across months', () => {
    expect([dayBefore('2020-07-06'), dayBefore('2020-03-01')]).toStrictEqual(['2020-07-05', '2020-02-29']);
  });
});
