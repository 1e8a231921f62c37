import { DomainError, instant, localDate, type Actor, type CategoryCode, type PersonId, type Role, type UnitId } from '@app/kernel';
import type { CarryOverCommand } from './carry-over.commands';
import { carryOverDecider } from './carry-over.decider';
import type { CarryOverEvent } from './carry-over.events';
import type { CarryOverId } from './carry-over.types';

const AT = instant('2020-07-06T01:30:00Z');
const actor = (...roles: readonly Role[]): Actor => ({
  personId: 'p' as PersonId,
  unitId: 'office' as UnitId,
  postId: null,
  roles,
  inPlaceOf: null,
  ownUnits: ['office' as UnitId],
});
type Intent = CarryOverCommand extends infer C ? (C extends CarryOverCommand ? Pick<C, 'type' | 'data'> : never) : never;
const carry = (clearedOn: string | null = '2019-12-01'): Intent => ({
  type: 'CarryOver',
  data: {
    carryOverId: 'c' as CarryOverId,
    rowId: 'r',
    importId: null,
    source: { kind: 'upper', name: '省督导组', batch: '第一批', documentNumber: null },
    number: '1',
    text: '房屋漏雨未修',
    category: 'housing' as CategoryCode,
    subject: { kind: 'other', subjectId: null, label: '未列明', sealed: null, sensitive: false },
    place: { townId: 'dazeshan' as UnitId, villageId: null, text: '' },
    unitIds: ['dazeshan' as UnitId],
    foundOn: null,
    clearedOn: clearedOn === null ? null : localDate(clearedOn),
    said: '是否销号：是',
  },
});
const withdraw = (reason = '并未销号'): Intent => ({ type: 'WithdrawCarryOver', data: { reason } });

const decide = (past: readonly CarryOverEvent[], intent: Intent, by = actor('office'), on = '2020-07-06'): readonly CarryOverEvent[] =>
  carryOverDecider.decide({ ...intent, by, at: AT, on: localDate(on) }, past.reduce(carryOverDecider.evolve, carryOverDecider.initial));
const after = (...intents: readonly Intent[]): readonly CarryOverEvent[] =>
  intents.reduce<readonly CarryOverEvent[]>((past, intent) => [...past, ...decide(past, intent)], []);
const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'taken';
};

describe('A carry-over 历史结转', () => {
  it('is one event that holds what the sheet says, and the same row again is quiet', () => {
    const [event, ...more] = after(carry());
    expect([event?.type, more]).toStrictEqual(['FindingCarriedOver', []]);
    expect(event?.data).toMatchObject({ rowId: 'r', clearedOn: '2019-12-01', said: '是否销号：是', on: '2020-07-06' });
    expect(decide(after(carry()), carry())).toStrictEqual([]);
  });
  it('is withdrawn by the office with a reason, and does not come back by the same file', () => {
    expect(after(carry(), withdraw()).map(({ type }) => type)).toStrictEqual(['FindingCarriedOver', 'CarryOverWithdrawn']);
    expect(decide(after(carry(), withdraw()), withdraw())).toStrictEqual([]);
    expect(decide(after(carry(), withdraw()), carry())).toStrictEqual([]);
    expect(refusal(() => decide(after(carry(), withdraw()), withdraw('另一个原因')))).toBe('carry-over-withdrawn');
    expect(refusal(() => decide(after(carry()), withdraw('  ')))).toBe('carry-over-reason-required');
    expect(refusal(() => decide([], withdraw()))).toBe('carry-over-not-found');
  });
  it.each(['clerk', 'leader', 'admin', 'inspector'] as const)('is not for a %s', (role) => {
    expect(refusal(() => decide([], carry(), actor(role)))).toBe('carry-over-not-yours');
  });
  it('takes no day that has not come', () => {
    expect(refusal(() => decide([], carry('2020-07-07')))).toBe('carry-over-not-yet-cleared');
    expect(refusal(() => decide([], carry(), actor('office'), '2020-07-07'))).toBe('carry-over-date-in-future');
    expect(decide([], carry(null))).toHaveLength(1);
  });
});
