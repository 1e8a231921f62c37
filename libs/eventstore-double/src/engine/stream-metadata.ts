/** What `$tb` says of a stream that was deleted softly: nothing before the end of time is shown. */
export const DELETED_SOFTLY = 9_223_372_036_854_775_807n;

export type StreamAcl = Readonly<{
  read?: readonly string[];
  write?: readonly string[];
  delete?: readonly string[];
  metaRead?: readonly string[];
  metaWrite?: readonly string[];
}>;

export type StreamMetadata = Readonly<{
  /** Only the last so many events are shown. */
  maxCount?: bigint;
  maxAgeSeconds?: number;
  /** Events before this revision are not shown. */
  truncateBefore?: bigint;
  acl?: StreamAcl;
}>;

export const NO_METADATA: StreamMetadata = {};

/** Of every metadata stream only the last event counts. */
export const METADATA_OF_METADATA: StreamMetadata = { maxCount: 1n };

export const isDeletedSoftly = (metadata: StreamMetadata): boolean => metadata.truncateBefore === DELETED_SOFTLY;

class NotMetadata extends Error {}

const integer = (value: unknown): bigint => {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw new NotMetadata();
  // JSON numbers lose their last digits up there; nothing but the mark of deletion lives so high.
  return value >= 9.2e18 ? DELETED_SOFTLY : BigInt(value);
};

const positive = (value: unknown): bigint => {
  const count = integer(value);
  if (count <= 0n) throw new NotMetadata();
  return count;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const roles = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value) && value.every((role): role is string => typeof role === 'string')) return value;
  throw new NotMetadata();
};

const ACL_KEYS: Readonly<Record<string, keyof StreamAcl>> = { $r: 'read', $w: 'write', $d: 'delete', $mr: 'metaRead', $mw: 'metaWrite' };

export const parseAcl = (value: unknown): StreamAcl => {
  if (!isRecord(value)) throw new NotMetadata();
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, given]) => {
      const name = ACL_KEYS[key];
      return name === undefined ? [] : [[name, roles(given)]];
    }),
  );
};

const parseObject = (bytes: Uint8Array): Readonly<Record<string, unknown>> => {
  const parsed: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
  if (!isRecord(parsed)) throw new NotMetadata();
  return parsed;
};

/** Metadata that cannot be read counts as none, as a whole. */
export const parseMetadata = (bytes: Uint8Array): StreamMetadata => {
  try {
    const raw = parseObject(bytes);
    if (raw['$cacheControl'] !== undefined) positive(raw['$cacheControl']);
    const truncateBefore = raw['$tb'] === undefined ? undefined : integer(raw['$tb']);
    if (truncateBefore !== undefined && truncateBefore < 0n) return NO_METADATA;
    return {
      ...(raw['$maxCount'] !== undefined && { maxCount: positive(raw['$maxCount']) }),
      ...(raw['$maxAge'] !== undefined && { maxAgeSeconds: Number(positive(raw['$maxAge'])) }),
      ...(truncateBefore !== undefined && { truncateBefore }),
      ...(raw['$acl'] !== undefined && { acl: parseAcl(raw['$acl']) }),
    };
  } catch (error) {
    if (error instanceof NotMetadata || error instanceof SyntaxError) return NO_METADATA;
    throw error;
  }
};

/** What a soft delete writes: it keeps nothing of the metadata before. */
export const deletedMetadata = (): Uint8Array => Buffer.from(`{"$tb":${String(DELETED_SOFTLY)}}`);

/** The metadata with which a softly deleted stream comes back at revision `from`; null when the old one cannot be read. */
export const revivedMetadata = (raw: Uint8Array, from: bigint): Uint8Array | null => {
  try {
    return Buffer.from(JSON.stringify({ ...parseObject(raw), $tb: Number(from) }));
  } catch (error) {
    if (error instanceof NotMetadata || error instanceof SyntaxError) return null;
    throw error;
  }
};
