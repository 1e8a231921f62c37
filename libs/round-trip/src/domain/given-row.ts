import type { EvidenceId, ItemId, LegId, LocalDate } from '@app/kernel';
import type { ItemAnswerWord } from './row-steps';
import type { ItemFilled, ItemLocked, LegFilled, LegLocked } from './sheet-columns';

/** A cell of a workbook that came back. */
export type GivenCell = Readonly<{
  address: string;
  title: string;
  /** As it was typed, blanks tidied, personal numbers replaced. A day reads `2020-07-31`. */
  text: string;
  /** Null where the text is no day. */
  day: LocalDate | null;
  /** `#REF!` and the like. */
  broken: boolean;
  /** Held a personal number. */
  personal: boolean;
}>;
export type GivenItem = Readonly<{
  /** From 1, as on the second sheet. */
  order: number;
  filled: Readonly<Partial<Record<ItemFilled, GivenCell>>>;
  locked: Readonly<Partial<Record<ItemLocked, GivenCell>>>;
}>;
export type GivenRow = Readonly<{
  filled: Readonly<Partial<Record<LegFilled, GivenCell>>>;
  locked: Readonly<Partial<Record<LegLocked, GivenCell>>>;
  /** Of columns that the workbook did not have. */
  others: readonly GivenCell[];
  items: readonly GivenItem[];
}>;

export type KnownItem = Readonly<{
  itemId: ItemId;
  answer: 'open' | ItemAnswerWord;
  /** As the second sheet shows it. */
  locked: Readonly<Record<ItemLocked, string>>;
  filled: Readonly<Record<ItemFilled, string>>;
}>;
/** The leg as the system holds it now, in the words of the workbook. */
export type KnownLeg = Readonly<{
  legId: LegId;
  guides: boolean;
  deliveredOn: LocalDate;
  locked: Readonly<Record<LegLocked, string>>;
  filled: Readonly<Record<LegFilled, string>>;
  items: readonly KnownItem[];
  /** What a report can point to: files of this leg or of the whole finding, not from before. */
  evidence: readonly EvidenceId[];
}>;
