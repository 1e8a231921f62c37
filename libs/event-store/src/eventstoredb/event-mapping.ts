import type { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { UUID } from '@eventstore/db-client/generated/shared_pb';
import type { PreparedEvent } from '../append-arguments';
import type { EventMetadata, RecordedEvent } from '../event-store.port';

/** The key in the metadata under which the version of an event's schema is kept; metadata of the port has no such key. */
export const VERSION_KEY = 'schemaVersion';
const OLDEST_SCHEMA = 1;

/** Metadata as it lies in the log. Errors: RangeError when it is no object or has the version's key itself. */
export const storedMetadata = ({ metadata, version, type }: PreparedEvent): string => {
  if (!metadata.startsWith('{')) throw new RangeError(`metadata of ${type} is no object`);
  if (metadata.includes(`"${VERSION_KEY}"`) && Object.hasOwn(JSON.parse(metadata) as object, VERSION_KEY)) {
    throw new RangeError(`metadata of ${type} may not have ${VERSION_KEY}`);
  }
  return `{"${VERSION_KEY}":${version}${metadata === '{}' ? '}' : `,${metadata.slice(1)}`}`;
};

const hex = (bits: string): string => BigInt.asUintN(64, BigInt(bits)).toString(16).padStart(16, '0');

/** Lower case, with hyphens, whichever of its two forms the server chose. */
export const uuidOf = (uuid: UUID | undefined): string => {
  const structured = uuid?.getStructured();
  if (structured === undefined) return (uuid?.getString() ?? '').toLowerCase();
  const all = hex(structured.getMostSignificantBits()) + hex(structured.getLeastSignificantBits());
  return [all.slice(0, 8), all.slice(8, 12), all.slice(12, 16), all.slice(16, 20), all.slice(20)].join('-');
};

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');

/** Null for what is no JSON: an event that somebody else wrote. Who wants it will refuse it by its type. */
const jsonOf = (bytes: Uint8Array): unknown => {
  if (bytes.length === 0) return null;
  try {
    return JSON.parse(textOf(bytes)) as unknown;
  } catch {
    return null;
  }
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export type Decoded = Readonly<{ event: RecordedEvent; bytes: number }>;

/** Null for what belongs to the server: types and streams that begin with `$`. */
export const decodeEvent = (read: ReadResp.ReadEvent): Decoded | null => {
  const recorded = read.getEvent();
  if (recorded === undefined) return null;
  const type = recorded.getMetadataMap().get('type') ?? '';
  if (type.startsWith('$')) return null;
  const stream = textOf(recorded.getStreamIdentifier()?.getStreamName_asU8() ?? new Uint8Array());
  if (stream.startsWith('$')) return null;
  const data = recorded.getData_asU8();
  const custom = recorded.getCustomMetadata_asU8();
  const stored = jsonOf(custom);
  const { [VERSION_KEY]: version, ...metadata } = isObject(stored) ? stored : {};
  return {
    event: {
      id: uuidOf(recorded.getId()),
      type,
      version: typeof version === 'number' && Number.isInteger(version) && version > 0 ? version : OLDEST_SCHEMA,
      data: jsonOf(data),
      metadata: metadata as EventMetadata,
      stream,
      revision: BigInt(recorded.getStreamRevision()),
      position: BigInt(recorded.getCommitPosition()),
    },
    bytes: 2 * (data.length + custom.length) + 500,
  };
};
