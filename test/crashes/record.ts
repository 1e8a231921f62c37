import type { RecordedEvent } from '@app/event-store';

/** Times are milliseconds on the clock of the campaign. */
type Timed = Readonly<{ client: string; start: number; end: number }>;

export type Outcome =
  /** A 2xx: what it was told about its command. */
  | Readonly<{ kind: 'ok'; status: number; revision: bigint | null; position: bigint | null; changed: boolean | null }>
  /** The rules said no. */
  | Readonly<{ kind: 'refused'; status: number; code: string }>
  /** Nobody answered, to the last attempt. */
  | Readonly<{ kind: 'unknown' }>;

/** One act of a client under one Idempotency-Key, however often it was sent. */
export type Act = Timed &
  Readonly<{
    kind: 'act';
    /** Method and path, for reading. */
    request: string;
    /** What sort of act it is: acts of one sort store equally many events. */
    sort: string;
    /** Follows from account and key; the product gives it to every event of the act. */
    commandId: string;
    outcome: Outcome;
    attempts: number;
    /** Codes of the refusals that were met before the outcome was known. */
    met: readonly string[];
    /** For what stores no event of its own under this id, such as an upload of a list. */
    silent: boolean;
    /** SHA-256 of the file that was acknowledged as evidence. */
    hash: string | null;
  }>;

/** An act that was known to have succeeded, sent once more under its key. */
export type Repeat = Timed & Readonly<{ kind: 'repeat'; commandId: string; request: string; same: boolean }>;

/** A read of a finding that named a position. */
export type Read = Timed &
  Readonly<{
    kind: 'read';
    stream: string;
    position: bigint;
    /** The product said that it could not wait so long. */
    behind: boolean;
    /** Revision that was shown; null when the finding was not found. */
    revision: bigint | null;
  }>;

export type Operation = Act | Repeat | Read;

/** A list that came in as a file, as its importer knows it at the end. */
export type ImportedList = Readonly<{
  importId: string;
  listId: string;
  rows: number;
  committed: boolean;
  issued: boolean;
}>;

/** A selection that was run, with what each of its rows was told. */
export type RunSelection = Readonly<{
  selectionId: string;
  /** Null while its client never learnt how it ended. */
  state: string | null;
  rows: readonly Readonly<{ findingId: string; state: string; commandId: string }>[];
}>;

/** What a rebuild beside the live tables gave. */
export type ComparedTable = Readonly<{ table: string; equal: boolean }>;

/** A number that people are shown, and what it must be. */
export type Recount = Readonly<{ what: string; shown: number; counted: number }>;

/** The product and the clients, after a campaign: all that is judged. */
export type CrashRecord = Readonly<{
  operations: readonly Operation[];
  lists: readonly ImportedList[];
  selections: readonly RunSelection[];
  /** Position of the last event before the campaign. */
  base: bigint;
  /** What was written since, read when all is calm. */
  log: readonly RecordedEvent[];
  tables: readonly ComparedTable[];
  recounts: readonly Recount[];
  /** Hash of evidence in any event → hash of the bytes that lie there; null when nothing does. */
  files: ReadonlyMap<string, string | null>;
  /** What nobody may ever meet: unclear answers, work that never resumed, a launcher that gave up. */
  wrong: readonly string[];
}>;
