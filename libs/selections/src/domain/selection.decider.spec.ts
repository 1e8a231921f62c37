import * as fc from 'fast-check';
import { DomainError, idFrom, instant, localDate, type Actor, type FindingId, type LegId, type PersonId, type UnitId } from '@app/kernel';
import { specFor } from '@app/testing';
import { drawSample, SAMPLE_METHOD } from './sample';
import type { SelectionCommand } from './selection.commands';
import { selectionDecider, type SelectionProgress } from './selection.decider';
import type { SelectionEvent } from './selection.events';
import type { SelectedRow, SelectionId, SelectionKind } from './selection.types';

type Intent = SelectionCommand extends infer C ? (C extends SelectionCommand ? Pick<C, 'type' | 'data'> : never) : never;

const by: Actor = {
  personId: 'p' as PersonId,
  unitId: 'office' as UnitId,
  postId: null,
  roles: ['office'],
  inPlaceOf: null,
  ownUnits: ['office' as UnitId],
};
const { roles: _roles, ...stamp } = by;
const act = { at: instant('2020-07-06T01:30:00Z'), on: localDate('2020-07-06'), by: stamp };
const order = (intent: Intent): SelectionCommand => ({ ...intent, by, at: act.at, on: act.on });
const row = (i: number, legId: string | null = null): SelectedRow => ({
  findingId: `f-${String(i)}` as FindingId,
  legId: legId as LegId | null,
});
const several = (count: number): readonly SelectedRow[] => Array.from({ length: count }, (_, i) => row(i));

const run = (rows: readonly SelectedRow[], step: SelectionKind = 'VerifyFinding', carried: readonly FindingId[] = []): SelectionCommand =>
  order({
    type: 'RunSelection',
    data: {
      selectionId: 's' as SelectionId,
      step,
      title: '七月第一批',
      text: '属实',
      rows,
      refused: 1,
      leftOut: 2,
      seed: 'seed',
      carried,
    },
  });
const judge = (findingId: FindingId, passed: boolean, text = '看过'): SelectionCommand =>
  order({ type: 'JudgeSample', data: { findingId, passed, method: 'on-site', text } });
const cancel = order({ type: 'CancelSelection', data: {} });
const finish = order({ type: 'FinishSelection', data: { done: 3, unchanged: 0, refused: 0, leftOut: 0 } });

const after = (...commands: readonly SelectionCommand[]): readonly SelectionEvent[] =>
  commands.reduce<readonly SelectionEvent[]>(
    (past, command) => [...past, ...selectionDecider.decide(command, past.reduce(selectionDecider.evolve, selectionDecider.initial))],
    [],
  );
const stateAfter = (events: readonly SelectionEvent[]): SelectionProgress =>
  events.reduce(selectionDecider.evolve, selectionDecider.initial);
const given = specFor(selectionDecider);
const sampleOf = (count: number): readonly FindingId[] =>
  drawSample(
    several(count).map(({ findingId }) => findingId),
    'seed',
  );
const said = { selectionId: 's' as SelectionId, title: '七月第一批', text: '属实', refused: 1, leftOut: 2 };

describe('A selection that is confirmed', () => {
  it('names its step, count and list, and begins', () => {
    const rows = ['f-0/T', 'f-0/S', 'f-1/T'];
    given()
      .when(run([row(0, 'T'), row(0, 'S'), row(1, 'T')], 'SignLeg'))
      .then(
        { type: 'SelectionOpened', data: { ...act, ...said, step: 'SignLeg', rows, count: 3, rowsHash: idFrom('rows', ...rows) } },
        { type: 'SelectionStarted', data: { ...act, count: 3 } },
      );
  });

  it('has something to do', () => {
    given().when(run([], 'SignLeg')).thenRejects('selection-nothing-to-run');
  });

  it('is confirmed once, and finished once', () => {
    const started = after(run(several(3), 'SignLeg'));
    given(...started)
      .when(run(several(3), 'SignLeg'))
      .thenNothing();
    const done = { done: 3, unchanged: 0, refused: 0, leftOut: 0 };
    given(...started)
      .when(finish)
      .then({ type: 'SelectionFinished', data: { ...act, ...done } });
    given(...started, ...after(finish))
      .when(finish)
      .then({ type: 'SelectionFinished', data: { ...act, ...done } });
    given(...after(run(several(3), 'SignLeg'), finish))
      .when(finish)
      .thenNothing();
    given().when(finish).thenNothing();
  });

  it('can be cancelled while it runs or waits for its sample, once, and not afterwards', () => {
    given(...after(run(several(3), 'SignLeg')))
      .when(cancel)
      .then({ type: 'SelectionCancelled', data: { ...act, during: 'running' } });
    given(...after(run(several(3))))
      .when(cancel)
      .then({ type: 'SelectionCancelled', data: { ...act, during: 'sampling' } });
    given(...after(run(several(3)), cancel))
      .when(cancel)
      .thenNothing();
    given(...after(run(several(3)), cancel))
      .when(run(several(3)))
      .thenRejects('selection-cancelled');
    given(...after(run(several(3)), cancel))
      .when(judge(row(0).findingId, true))
      .thenRejects('selection-cancelled');
    given(...after(run(several(3), 'SignLeg'), finish))
      .when(cancel)
      .thenRejects('selection-not-ready');
    given().when(cancel).thenRejects('selection-not-ready');
  });
});

describe('Verifying in bulk', () => {
  it('draws its sample before anything begins, and says how', () => {
    const events = after(run(several(60)));
    expect(events.map(({ type }) => type)).toStrictEqual(['SelectionOpened', 'SelectionSampleDrawn']);
    const rows = sampleOf(60);
    expect(events[1]?.data).toStrictEqual({ ...act, seed: 'seed', method: SAMPLE_METHOD, size: 6, rows, carried: [] });
  });

  it('keeps what an earlier sample left, as far as it is in this batch', () => {
    const outside = several(60)
      .map(({ findingId }) => findingId)
      .filter((findingId) => !sampleOf(60).includes(findingId))
      .slice(0, 2);
    const drawn = after(run(several(60), 'VerifyFinding', [...outside, 'f-999' as FindingId]))[1];
    expect(drawn?.type === 'SelectionSampleDrawn' && [drawn.data.size, drawn.data.carried]).toStrictEqual([8, outside]);
  });

  it('begins with the last sample that passes', () => {
    const [last, ...others] = sampleOf(60) as [FindingId, ...FindingId[]];
    const judged = after(run(several(60)), ...others.map((findingId) => judge(findingId, true)));
    expect(stateAfter(judged).status).toBe('sampling');
    given(...judged)
      .when(judge(last, true, ' 看过 '))
      .then(
        { type: 'SelectionSampleJudged', data: { ...act, findingId: last, passed: true, method: 'on-site', text: '看过' } },
        { type: 'SelectionStarted', data: { ...act, count: 60 } },
      );
  });

  it('is blocked by one that failed, also by one that had passed before', () => {
    const [first] = sampleOf(60) as [FindingId];
    for (const before of [after(run(several(60))), after(run(several(60)), judge(first, true))])
      given(...before)
        .when(judge(first, false))
        .then(
          { type: 'SelectionSampleJudged', data: { ...act, findingId: first, passed: false, method: 'on-site', text: '看过' } },
          { type: 'SelectionBlocked', data: { ...act, findingId: first } },
        );
  });

  it('takes no verdict without words, of another finding, or against one that began', () => {
    const sample = sampleOf(60);
    const [first] = sample as [FindingId];
    given(...after(run(several(60))))
      .when(judge(first, true, ' '))
      .thenRejects('selection-text-required');
    given(...after(run(several(60))))
      .when(judge('f-999' as FindingId, true))
      .thenRejects('selection-not-in-sample');
    const began = after(run(several(60)), ...sample.map((findingId) => judge(findingId, true)));
    given(...began)
      .when(judge(first, true))
      .thenNothing();
    given(...began)
      .when(judge(first, false))
      .thenRejects('selection-sample-judged');
    given().when(judge(first, true)).thenRejects('selection-not-ready');
  });

  it('never begins once a sample has failed, whatever is tried in whatever order', () => {
    const tries = fc.array(
      fc.oneof(
        fc.record({ do: fc.constant('judge' as const), which: fc.nat(5), passed: fc.boolean() }),
        fc.record({ do: fc.constantFrom('run' as const, 'cancel' as const, 'finish' as const) }),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(tries, (steps) => {
        const sample = sampleOf(60);
        const events: SelectionEvent[] = [...after(run(several(60)))];
        for (const step of steps) {
          const command = {
            judge: () => judge(sample['which' in step ? step.which : 0] ?? row(0).findingId, 'passed' in step && step.passed),
            run: () => run(several(60)),
            cancel: () => cancel,
            finish: () => finish,
          }[step.do]();
          try {
            events.push(...selectionDecider.decide(command, stateAfter(events)));
          } catch (error) {
            if (!(error instanceof DomainError)) throw error;
          }
        }
        const failed = events.findIndex((event) => event.type === 'SelectionSampleJudged' && !event.data.passed);
        const began = events.findIndex(({ type }) => type === 'SelectionStarted');
        const passed = new Set(
          events.flatMap((event) => (event.type === 'SelectionSampleJudged' && event.data.passed ? [event.data.findingId] : [])),
        );
        // It began only when all had passed and none had failed.
        expect(began === -1 || (failed === -1 && passed.size === sample.length)).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});
