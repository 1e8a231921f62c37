import type { Tx } from './projection';

/** Channel on which the readers tell, with each commit, how far the read models have come. */
export const APPLIED_CHANNEL = 'read_models_applied';

export type Applied = Readonly<{
  position: bigint;
  /** Streams whose events were applied; null when there were too many to name: everything may have changed. */
  streams: readonly string[] | null;
}>;

/** PostgreSQL refuses payloads of 8000 bytes. */
const MAX_BYTES = 7_500;
const MAX_STREAMS = 500;

/** `streams` null: everything may have changed. */
export const tellApplied = async (tx: Tx, position: bigint, streams: ReadonlySet<string> | null): Promise<void> => {
  const payloads = streams === null || streams.size > MAX_STREAMS ? [encode(position, null)] : chunks(position, [...streams]);
  await tx.query('select pg_notify($1, payload) from unnest($2::text[]) as p (payload)', [APPLIED_CHANNEL, payloads]);
};

const encode = (position: bigint, streams: readonly string[] | null): string => JSON.stringify({ p: position.toString(), s: streams });

const chunks = (position: bigint, streams: readonly string[]): readonly string[] => {
  const whole = encode(position, streams);
  if (Buffer.byteLength(whole) <= MAX_BYTES || streams.length < 2) return [whole];
  const middle = Math.ceil(streams.length / 2);
  return [...chunks(position, streams.slice(0, middle)), ...chunks(position, streams.slice(middle))];
};

export const appliedOf = (payload: string): Applied | null => {
  try {
    const { p, s } = JSON.parse(payload) as { p: string; s: readonly string[] | null };
    return { position: BigInt(p), streams: s };
  } catch {
    return null;
  }
};
