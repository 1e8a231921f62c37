import type { Actor, Bilingual, ListId, LocalDate, UnitId } from '@app/kernel';
import type { ListSource, RowContent } from '@app/lists';
import type { Field } from '../domain/columns';
import type { Choices } from '../domain/draft-row';
import type { Remark } from '../domain/remarks';
import type { UnderstoodSheet } from '../domain/understand-sheet';
import type { FileKind } from './sniff';

export type ImportState = 'received' | 'reading' | 'ready' | 'committing' | 'committed' | 'refused' | 'cancelled';
/** A state inside a sentence. */
export const STATE_WORDS: Readonly<Record<ImportState, Bilingual>> = {
  received: { zh: '排队中', en: 'received' },
  reading: { zh: '正在读取', en: 'being read' },
  ready: { zh: '待提交', en: 'ready' },
  committing: { zh: '正在提交', en: 'being committed' },
  committed: { zh: '已提交', en: 'committed' },
  refused: { zh: '未能读取', en: 'refused' },
  cancelled: { zh: '已取消', en: 'cancelled' },
};

/** What the one who imports says about the file; everything may be left to the file itself. */
export type ImportOptions = Readonly<{
  /** The sheet to read; the first one with a header when null. */
  sheet: string | null;
  listDate: LocalDate | null;
  source: ListSource | null;
  kind: RowContent['kind'];
  columns: Readonly<Record<string, Field | null>>;
  choices: Choices;
}>;

/** Where the rows go: a list that is there, or a new draft. */
export type ImportTarget = Readonly<{
  listId: ListId;
  /** Rows that say they were cleared are carried over instead (R29); only where somebody chose it. */
  carryOver?: boolean;
  draft: Readonly<{ title: string; issuingUnitId: UnitId; source: ListSource; listDate: LocalDate }> | null;
}>;

export type ImportCounts = Readonly<{
  rows: number;
  /** Can go into a list. */
  good: number;
  wrong: number;
  withWarnings: number;
  /** Hold a personal number whose replacement must be confirmed. */
  toConfirm: number;
  added: number;
  known: number;
  differs: number;
  /** Good rows whose own columns say that they were cleared before. */
  saysCleared: number;
  carriedOver: number;
}>;

export type Understood = Pick<UnderstoodSheet, 'sheet' | 'headerRows' | 'titles' | 'columns' | 'skipped'> &
  Readonly<{
    sheets: readonly string[];
    listDate: LocalDate;
    unknownUnits: readonly Readonly<{ name: string; proposals: readonly string[]; cells: number }>[];
  }>;

export type Failure = Readonly<{ code: string; zh: string; en: string }>;

export type ImportJob = Readonly<{
  importId: string;
  unitId: UnitId;
  actor: Actor;
  fileName: string;
  fileHash: string;
  fileKind: FileKind;
  fileSize: number;
  state: ImportState;
  options: ImportOptions;
  understood: Understood | null;
  rowsTotal: number;
  rowsDone: number;
  counts: ImportCounts | null;
  target: ImportTarget | null;
  failure: Failure | null;
  createdAt: string;
  changedAt: string;
}>;

export type ImportRow = Readonly<{
  n: number;
  sheetRows: readonly number[];
  numberCore: string | null;
  contentCore: string;
  frameSource: string | null;
  frameBatch: string | null;
  fingerprint: string;
  content: RowContent | null;
  confirmPersonal: boolean;
  errors: number;
  warnings: number;
  remarks: readonly Remark[];
  /** The cells of a row with errors as they were, numbers replaced, sealed: they name people. */
  cells: string | null;
  /** carried-before: an earlier import carried it over. */
  state: 'read' | 'added' | 'known' | 'differs' | 'carried-over' | 'carried-before';
  rowId: string | null;
}>;

/** As it comes from reading, before any commit; what it says and what is said of it as JSON, made once. */
export type NewRow = Omit<ImportRow, 'content' | 'remarks'> &
  Readonly<{ state: 'read'; rowId: string; content: string | null; remarks: string }>;
