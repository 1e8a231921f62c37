import type { LocalDate } from '@app/kernel';
import type { ListSource } from '@app/lists';
import type { DirectoryRows } from '../../../organisation/src/plain';
import type { SealingKey } from '../../../privacy/src/plain';
import type { Provenance } from '../domain/row-identity';
import type { ImportJob, NewRow, Understood } from './import-job';
import type { WrittenLines } from './row-lines';

/** All that reading a file rests on, as plain data, so that it can be done in any thread. */
export type ReadingTask = Readonly<{
  job: Pick<ImportJob, 'importId' | 'fileName' | 'fileKind' | 'options'>;
  /** The file on disk. */
  path: string;
  today: LocalDate;
  directory: DirectoryRows;
  /** The list that rows go into, where there is one already. */
  target: Readonly<{ source: ListSource; listDate: LocalDate }> | null;
  sealing: SealingKey;
  /** Of this reading alone: its subjects are new, whatever an earlier one sealed. */
  reading: string;
}>;

/** A row with errors, whose cells are yet to be sealed. */
export type WrongRow = Readonly<{ row: NewRow; cells: readonly string[] }>;
/** Understood rows as they are stored, with the keys that they are sealed under. By now `upTo` rows have been read, of about `total`. */
export type ReadRows = Readonly<{
  kind: 'rows';
  lines: WrittenLines;
  keys: string;
  wrong: readonly WrongRow[];
  upTo: number;
  total: number;
}>;
export type ReadingStep =
  Readonly<{ kind: 'opened'; provenance: Provenance }> | ReadRows | Readonly<{ kind: 'read'; understood: Understood }>;
