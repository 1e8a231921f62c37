import { assertNever, idFrom, stampOf, type Act, type Decider, type Stamp } from '@app/kernel';
import { drawSample, SAMPLE_METHOD } from './sample';
import type { CancelSelection, FinishSelection, JudgeSample, RunSelection, SelectionCommand } from './selection.commands';
import { reject, rejectState } from './selection.errors';
import type { SelectionEvent } from './selection.events';
import type { SampleVerdict, SelectedRow, VerifyingMethod } from './selection.types';

/** Each sample with what was said of it, by whom; `judged` is null until then. */
export type SelectionSample = Readonly<
  Record<string, Readonly<{ verdict: SampleVerdict; judged: Readonly<{ method: VerifyingMethod; text: string; by: Stamp }> | null }>>
>;
type Under = Readonly<{
  count: number;
  sample: SelectionSample;
  /** What the sample was drawn from; null where none is. */
  seed: string | null;
}>;
/** From the moment it was confirmed; before that a selection is a preview and no event. */
export type SelectionProgress =
  Readonly<{ status: 'absent' }> | (Under & Readonly<{ status: 'opened' | 'sampling' | 'running' | 'done' | 'blocked' | 'cancelled' }>);

const OPEN = { verdict: 'open', judged: null } as const;
const initial: SelectionProgress = { status: 'absent' };
const actOf = ({ at, on, by }: Pick<SelectionCommand, 'at' | 'on' | 'by'>): Act => ({ at, on, by: stampOf(by) });

export const rowKey = ({ findingId, legId }: SelectedRow): string => (legId === null ? findingId : `${findingId}/${legId}`);

const run = (command: RunSelection, state: SelectionProgress): readonly SelectionEvent[] => {
  if (state.status === 'blocked') return reject('selection-blocked');
  if (state.status === 'cancelled') return reject('selection-cancelled');
  if (state.status !== 'absent') return [];
  const { rows: chosen, seed, carried, ...said } = command.data;
  if (chosen.length === 0) return reject('selection-nothing-to-run');
  const act = actOf(command);
  const rows = chosen.map(rowKey);
  const opened: SelectionEvent = {
    type: 'SelectionOpened',
    data: { ...act, ...said, rows, count: rows.length, rowsHash: idFrom('rows', ...rows) },
  };
  if (said.step !== 'VerifyFinding') return [opened, { type: 'SelectionStarted', data: { ...act, count: rows.length } }];
  const findings = chosen.map(({ findingId }) => findingId);
  const held = findings.filter((findingId) => carried.includes(findingId));
  const sample = drawSample(findings, seed, held);
  const drawn = { ...act, seed, method: SAMPLE_METHOD, size: sample.length, rows: sample, carried: held };
  return [opened, { type: 'SelectionSampleDrawn', data: drawn }];
};

const judge = (command: JudgeSample, state: SelectionProgress): readonly SelectionEvent[] => {
  if (state.status === 'absent' || state.status === 'opened') return rejectState('ready');
  const { findingId, passed, method } = command.data;
  const { verdict: before } = state.sample[findingId] ?? reject('selection-not-in-sample');
  if (before === (passed ? 'passed' : 'failed')) return [];
  if (state.status === 'blocked') return reject('selection-blocked');
  if (state.status === 'cancelled') return reject('selection-cancelled');
  if (state.status !== 'sampling') return reject('selection-sample-judged');
  const text = command.data.text.trim();
  if (text === '') return reject('selection-text-required');
  const act = actOf(command);
  const judged: SelectionEvent = { type: 'SelectionSampleJudged', data: { ...act, findingId, passed, method, text } };
  if (!passed) return [judged, { type: 'SelectionBlocked', data: { ...act, findingId } }];
  const rest = Object.entries(state.sample).filter(([id]) => id !== findingId);
  const all = rest.every(([, { verdict }]) => verdict === 'passed');
  return all ? [judged, { type: 'SelectionStarted', data: { ...act, count: state.count } }] : [judged];
};

const cancel = (command: CancelSelection, { status }: SelectionProgress): readonly SelectionEvent[] => {
  if (status === 'cancelled') return [];
  if (status === 'sampling' || status === 'running') return [{ type: 'SelectionCancelled', data: { ...actOf(command), during: status } }];
  return rejectState(status);
};

const finish = (command: FinishSelection, { status }: SelectionProgress): readonly SelectionEvent[] =>
  status === 'running' ? [{ type: 'SelectionFinished', data: { ...actOf(command), ...command.data } }] : [];

const decide = (command: SelectionCommand, state: SelectionProgress): readonly SelectionEvent[] => {
  switch (command.type) {
    case 'RunSelection':
      return run(command, state);
    case 'JudgeSample':
      return judge(command, state);
    case 'CancelSelection':
      return cancel(command, state);
    case 'FinishSelection':
      return finish(command, state);
    default:
      return assertNever(command);
  }
};

const under = (state: SelectionProgress): Under => (state.status === 'absent' ? { count: 0, sample: {}, seed: null } : state);

const evolve = (state: SelectionProgress, event: SelectionEvent): SelectionProgress => {
  const known = under(state);
  switch (event.type) {
    case 'SelectionOpened':
      return { status: 'opened', count: event.data.count, sample: {}, seed: null };
    case 'SelectionSampleDrawn': {
      const { seed, rows } = event.data;
      return { ...known, status: 'sampling', seed, sample: Object.fromEntries(rows.map((findingId) => [findingId, OPEN])) };
    }
    case 'SelectionSampleJudged': {
      const { findingId, passed, method, text, by } = event.data;
      const judged = { verdict: passed ? 'passed' : 'failed', judged: { method, text, by } } as const;
      return { ...known, status: 'sampling', sample: { ...known.sample, [findingId]: judged } };
    }
    case 'SelectionBlocked':
      return { ...known, status: 'blocked' };
    case 'SelectionStarted':
      return { ...known, status: 'running' };
    case 'SelectionCancelled':
      return { ...known, status: 'cancelled' };
    case 'SelectionFinished':
      return { ...known, status: 'done' };
    default:
      return assertNever(event);
  }
};

export const selectionDecider: Decider<SelectionProgress, SelectionCommand, SelectionEvent> = { initial, decide, evolve };
