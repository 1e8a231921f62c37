import { assertNever, type ListId, type LocalDate, type UnitId } from '@app/kernel';
import type { ListEvent } from './list.events';
import type { ListRow, ListSource } from './list.types';

type Core = Readonly<{
  listId: ListId;
  title: string;
  issuingUnitId: UnitId;
  source: ListSource;
  listDate: LocalDate;
  rows: ReadonlyMap<string, ListRow>;
  /** Rows that are part of the list or a supplement as sent out. */
  frozen: ReadonlySet<string>;
}>;
export type ListState =
  | Readonly<{ status: 'absent' }>
  | (Core & Readonly<{ status: 'draft' }>)
  | (Core & Readonly<{ status: 'issued'; number: string; supplements: number }>)
  | (Core & Readonly<{ status: 'discarded' }>);

export const absent: ListState = { status: 'absent' };
const withRows = <S extends Core>(state: S, rows: ReadonlyMap<string, ListRow>): S => ({ ...state, rows });

/** Rows in the order they came that have not been sent out yet. */
export const waitingRows = (state: Exclude<ListState, { status: 'absent' }>): readonly ListRow[] =>
  [...state.rows.values()].filter((row) => !state.frozen.has(row.rowId));

export const evolve = (state: ListState, event: ListEvent): ListState => {
  if (event.type === 'ListDrafted') {
    const { listId, title, issuingUnitId, source, listDate } = event.data;
    return { status: 'draft', listId, title, issuingUnitId, source, listDate, rows: new Map(), frozen: new Set() };
  }
  if (state.status === 'absent') return state;
  switch (event.type) {
    case 'ListAmended':
      return { ...state, ...event.data.changes };
    case 'RowsAdded':
      return withRows(state, new Map([...state.rows, ...event.data.rows.map((row) => [row.rowId, row] as const)]));
    case 'RowCorrected': {
      const row = state.rows.get(event.data.rowId);
      return row === undefined ? state : withRows(state, new Map(state.rows).set(row.rowId, { ...row, ...event.data.changes }));
    }
    case 'RowRemoved': {
      const rows = new Map(state.rows);
      rows.delete(event.data.rowId);
      return withRows(state, rows);
    }
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
