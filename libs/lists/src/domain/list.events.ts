import type { Act, ListId, LocalDate, Message, UnitId } from '@app/kernel';
import type { ListRow, ListSource, RowContent } from './list.types';

type Ev<T extends string, D> = Message<T, D & Act>;
export type ListMeta = Readonly<{ title: string; source: ListSource; listDate: LocalDate }>;

/** 拟稿. */
export type ListDrafted = Ev<'ListDrafted', ListMeta & { listId: ListId; issuingUnitId: UnitId }>;
export type ListAmended = Ev<'ListAmended', { changes: Partial<ListMeta> }>;
/** Before issuing they belong to the draft, afterwards to the next supplement. */
export type RowsAdded = Ev<'RowsAdded', { rows: readonly ListRow[] }>;
export type RowCorrected = Ev<'RowCorrected', { rowId: string; changes: Partial<RowContent>; reason: string }>;
export type RowRemoved = Ev<'RowRemoved', { rowId: string; reason: string }>;
/** 印发: the rows are frozen; each becomes a finding. */
export type ListIssued = Ev<'ListIssued', { listId: ListId; number: string; rowIds: readonly string[] }>;
/** 补充清单: rows that came after issuing. */
export type SupplementIssued = Ev<'SupplementIssued', { listId: ListId; supplement: number; number: string; rowIds: readonly string[] }>;
/** A draft that is given up; what was issued cannot be. */
export type ListDiscarded = Ev<'ListDiscarded', { reason: string }>;

export type ListEvent = ListDrafted | ListAmended | RowsAdded | RowCorrected | RowRemoved | ListIssued | SupplementIssued | ListDiscarded;
