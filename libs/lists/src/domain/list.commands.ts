import type { Actor, Instant, ListId, LocalDate, UnitId } from '@app/kernel';
import type { ListMeta } from './list.events';
import type { ListRow, RowContent } from './list.types';

type Cmd<T extends string, D> = Readonly<{ type: T; data: Readonly<D>; by: Actor; at: Instant; on: LocalDate }>;

export type DraftList = Cmd<'DraftList', ListMeta & { listId: ListId; issuingUnitId: UnitId }>;
export type AmendList = Cmd<'AmendList', { changes: Partial<ListMeta> }>;
/** Rows that the list has already are left out quietly, whether they are the same or not. */
export type AddRows = Cmd<'AddRows', { rows: readonly ListRow[] }>;
export type CorrectRow = Cmd<'CorrectRow', { rowId: string; changes: Partial<RowContent>; reason: string }>;
export type RemoveRow = Cmd<'RemoveRow', { rowId: string; reason: string }>;
/** The number was taken from the register before; a refusal leaves a gap there, which the register explains. */
export type IssueList = Cmd<'IssueList', { number: string }>;
export type IssueSupplement = Cmd<'IssueSupplement', Record<never, never>>;
export type DiscardList = Cmd<'DiscardList', { reason: string }>;

export type ListCommand = DraftList | AmendList | AddRows | CorrectRow | RemoveRow | IssueList | IssueSupplement | DiscardList;
