import type { Brand, CategoryCode, LocalDate, SubjectId, UnitId } from '@app/kernel';

export type CarryOverId = Brand<string, 'CarryOverId'>;
/** Of the source: the same kinds as of findings. */
export const CARRY_OVER_SOURCES = ['upper', 'inspection', 'self', 'data', 'leader', 'other'] as const;
export type CarryOverSource = Readonly<{
  kind: (typeof CARRY_OVER_SOURCES)[number];
  name: string;
  batch: string | null;
  documentNumber: string | null;
}>;
/** Persons by a masked label; what identifies them is sealed under their own key. */
export type CarryOverSubject = Readonly<{
  kind: string;
  subjectId: SubjectId | null;
  label: string;
  sealed: string | null;
  sensitive: boolean;
}>;

/** What the sheet says of something that was cleared before this system. */
export type CarriedRow = Readonly<{
  /** Identity of the row, as lists have it: source, batch and number or content. */
  rowId: string;
  importId: string | null;
  source: CarryOverSource;
  /** Their own number. */
  number: string | null;
  text: string;
  category: CategoryCode;
  subject: CarryOverSubject;
  place: Readonly<{ townId: UnitId; villageId: UnitId | null; text: string }>;
  /** The units that answered for it. */
  unitIds: readonly UnitId[];
  foundOn: LocalDate | null;
  /** As the sheet says; null where it says only that it was cleared. */
  clearedOn: LocalDate | null;
  /** The words of the sheet that say so: `是否销号：是`. */
  said: string;
}>;
