import type { Act, FindingId, Message } from '@app/kernel';
import type { SelectionId, SelectionKind, VerifyingMethod } from './selection.types';

type Ev<T extends string, D> = Message<T, D & Act>;

/** 批量办理: count and list of what was confirmed (R12), before any of it happens. What happens to each row stands in its finding. */
export type SelectionOpened = Ev<
  'SelectionOpened',
  {
    selectionId: SelectionId;
    step: SelectionKind;
    title: string;
    /** The common text; null where the step has none. */
    text: string | null;
    /** `findingId` or `findingId/legId`, in the order of the preview. */
    rows: readonly string[];
    count: number;
    rowsHash: string;
    /** Of the preview: rows that stay out, and why is said there. */
    refused: number;
    leftOut: number;
  }
>;
/** 抽样: drawn by the product, from a seed that nobody chose, before anything is verified. */
export type SelectionSampleDrawn = Ev<
  'SelectionSampleDrawn',
  {
    seed: string;
    method: string;
    size: number;
    rows: readonly FindingId[];
    /** Of these: left by an earlier sample without having passed. */
    carried: readonly FindingId[];
  }
>;
export type SelectionSampleJudged = Ev<
  'SelectionSampleJudged',
  { findingId: FindingId; passed: boolean; method: VerifyingMethod; text: string }
>;
export type SelectionBlocked = Ev<'SelectionBlocked', { findingId: FindingId }>;
export type SelectionStarted = Ev<'SelectionStarted', { count: number }>;
export type SelectionCancelled = Ev<'SelectionCancelled', { during: 'sampling' | 'running' }>;
export type SelectionFinished = Ev<'SelectionFinished', { done: number; unchanged: number; refused: number; leftOut: number }>;

export type SelectionEvent =
  | SelectionOpened
  | SelectionSampleDrawn
  | SelectionSampleJudged
  | SelectionBlocked
  | SelectionStarted
  | SelectionCancelled
  | SelectionFinished;
