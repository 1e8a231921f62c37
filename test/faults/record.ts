import type { ExpectedRevision, RecordedEvent } from '@app/event-store';

/** What is known of an event without its envelope. */
export type Fact = Readonly<{ id: string; stream: string; revision: bigint; position: bigint }> & NoteData;

/** Data of every event that a history writes. */
export type NoteData = Readonly<{
  /** The operation it belongs to. */
  op: string;
  /** How many events the operation has. */
  of: number;
  /** For commands: how many events of commands the stream holds with this one, as far as the writer knew. 0 for plain appends. */
  total: number;
}>;

export const factOf = ({ id, stream, revision, position, data }: RecordedEvent): Fact => ({
  id,
  stream,
  revision,
  position,
  ...(data as NoteData),
});

/** Times are milliseconds on the clock of the history. */
type Timed = Readonly<{ process: string; start: number; end: number }>;

export type WriteOutcome =
  | Readonly<{ kind: 'ok'; revision: bigint; position: bigint }>
  /** The store or the decision said no, after an answer or after settling. */
  | Readonly<{ kind: 'refused' }>
  /** Nobody answered, to the last attempt: it may be there, or come to be there later. */
  | Readonly<{ kind: 'unknown' }>;

export type Write = Timed &
  Readonly<{
    kind: 'write';
    op: string;
    /** `command` where a CommandRunner chose the revision. */
    expected: ExpectedRevision | 'command';
    stream: string;
    /** Of all events that it may have written. */
    ids: readonly string[];
    outcome: WriteOutcome;
    /** One of the attempts before the last ended without an answer. */
    doubtful: boolean;
  }>;

export type StreamRead = Timed & Readonly<{ kind: 'stream-read'; stream: string; from: bigint; limit: number; ids: readonly string[] }>;
export type AllRead = Timed & Readonly<{ kind: 'all-read'; after: bigint; limit: number; ids: readonly string[] }>;
export type HeadRead = Timed & Readonly<{ kind: 'head'; position: bigint }>;
export type Operation = Write | StreamRead | AllRead | HeadRead;

/** After each commit of a follower: how many rows its table has and what its checkpoint says. */
export type TableCommit = Readonly<{ at: number; rows: number; checkpoint: bigint }>;
export type FollowerTable = Readonly<{
  name: string;
  /** Which streams it wants; empty: all. */
  prefixes: readonly string[];
  /** Ids in the order in which their rows were committed. */
  rows: readonly string[];
  commits: readonly TableCommit[];
}>;

/** All that is judged. */
export type HistoryRecord = Readonly<{
  operations: readonly Operation[];
  tables: readonly FollowerTable[];
  /** Position of the last event before the history began; 0n in an empty store. */
  base: bigint;
  /** The log after that as it is when all is calm, read where nothing misbehaves. */
  log: readonly Fact[];
  /** Errors that no port may throw, and followers that never came to the end of the log. */
  wrong: readonly string[];
}>;
