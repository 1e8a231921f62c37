import type { Actor, FindingId, Instant, LocalDate } from '@app/kernel';
import type { SelectedRow, SelectionId, SelectionKind, VerifyingMethod } from './selection.types';

type Cmd<T extends string, D> = Readonly<{ type: T; data: Readonly<D>; by: Actor; at: Instant; on: LocalDate }>;

/** What the preview showed is confirmed. `seed` comes from the product; it counts only where a sample is drawn. */
export type RunSelection = Cmd<
  'RunSelection',
  {
    selectionId: SelectionId;
    step: SelectionKind;
    title: string;
    text: string | null;
    rows: readonly SelectedRow[];
    refused: number;
    leftOut: number;
    seed: string;
    carried: readonly FindingId[];
  }
>;
/** One sample was checked; a failed one is final and blocks the batch. */
export type JudgeSample = Cmd<'JudgeSample', { findingId: FindingId; passed: boolean; method: VerifyingMethod; text: string }>;
export type CancelSelection = Cmd<'CancelSelection', Record<never, never>>;
/** Sent when every row has its result. */
export type FinishSelection = Cmd<'FinishSelection', { done: number; unchanged: number; refused: number; leftOut: number }>;

export type SelectionCommand = RunSelection | JudgeSample | CancelSelection | FinishSelection;
