import { DomainError, instantAt, localDate, localDateOf, stampOf, type FindingId, type Instant, type LegId } from '@app/kernel';
import { AT, clerk, DUE, TOWN } from '../testing/ladder-builders';
import type { TogetherEvent } from './escalation.events';
import type { ChosenRung } from './escalation.types';
import { togetherDecider, type ChooseRungs, type CloseRungs, type TogetherCommand } from './together.decider';

const rung = (findingId: string, dueAt: Instant = DUE): ChosenRung => ({ findingId: findingId as FindingId, legId: 'T' as LegId, dueAt });
const act = { at: AT, on: localDateOf(AT), by: clerk };
const addressees = [{ kind: 'unit', unitId: TOWN, personId: null }] as const;
const choose = (part: Partial<ChooseRungs['data']> = {}): ChooseRungs => ({
  type: 'ChooseRungs',
  data: { rung: 'urging', unitId: TOWN, rungs: [rung('a'), rung('b')], addressees: null, text: ' 请逐项说明 ', replyBy: null, ...part },
  ...act,
});
const close = (...rungs: readonly ChosenRung[]): CloseRungs => ({ type: 'CloseRungs', data: { rungs, addressees }, ...act });
const after = (...commands: readonly TogetherCommand[]): readonly TogetherEvent[] =>
  commands.reduce<readonly TogetherEvent[]>((past, command) => [...past, ...decide(past, command)], []);
const decide = (past: readonly TogetherEvent[], command: TogetherCommand): readonly TogetherEvent[] =>
  togetherDecider.decide(command, past.reduce(togetherDecider.evolve, togetherDecider.initial));
const refusal = (past: readonly TogetherEvent[], command: TogetherCommand): unknown => {
  try {
    return decide(past, command);
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
};

describe('Rungs chosen to go out together', () => {
  it('are written down before any is issued, so that what breaks down can go on', () =>
    expect(after(choose())).toStrictEqual([
      {
        type: 'RungsChosen',
        data: { ...choose().data, text: '请逐项说明', at: AT, on: '2020-07-07', by: stampOf(clerk) },
      },
    ]));

  it('go out as one notice of those that were issued, in the words and by the day of the choice', () =>
    expect(after(choose({ replyBy: localDate('2020-07-10') }), close(rung('b')))[1]).toStrictEqual({
      type: 'RungsIssuedTogether',
      data: {
        rung: 'urging',
        unitId: TOWN,
        rungs: [rung('b')],
        addressees,
        text: '请逐项说明',
        replyBy: '2020-07-10',
        at: AT,
        on: '2020-07-07',
        by: stampOf(clerk),
      },
    }));

  it('stand on one notice each, however often it is looked at: what was issued later goes out by itself', () => {
    const both = after(choose(), close(rung('a')), close(rung('a'), rung('b')));
    expect(both.flatMap(({ type, data }) => (type === 'RungsIssuedTogether' ? [data.rungs] : []))).toStrictEqual([
      [rung('a')],
      [rung('b')],
    ]);
    expect(decide(both, close(rung('a'), rung('b')))).toStrictEqual([]);
  });

  it.each<[string, readonly TogetherCommand[], TogetherCommand, string]>([
    ['none', [], choose({ rungs: [] }), 'rungs-required'],
    ['one twice', [], choose({ rungs: [rung('a'), rung('b'), rung('a')] }), 'rung-chosen-twice'],
    ['no words', [], choose({ text: ' ' }), 'rung-text-required'],
    ['another choice under the same id', [choose()], choose({ rungs: [rung('c')] }), 'rungs-chosen-otherwise'],
    ['nothing that was chosen', [], close(rung('a')), 'rungs-not-found'],
  ])('are refused: %s', (_, before, command, code) => expect(refusal(after(...before), command)).toBe(code));

  it('are two where a leg missed two due times', () =>
    expect(after(choose({ rungs: [rung('a'), rung('a', instantAt(localDate('2020-07-20'), '17:30'))] }))).toHaveLength(1));
});
