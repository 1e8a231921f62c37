export { IMPORT_ERRORS, rejectImport, type ImportErrorCode } from './domain/import.errors';
export * from './domain/draft-row';
export { FIELDS, STATUS_FIELDS, titleOf, type Field } from './domain/columns';
export { coresOf, fingerprintOf, identities, type Provenance } from './domain/row-identity';
export { remark, type Remark, type RemarkCode, type RemarkLevel } from './domain/remarks';
export { understandSheet, type ReadingOptions, type Titles, type UnderstoodColumn, type UnderstoodSheet } from './domain/understand-sheet';
export { LIMITS } from './application/limits';
export { admitFile, openFile, type BearsSecrecyMark } from './application/open-file';
export type { FileKind } from './application/sniff';
export { ImportsModule } from './imports.module';
export { Imports, NO_OPTIONS, type CommitRequest } from './application/imports';
export type {
  Failure,
  ImportCounts,
  ImportJob,
  ImportOptions,
  ImportRow,
  ImportState,
  ImportTarget,
  Understood,
} from './application/import-job';
export { rejectedSheet } from './application/rejected-sheet';
export { provenanceOf } from './application/row-frame';
export { ImportFiles } from './application/import-files';
export { addressOf, plainText, type CellValue, type Sheet, type SheetRow } from './domain/sheet';
export { readDate } from './domain/dates';
export { bare, runningText } from './domain/text';
