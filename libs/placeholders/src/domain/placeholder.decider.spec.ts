import { DomainError, instant, localDate, type Actor, type PersonId, type Role, type UnitId } from '@app/kernel';
import type { PlaceholderCommand } from './placeholder.commands';
import { placeholderDecider } from './placeholder.decider';
import type { PlaceholderEvent } from './placeholder.events';
import type { PlaceholderId } from './placeholder.types';

const AT = instant('2020-07-06T01:30:00Z');
const TODAY = localDate('2020-07-06');
const actor = (...roles: readonly Role[]): Actor => ({
  personId: 'p' as PersonId,
  unitId: 'office' as UnitId,
  postId: null,
  roles,
  inPlaceOf: null,
  ownUnits: ['office' as UnitId],
});
type Intent = PlaceholderCommand extends infer C ? (C extends PlaceholderCommand ? Pick<C, 'type' | 'data'> : never) : never;
const REGISTER: Intent = {
  type: 'RegisterPlaceholder',
  data: { placeholderId: 'x' as PlaceholderId, number: 'XX-2020-0001', unitId: 'dazeshan' as UnitId, source: 'upper' },
};
const settle = (documentNumber: string): Intent => ({ type: 'SettlePlaceholder', data: { documentNumber } });
const withdraw = (ground: 'mistaken' | 'declassified' | 'source-withdrew', documentNumber: string | null = null): Intent => ({
  type: 'WithdrawPlaceholder',
  data: { ground, documentNumber },
});

const decide = (past: readonly PlaceholderEvent[], intent: Intent, by = actor('office'), on = TODAY): readonly PlaceholderEvent[] =>
  placeholderDecider.decide({ ...intent, by, at: AT, on }, past.reduce(placeholderDecider.evolve, placeholderDecider.initial));
const after = (...intents: readonly Intent[]): readonly PlaceholderEvent[] =>
  intents.reduce<readonly PlaceholderEvent[]>((past, intent) => [...past, ...decide(past, intent)], []);
const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'taken';
};

describe('A placeholder for what is handled offline', () => {
  it('says that there is a finding, whose and from where, and nothing of what it says (R39)', () => {
    const [event] = after(REGISTER);
    expect([event?.type, Object.keys(event?.data ?? {}).sort()]).toStrictEqual([
      'PlaceholderRegistered',
      ['at', 'by', 'number', 'on', 'placeholderId', 'source', 'unitId'],
    ]);
  });

  it.each(['inspector', 'clerk', 'head', 'leader', 'system'] as const)('is not for %s to register', (role) => {
    expect(refusal(() => decide([], REGISTER, actor(role)))).toBe('placeholder-not-yours');
  });

  it('is registered once', () => {
    expect(refusal(() => decide(after(REGISTER), REGISTER))).toBe('placeholder-already-registered');
  });

  it('is settled by a document, once; the same word again changes nothing', () => {
    const settled = after(REGISTER, settle(' 平密〔2020〕3号 '));
    expect(settled.at(-1)?.data).toMatchObject({ documentNumber: '平密〔2020〕3号' });
    expect(decide(settled, settle('平密〔2020〕3号'))).toStrictEqual([]);
    expect(refusal(() => decide(settled, settle('平密〔2020〕4号')))).toBe('placeholder-settled');
    expect(refusal(() => decide(after(REGISTER), settle(' ')))).toBe('placeholder-document-required');
  });

  it('is withdrawn on one of three grounds; a source withdraws in writing', () => {
    expect(refusal(() => decide(after(REGISTER), withdraw('source-withdrew')))).toBe('placeholder-document-required');
    const withdrawn = after(REGISTER, withdraw('declassified'));
    expect(withdrawn.at(-1)?.data).toMatchObject({ ground: 'declassified', documentNumber: null });
    expect(decide(withdrawn, withdraw('declassified'))).toStrictEqual([]);
    expect(refusal(() => decide(withdrawn, withdraw('mistaken')))).toBe('placeholder-withdrawn');
    expect(refusal(() => decide(withdrawn, settle('平督〔2020〕3号')))).toBe('placeholder-withdrawn');
    expect(after(REGISTER, settle('平督〔2020〕3号'), withdraw('source-withdrew', '青督〔2020〕1号'))).toHaveLength(3);
  });

  it('is never about the future, and nothing can be done to one that is not there', () => {
    expect(refusal(() => decide([], REGISTER, actor('office-head'), localDate('2020-07-07')))).toBe('placeholder-date-in-future');
    expect([refusal(() => decide([], settle('1号'))), refusal(() => decide([], withdraw('mistaken')))]).toStrictEqual([
      'placeholder-not-found',
      'placeholder-not-found',
    ]);
  });
});
