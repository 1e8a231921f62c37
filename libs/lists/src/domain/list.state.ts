import { assertNever, type ListId, type LocalDate, type UnitId } from '@app/kernel';
import type { ListEvent } from './list.events';
import type { ListSource } from './list.types';
import { RowSet } from './row-set';

type Core = Readonly<{
  listId: ListId;
  title: string;
  issuingUnitId: UnitId;
  source: ListSource;
  listDate: LocalDate;
  /** What they say decides nothing here: it is read from the stream by whoever needs it. */
  rows: RowSet;
  /** Rows that are part of the list or a supplement as sent out. */
  frozen: ReadonlySet<string>;
}>;
export type ListState =
  | Readonly<{ status: 'absent' }>
  | (Core & Readonly<{ status: 'draft' }>)
  | (Core & Readonly<{ status: 'issued'; number: string; supplements: number }>)
  | (Core & Readonly<{ status: 'discarded' }>);

export const absent: ListState = { status: 'absent' };
const withRows = <S extends Core>(state: S, rows: RowSet): S => ({ ...state, rows });

/** Rows in the order they came that have not been sent out yet. */
export const waitingRows = (state: Exclude<ListState, { status: 'absent' }>): readonly string[] =>
  [...state.rows].filter((rowId) => !state.frozen.has(rowId));

export const evolve = (state: ListState, event: ListEvent): ListState => {
  if (event.type === 'ListDrafted') {
    const { listId, title, issuingUnitId, source, listDate } = event.data;
    return { status: 'draft', listId, title, issuingUnitId, source, listDate, rows: RowSet.empty, frozen: new Set() };
  }
  if (state.status === 'absent') return state;
  switch (event.type) {
    case 'ListAmended':
      return { ...state, ...event.data.changes };
    case 'RowsAdded':
      return withRows(state, state.rows.with(event.data.rows.map((row) => row.rowId)));
    case 'RowCorrected':
      return state;
    case 'RowRemoved':
      return withRows(state, state.rows.without(event.data.rowId));
    case 'ListIssued': {
      const { number, rowIds } = event.data;
      return { ...state, status: 'issued', number, supplements: 0, frozen: new Set(rowIds) };
    }
    case 'SupplementIssued':
      if (state.status !== 'issued') return state;
      return { ...state, supplements: event.data.supplement, frozen: new Set([...state.frozen, ...event.data.rowIds]) };
    case 'ListDiscarded':
      return { ...state, status: 'discarded' };
    default:
      return assertNever(event);
  }
};
