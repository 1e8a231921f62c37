import { DomainError } from '@app/kernel';
import { rejectImport } from '../domain/import.errors';
import type { Sheet, SheetRow } from '../domain/sheet';

/** A sheet with the texts of its page margins, where marks of secrecy also stand. */
export type ReadSheet = Sheet & Readonly<{ marginTexts: readonly string[] }>;

/** A sheet whose first rows are known and whose rows, those included, can be gone through once more, in pieces. */
export type SheetSource = Omit<ReadSheet, 'rows'> &
  Readonly<{
    head: readonly SheetRow[];
    /** About as many rows as will come. */
    rowCount: number;
    rows: () => AsyncGenerator<readonly SheetRow[]>;
  }>;
export type OpenedFile = Readonly<{ sheets: readonly SheetSource[]; close: () => void }>;

/** What an unpacker or a parser throws is a damaged file; refusals stay what they are. */
export const asRefusal = (error: unknown): never => {
  if (error instanceof DomainError) throw error;
  return rejectImport('file-damaged');
};
