import type { FindingIntent, Refusal } from '@app/findings';
import type { Actor, FindingId, LegId, LocalDate, Stamp, UnitId } from '@app/kernel';
import type {
  RowState,
  SampleVerdict,
  SelectedRow,
  SelectionId,
  SelectionKind,
  SelectionState,
  VerifyingMethod,
} from '../domain/selection.types';
import type { AnyStepData } from './step-data';

/** Data of a step with the business date that somebody claims for it; today when absent. */
export type Said = Readonly<{ data: AnyStepData; on?: LocalDate | undefined }>;

export type SelectionJob = Readonly<{
  selectionId: SelectionId;
  unitId: UnitId;
  /** Who opened it: what it holds is what they may see. */
  actor: Actor;
  /** Who confirmed it: every row is theirs, with the rights they have when it runs. */
  runner: Actor | null;
  title: string;
  step: SelectionKind;
  /** Null for rows that bring their own commands. */
  said: Said | null;
  state: SelectionState;
  /** Run rows also where the finding has moved on since the preview. */
  evenIfChanged: boolean;
  createdAt: string;
  changedAt: string;
}>;

export type SelectionCounts = Readonly<{
  rows: number;
  /** Looked at by the preview. */
  looked: number;
  waiting: number;
  done: number;
  unchanged: number;
  refused: number;
  leftOut: number;
  /** Rows of the sample, and how many of them have no verdict yet. */
  sample: number;
  sampleOpen: number;
}>;

export const NO_COUNTS: SelectionCounts = {
  rows: 0,
  looked: 0,
  waiting: 0,
  done: 0,
  unchanged: 0,
  refused: 0,
  leftOut: 0,
  sample: 0,
  sampleOpen: 0,
};

export type SelectionRow = SelectedRow &
  Readonly<{
    n: number;
    looked: boolean;
    /** Grows with every exception to the row, so that a preview of what it was before says nothing. */
    draft: number;
    leftOut: boolean;
    /** In place of what is common. */
    own: Said | null;
    /** As previewed; null until then, and once the row has its result. */
    intents: readonly FindingIntent[] | null;
    on: LocalDate | null;
    /** Of the finding: what the preview saw. */
    revision: string | null;
    /** Types of the events that would come of it, or that came. */
    events: readonly string[];
    state: RowState;
    refusal: Refusal | null;
    /** Of the finding after the row was done, and the position that a read can wait for. */
    doneRevision: string | null;
    donePosition: string | null;
    verdict: SampleVerdict | null;
    verdictText: string | null;
    verdictMethod: VerifyingMethod | null;
    /** Who checked the sample verifies it. */
    verdictBy: Stamp | null;
  }>;

/** A row left out, or with data of its own. Without a leg it holds for every leg of the finding. */
export type RowException = Readonly<{ findingId: FindingId; legId: LegId | null }> &
  Readonly<{ leaveOut: true; said: null } | { leaveOut: false; said: Said }>;

export type RowsShown = 'all' | RowState | 'sample';
