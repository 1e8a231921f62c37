import type { EventCodec, RecordedEvent } from '@app/event-store';

/** Takes rows for tables of the read models, in any order; each row once. */
export type RowSink = Readonly<{ add: (table: string, row: object) => void }>;

/** Folds streams, whole ones, one after the other. */
export interface BulkFold {
  /** All events of one stream up to where the rebuild reads, oldest first, decoded. */
  stream(events: readonly RecordedEvent[]): void;
  /** After the last stream: what was held back over several of them. */
  end(): void;
}

/**
 * Rows of such a table are parts: those that agree in `by` become one, with the sum of `sum`; a sum of 0 is no row. `of`: no parts
 * are given, it sums up a column of another table, one that comes before it.
 */
export type SummedTable = Readonly<{ by: readonly string[]; sum: string; of?: Readonly<{ table: string; column: string }> }>;

/**
 * A second way to the rows of some projections, for a rebuild alone: it reads each stream once and as a whole, and writes final
 * rows. It gives the very rows that `apply` gives, and may share with it nothing but the mapping from event to row.
 */
export interface BulkProjections {
  /** The projections whose tables it can make. */
  readonly names: readonly string[];
  /** The streams it folds begin so. */
  readonly streamPrefixes: readonly string[];
  /** Types of events outside those streams that rows depend on: few, all of them given beforehand in the order of the log. */
  readonly shared: readonly string[];
  readonly sums: Readonly<Record<string, SummedTable>>;
  /** Rows that follow from the shared events alone. `wanted` names the projections that are being rebuilt. */
  sharedRows(shared: readonly RecordedEvent[], rows: RowSink, wanted: ReadonlySet<string>): void;
  /** Streams are dealt out to several folds, which know nothing of each other. */
  begin(shared: readonly RecordedEvent[], rows: RowSink, wanted: ReadonlySet<string>): BulkFold;
}

/**
 * What a thread loads, because functions cannot be sent to it: a module with `bulk` and `codec`, by its file name.
 */
export type BulkModule = Readonly<{ bulk: readonly BulkProjections[]; codec: EventCodec }>;
