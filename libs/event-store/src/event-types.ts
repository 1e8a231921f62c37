/** How one event type is stored: its current version and, per older version, the function to the next one. */
export type EventTypeSpec = Readonly<{
  version: number;
  /** `upcasts[1]` turns data of version 1 into data of version 2, and so on. */
  upcasts?: Readonly<Record<number, (data: never) => unknown>>;
}>;

/** A context's table: `{ FindingFiled: { version: 1 }, … } satisfies Record<FindingEvent['type'], EventTypeSpec>`. */
export type EventTypes = Readonly<Record<string, EventTypeSpec>>;
