import type { CategoryCode, FindingId, LocalDate, SubjectId, UnitId } from '@app/kernel';

/** upper 上级反馈 · inspection 督导检查 · self 自查 · data 数据比对 · leader 领导批示 · other. */
export type SourceKind = 'upper' | 'inspection' | 'self' | 'data' | 'leader' | 'other';
export type ListSource = Readonly<{
  kind: SourceKind;
  /** The authority or the round that found it: `省督导组`. */
  name: string;
  batch: string | null;
  documentNumber: string | null;
}>;

export type RowSubject = Readonly<{
  kind: 'household' | 'person' | 'project' | 'village' | 'unit' | 'facility' | 'other';
  subjectId: SubjectId | null;
  /** Masked where it is a person: 王**. */
  label: string;
  /** Ciphertext under the subject's own key; null where there is nothing personal. */
  sealed: string | null;
  sensitive: boolean;
}>;
export type RowLeg = Readonly<{ unitId: UnitId; line: 'territorial' | 'sectoral' | 'owner'; duty: 'acts' | 'guides'; leads: boolean }>;

/** What a row says: enough to file, accept and transfer it when nothing is missing (R27). */
export type RowContent = Readonly<{
  kind: 'finding' | 'task';
  /** Their own number, as written: `3-(2)①`. */
  number: string | null;
  text: string;
  category: CategoryCode;
  subject: RowSubject;
  place: Readonly<{ townId: UnitId; villageId: UnitId | null; text: string }>;
  /** More than one: a parent with a child per town (R6). */
  townIds: readonly UnitId[];
  foundOn: LocalDate | null;
  manner: 'documents' | 'on-site' | 'household' | 'data' | 'unannounced';
  basis: string | null;
  seriousness: 'ordinary' | 'serious' | 'major';
  rectification: 'immediate' | 'time-limited' | 'staged' | null;
  measure: string | null;
  /** Written in the row; the rule decides when null (R18). */
  dueOn: LocalDate | null;
  legs: readonly RowLeg[];
  assisting: readonly UnitId[];
  projectOwnerId: UnitId | null;
  /** Columns that decide nothing, as quoted from the sheet. */
  quoted: readonly Readonly<{ title: string; text: string }>[];
}>;

export type ListRow = RowContent &
  Readonly<{
    /** Follows from authority, batch and number, else from the content: the same row is the same everywhere. */
    rowId: string;
    findingId: FindingId;
    /** Hash of what was understood of the sheet; null for a row typed in. */
    fingerprint: string | null;
  }>;

/** What keeps a row from being accepted and transferred by the issuing: it is filed and waits for triage. */
export type Missing = 'unit' | 'stages' | 'task-legs';

/**
 * Nothing missing means that issuing accepts, transfers and dates the row. A staged row still needs its stages, which no sheet has;
 * several towns without a department are carried by the children.
 */
export const missingIn = (row: RowContent): readonly Missing[] => {
  const missing: Missing[] = [];
  if (row.legs.length === 0) missing.push('unit');
  if (row.rectification === 'staged') missing.push('stages');
  if (row.kind === 'task' && row.legs.length > 1) missing.push('task-legs');
  return missing;
};
