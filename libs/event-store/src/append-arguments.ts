import type { EventToAppend, ExpectedRevision } from './event-store.port';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MAX_STREAM_LENGTH = 250;
const MAX_EVENTS_PER_APPEND = 10_000;
/** What jsonb cannot hold: the escape of NUL and a surrogate without its other half. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/i;

/** An event whose JSON texts are made once, before it waits in any queue. */
export type PreparedEvent = Readonly<{ id: string; type: string; version: number; data: string; metadata: string }>;

const jsonOf = (value: unknown, what: string): string => {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    throw new RangeError(`${what} is no JSON`, { cause: error });
  }
  // Nearly no text holds an escape of this kind: looking for one is quick, looking what is before it is not.
  if (text === undefined || (text.includes('\\u') && UNSTORABLE.test(text))) throw new RangeError(`${what} is no JSON that can be stored`);
  return text;
};

/** Refuses with RangeError what no store can ever accept. */
export const prepareAppend = (
  stream: string,
  expected: ExpectedRevision,
  events: readonly EventToAppend[],
  maxEvents = MAX_EVENTS_PER_APPEND,
): readonly PreparedEvent[] => {
  if (stream === '' || stream.length > MAX_STREAM_LENGTH || stream.includes('\0')) throw new RangeError('not a stream name');
  if (typeof expected === 'bigint' && expected < 0n) throw new RangeError(`not a revision: ${String(expected)}`);
  if (events.length === 0) throw new RangeError('an append needs events');
  if (events.length > maxEvents) throw new RangeError(`more than ${maxEvents} events in one append`);
  if (new Set(events.map((e) => e.id.toLowerCase())).size !== events.length) throw new RangeError('the same event id twice in one append');
  return events.map((event) => {
    if (!UUID.test(event.id)) throw new RangeError(`not an event id: ${event.id}`);
    if (event.type === '' || event.type.includes('\0')) throw new RangeError('not an event type');
    if (!Number.isInteger(event.version) || event.version < 1) throw new RangeError(`not a version: ${event.version}`);
    return {
      id: event.id.toLowerCase(),
      type: event.type,
      version: event.version,
      data: jsonOf(event.data, `data of ${event.type}`),
      metadata: jsonOf(event.metadata, `metadata of ${event.type}`),
    };
  });
};

export const checkPage = (limit: number): void => {
  if (!Number.isInteger(limit) || limit < 1) throw new RangeError(`not a limit: ${limit}`);
};
