import type { Bilingual, FindingId, LegId } from '@app/kernel';
import type { FilledField } from './sheet-columns';
import type { RowStep } from './row-steps';

/**
 * reading → ready (previewed) → running → done. refused: the file as a whole, with the reason. cancelled: by a person; rows that were
 * done stay done.
 */
export const ROUND_TRIP_STATES = ['reading', 'ready', 'running', 'done', 'refused', 'cancelled'] as const;
export type RoundTripState = (typeof ROUND_TRIP_STATES)[number];

/**
 * unchanged: nothing was filled in, or what was is there already · changed: will become commands · refused: the row stays out, whole ·
 * done, failed: what became of a changed row · left: the run was cancelled before it.
 */
export const ROW_STATES = ['unchanged', 'changed', 'refused', 'done', 'failed', 'left'] as const;
export type RoundTripRowState = (typeof ROW_STATES)[number];

export type Reason = Readonly<{ code: string }> & Bilingual;

/** taken: goes into a command · refused: keeps its row out · ignored: said, and without any effect. */
export type CellVerdict = 'taken' | 'refused' | 'ignored';
export type CellChange = Readonly<{
  /** As Excel shows it, `H7`; cells of the second sheet with its name, `明细答复!E4`. */
  address: string;
  /** Null for a column that takes nothing: a locked one, the clearance, one that is not of this workbook. */
  field: FilledField | null;
  title: string;
  before: string;
  after: string;
  verdict: CellVerdict;
  /** The command that the cell goes into; null unless taken. */
  becomes: RowStep['type'] | null;
  reason: Reason | null;
}>;

/** One leg of the workbook: its row, and its rows of items on the second sheet. */
export type RoundTripRow = Readonly<{
  n: number;
  /** In the first sheet; null when only its items came. */
  sheetRow: number | null;
  /** As the row says, also where there is no such finding. */
  number: string;
  /** Null unless the row is one of this unit's. */
  findingId: FindingId | null;
  legId: LegId | null;
  state: RoundTripRowState;
  /** Why the row stays out, or failed. */
  reasons: readonly Reason[];
  /** Of a stale row: what happened since the workbook was made, oldest first. */
  since: readonly Readonly<{ label: Bilingual; at: string }>[];
  cells: readonly CellChange[];
  /** Holds a personal number whose replacement must be confirmed (R40). */
  confirmPersonal: boolean;
  steps: readonly RowStep[];
}>;

export type RoundTripCounts = Readonly<{
  rows: number;
  changed: number;
  unchanged: number;
  refused: number;
  toConfirm: number;
  done: number;
  failed: number;
  left: number;
}>;
