import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import type { EventMetadata, EventToAppend, RecordedEvent } from '@app/event-store';
import type { LogRecord, NewRecord } from './log-storage';

/** What the port cannot keep in a name: nothing, NUL, half a surrogate pair. */
const UNSTORABLE_NAME = /^$|\0|\p{Surrogate}/u;
const MAX_STREAM_LENGTH = 250;
/** Streams whose names the port would not take lie under the hash of their name; each record says the name itself. */
const HASHED = '~sha256~';
const STAND_IN_TYPE = '~type~';
/** The port wants to know who acted and why; of a client that speaks the protocol nothing of that is known, and nothing is made up. */
const UNKNOWN = {} as EventMetadata;

/** Text as it is, where JSON can hold it; everything else as base64, so that each byte comes back. */
type Kept = string | Readonly<{ base64: string }>;

/** The data of an event of the port. What has its usual value is left out. */
type StoredRecord = Readonly<{
  id: string;
  /** Ticks since 1970, as text: too large for a JSON number. */
  created: string;
  data?: Kept;
  metadata?: Kept;
  binary?: true;
  /** Only when the port's own field cannot say it. */
  type?: Kept;
  stream?: Kept;
}>;

const keptBytes = (bytes: Uint8Array): Kept => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Valid UTF-8 has no lone surrogates; NUL is the one character that JSON in a database cannot hold.
  return isUtf8(buffer) && !buffer.includes(0) ? buffer.toString('utf8') : { base64: buffer.toString('base64') };
};
const bytesOf = (kept: Kept | undefined): Uint8Array => {
  if (kept === undefined) return new Uint8Array();
  return typeof kept === 'string' ? Buffer.from(kept, 'utf8') : Buffer.from(kept.base64, 'base64');
};

/** A name may hold half surrogate pairs, which UTF-8 cannot say. */
const keptName = (name: string): Kept => (UNSTORABLE_NAME.test(name) ? { base64: Buffer.from(name, 'utf16le').toString('base64') } : name);
const nameOf = (kept: Kept): string => (typeof kept === 'string' ? kept : Buffer.from(kept.base64, 'base64').toString('utf16le'));

const fits = (stream: string): boolean => stream.length <= MAX_STREAM_LENGTH && !stream.startsWith(HASHED) && !UNSTORABLE_NAME.test(stream);

/** Under which name the port keeps a stream. */
export const portStreamOf = (stream: string): string =>
  fits(stream) ? stream : HASHED + createHash('sha256').update(stream, 'utf16le').digest('hex');

/** `portId` is of the port alone: ids of clients are unique in their stream at most. */
export const portEventOf = (stream: string, record: NewRecord, portId: string): EventToAppend => {
  const typeFits = !UNSTORABLE_NAME.test(record.type);
  const stored: StoredRecord = {
    id: record.id,
    created: record.created.toString(),
    ...(record.data.length === 0 ? {} : { data: keptBytes(record.data) }),
    ...(record.metadata.length === 0 ? {} : { metadata: keptBytes(record.metadata) }),
    ...(record.contentType === 'application/json' ? {} : { binary: true }),
    ...(typeFits ? {} : { type: keptName(record.type) }),
    ...(fits(stream) ? {} : { stream: keptName(stream) }),
  };
  return {
    id: portId,
    type: typeFits ? record.type : STAND_IN_TYPE,
    version: 1,
    data: stored,
    metadata: UNKNOWN,
  };
};

const isStored = (data: unknown): data is StoredRecord =>
  typeof data === 'object' && data !== null && 'id' in data && 'created' in data && typeof data.created === 'string';

/** Errors: when the event was not written by `portEventOf`. */
export const recordOf = (event: RecordedEvent): LogRecord => {
  const { data } = event;
  if (!isStored(data)) throw new Error(`position ${event.position} does not hold a record of the double`);
  return {
    id: data.id,
    type: data.type === undefined ? event.type : nameOf(data.type),
    contentType: data.binary === true ? 'application/octet-stream' : 'application/json',
    data: bytesOf(data.data),
    metadata: bytesOf(data.metadata),
    created: BigInt(data.created),
    stream: data.stream === undefined ? event.stream : nameOf(data.stream),
    revision: event.revision,
    position: event.position,
  };
};
