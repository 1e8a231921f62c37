import { bodyOf, emptyPlan, faultsOf, type Plan } from './plan';

const today = '2020-07-06';
const plan: Plan = { ...emptyPlan(today, 'team-1'), members: ['p-1'], villages: ['v-1'], sourceName: 'Round 3' };

describe('The plan of an inspection', () => {
  it('needs a team, members, villages and by whose order it goes', () => {
    expect(faultsOf(plan, today)).toStrictEqual({});
    expect(Object.keys(faultsOf(emptyPlan(today, ''), today))).toStrictEqual(['teamId', 'members', 'villages', 'sourceName']);
  });
  it('ends neither before it begins, nor in the past, and is no longer than a quarter', () => {
    const days = (from: string, to: string): boolean => 'to' in faultsOf({ ...plan, from, to }, today);
    expect([days('2020-07-10', '2020-07-09'), days('2020-07-01', '2020-07-05'), days(today, '2020-10-06')]).toStrictEqual([
      true,
      true,
      true,
    ]);
    expect([days(today, today), days('2020-07-01', today), days(today, '2020-10-05')]).toStrictEqual([false, false, false]);
  });
  it('visits at most sixty villages', () => {
    const villages = Array.from({ length: 61 }, (_, n) => `v-${String(n)}`);
    expect(Object.keys(faultsOf({ ...plan, villages }, today))).toStrictEqual(['villages']);
  });
  it('is unannounced unless something else is chosen, and sends nothing for what was left empty', () => {
    expect(bodyOf(plan)).toMatchObject({
      manner: 'unannounced',
      note: null,
      source: { kind: 'inspection', name: 'Round 3', batch: null, documentNumber: null },
    });
  });
});
