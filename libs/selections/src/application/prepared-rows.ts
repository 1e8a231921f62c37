import type { FindingIntent } from '@app/findings';
import type { Actor, Bilingual, CommandId } from '@app/kernel';
import type { RowState, SelectedRow, SelectionId, SelectionState } from '../domain/selection.types';

/** A row whose commands are known already, as a workbook that came back gives them. */
export type PreparedRow = SelectedRow &
  Readonly<{
    /** Revision of the finding that the row rests on; the row is refused when the finding has moved on. */
    revision: bigint;
    /** In this order, each a command of its own whose id follows from selection, row and place; the first refusal ends the row. */
    intents: readonly FindingIntent[];
  }>;

/** What became of a row; the refusal where there is one. */
export type PreparedResult = SelectedRow & Readonly<{ state: RowState; refusal: (Readonly<{ code: string }> & Bilingual) | null }>;
export type PreparedStanding = Readonly<{ state: SelectionState; rowsDone: number; rowsTotal: number }>;

/** Opens a selection of rows that are prepared elsewhere, ready to run. The same command id opens the same selection. */
export abstract class PreparedSelections {
  abstract open(request: Readonly<{ title: string; rows: readonly PreparedRow[]; by: Actor; commandId: CommandId }>): Promise<SelectionId>;
  abstract run(selectionId: SelectionId, by: Actor): Promise<void>;
  /** Rows that are done stay done. */
  abstract cancel(selectionId: SelectionId, by: Actor): Promise<void>;
  /** Null when there is no such selection. */
  abstract standing(selectionId: SelectionId): Promise<PreparedStanding | null>;
  /** In the order in which the rows were given, from the row after the first `after` ones. */
  abstract results(selectionId: SelectionId, after: number, limit: number): Promise<readonly PreparedResult[]>;
}
