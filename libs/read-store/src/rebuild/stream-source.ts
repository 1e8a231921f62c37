import type { EventMetadata, RecordedEvent } from '@app/event-store';
import type { Client } from 'pg';

/** A table of events with an index by stream and revision: the PostgreSQL store's own, or a copy for the time of the rebuild. */
export type StreamSource = Readonly<{ url: string; table: string; prefixes: readonly string[] }>;
/** Streams from `from` on, before `to`; null is the end of all. Text as the database sorts it. */
export type StreamRange = Readonly<{ from: string; to: string | null }>;

/** Events of one range: what is held in memory at a time, twice over per reader. */
const PER_RANGE = 4_000;
const SAMPLED = 20_000;

/** Parts of about equal size that together hold every stream. A stream is never divided. */
export const rangesOf = async (client: Pick<Client, 'query'>, { table }: StreamSource): Promise<readonly StreamRange[]> => {
  const counted = await client.query<{ n: string }>(`select count(*) as n from ${table}`);
  const count = Number(counted.rows[0]?.n ?? 0);
  const parts = Math.ceil(count / PER_RANGE);
  if (parts <= 1) return [{ from: '', to: null }];
  const share = Math.min(100, (100 * SAMPLED) / count);
  const { rows } = await client.query<{ bounds: string[] | null }>(
    `select percentile_disc($1::float8[]) within group (order by stream) as bounds from ${table} tablesample system (${String(share)})`,
    [Array.from({ length: parts - 1 }, (_, i) => (i + 1) / parts)],
  );
  const bounds = [...new Set(rows[0]?.bounds ?? [])];
  return ['', ...bounds].map((from, i) => ({ from, to: bounds[i] ?? null }));
};

/** As the database tells it: every value is text. */
export type EventRow = Readonly<{
  position: string;
  stream: string;
  revision: string;
  id: string;
  type: string;
  version: string;
  data: string;
  metadata: string;
}>;

const AS_TEXT = { getTypeParser: () => (text: string) => text };

/** In the order of streams and their events. Documents are taken apart only with their stream: what waits is as small as can be. */
export const readRange = async (
  client: Client,
  { table, prefixes }: StreamSource,
  { from, to }: StreamRange,
  head: bigint,
): Promise<readonly EventRow[]> => {
  const { rows } = await client.query<EventRow>({
    text: `select "position", stream, revision, id, type, version, data, metadata from ${table}
     where stream >= $1 and ($2::text is null or stream < $2) and "position" <= $3
       and stream ^@ any ($4::text[])
     order by stream, revision`,
    values: [from, to, head.toString(), prefixes],
    types: AS_TEXT,
  });
  return rows;
};

export const recordedOf = (row: EventRow): RecordedEvent => ({
  id: row.id,
  type: row.type,
  version: Number(row.version),
  data: JSON.parse(row.data) as unknown,
  metadata: JSON.parse(row.metadata) as EventMetadata,
  stream: row.stream,
  revision: BigInt(row.revision),
  position: BigInt(row.position),
});
