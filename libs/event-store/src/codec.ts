import type { RecordedEvent } from './event-store.port';
import type { EventTypes } from './event-types';

/** A stored event that this version of the product cannot read. */
export class UndecodableEvent extends Error {
  constructor(
    readonly type: string,
    readonly version: number,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'UndecodableEvent';
  }
}

/** No context knows the type, or its stored version is newer than this product. */
export class UnknownEvent extends UndecodableEvent {
  constructor(type: string, version: number) {
    super(type, version, `unknown event ${type} v${version}`);
    this.name = 'UnknownEvent';
  }
}

/** Turns what was stored into the current version of its type. Errors: UnknownEvent, UndecodableEvent (an upcast failed). */
export class EventCodec {
  constructor(private readonly types: EventTypes) {
    for (const [type, { version, upcasts = {} }] of Object.entries(types)) {
      for (let from = 1; from < version; from += 1) {
        if (upcasts[from] === undefined) throw new RangeError(`${type} has no upcast from version ${from}`);
      }
    }
  }

  knows(type: string): boolean {
    return Object.hasOwn(this.types, type);
  }

  /** Current version of each type. */
  versions(): ReadonlyMap<string, number> {
    return new Map(Object.entries(this.types).map(([type, { version }]) => [type, version]));
  }

  /** Version to store new events of this type with. */
  versionOf(type: string): number {
    const spec = this.knows(type) ? this.types[type] : undefined;
    if (spec === undefined) throw new UnknownEvent(type, 0);
    return spec.version;
  }

  decode(event: RecordedEvent): RecordedEvent {
    const spec = this.knows(event.type) ? this.types[event.type] : undefined;
    if (spec === undefined || event.version > spec.version) throw new UnknownEvent(event.type, event.version);
    if (event.version === spec.version) return event;
    let data: unknown = event.data;
    for (let from = event.version; from < spec.version; from += 1) {
      try {
        data = spec.upcasts?.[from]?.(data as never);
      } catch (cause) {
        throw new UndecodableEvent(event.type, event.version, `${event.type} v${from} could not be turned into v${from + 1}`, { cause });
      }
    }
    return { ...event, version: spec.version, data };
  }
}

/** One codec for the types of several contexts; the same type in two contexts is a RangeError. */
export const createCodec = (...tables: readonly EventTypes[]): EventCodec => {
  const all: Record<string, EventTypes[string]> = {};
  for (const table of tables) {
    for (const [type, spec] of Object.entries(table)) {
      if (all[type] !== undefined && all[type] !== spec) throw new RangeError(`event type ${type} belongs to two contexts`);
      all[type] = spec;
    }
  }
  return new EventCodec(all);
};
