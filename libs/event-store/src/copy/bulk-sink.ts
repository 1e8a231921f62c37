import { once } from 'node:events';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { ConcurrencyConflict, type EventStore, type RecordedEvent } from '../event-store.port';
import { COMMIT_ORDER_LOCK, EVENTS_CHANNEL } from '../postgres/schema';
import { runsOf, sinkInto } from './copy-sink';

/** Where events that were decided elsewhere go, by the ten thousand. Of an event's `position` nothing is taken but the order. */
export type BulkSink = Readonly<{
  /**
   * Stores events of any streams in the order given; when it fails, a prefix of them may be stored. May be called again with the
   * same events. Errors: ConcurrencyConflict where a stream is elsewhere than the first of its events says.
   */
  append: (events: readonly RecordedEvent[]) => Promise<void>;
  close: () => Promise<void>;
}>;

/** Through the port, for any store. */
export const bulkInto = (store: Pick<EventStore, 'append'>): BulkSink => {
  const { append, close } = sinkInto(store);
  return { append: (events) => append(runsOf(events)), close };
};

const escaped = (text: string): string => (/[\\\t\n\r]/.test(text) ? text.replace(/[\\\t\n\r]/g, (c) => ESCAPES[c] ?? c) : text);
const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

const lineOf = ({ stream, revision, id, type, version, data, metadata }: RecordedEvent, position: bigint): string =>
  `${String(position)}\t${escaped(stream)}\t${String(revision)}\t${id}\t${type}\t${String(version)}\t${escaped(JSON.stringify(data))}\t${escaped(JSON.stringify(metadata))}\n`;

const LINES_A_CHUNK = 200;

/** Straight into the table of events, all events of a call in one transaction, in the order and with the guards of every append. */
export class PostgresBulkSink implements BulkSink {
  private client: Promise<Client> | null = null;

  constructor(private readonly url: string) {}

  async append(events: readonly RecordedEvent[]): Promise<void> {
    if (events.length === 0) return;
    const client = await (this.client ??= this.connect());
    await client.query('begin');
    try {
      await client.query('select pg_advisory_xact_lock($1)', [COMMIT_ORDER_LOCK]);
      if (!(await this.storedAlready(client, events))) await this.copy(client, events);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    const client = this.client;
    this.client = null;
    await (await client?.catch(() => undefined))?.end().catch(() => undefined);
  }

  /** True when all of them are; nothing in between can be, as they come in one transaction. */
  private async storedAlready(client: Client, events: readonly RecordedEvent[]): Promise<boolean> {
    const begun = new Map<string, RecordedEvent>();
    for (const event of events) if (!begun.has(event.stream)) begun.set(event.stream, event);
    const { rows } = await client.query<{ stream: string; head: string }>(
      `select s.stream, coalesce((select max(e.revision) from events e where e.stream = s.stream), -1) as head
         from unnest($1::text[]) as s (stream)`,
      [[...begun.keys()]],
    );
    const odd = rows.find(({ stream, head }) => BigInt(head) !== (begun.get(stream)?.revision ?? 0n) - 1n);
    if (odd === undefined) return false;
    const ids = events.map((event) => event.id);
    const stored = await client.query<{ n: string }>('select count(*) as n from events where id = any ($1::uuid[])', [ids]);
    if (Number(stored.rows[0]?.n) === events.length) return true;
    const expected = (begun.get(odd.stream)?.revision ?? 0n) - 1n;
    throw new ConcurrencyConflict(
      odd.stream,
      expected < 0n ? 'no-stream' : expected,
      BigInt(odd.head) < 0n ? 'no-stream' : BigInt(odd.head),
    );
  }

  private async copy(client: Client, events: readonly RecordedEvent[]): Promise<void> {
    const { rows } = await client.query<{ last: string }>('select coalesce(max("position"), 0) as last from events');
    let position = BigInt(rows[0]?.last ?? '0');
    const into = client.query(copyFrom('copy events ("position", stream, revision, id, type, version, data, metadata) from stdin'));
    const done = new Promise<void>((resolve, reject) => into.on('finish', resolve).on('error', reject));
    // Who waits for room must hear of a failure too.
    done.catch(() => undefined);
    for (let at = 0; at < events.length; at += LINES_A_CHUNK) {
      const lines = events.slice(at, at + LINES_A_CHUNK).map((event) => lineOf(event, (position += 1n)));
      if (!into.write(lines.join(''))) await Promise.race([once(into, 'drain'), done]);
    }
    into.end();
    await done;
    await client.query(`select pg_notify('${EVENTS_CHANNEL}', $1)`, [String(position)]);
  }

  private async connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.url,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      application_name: 'qingling-bulk',
      options: '-c enable_seqscan=off -c jit=off',
    });
    client.on('error', () => (this.client = null));
    await client.connect();
    return client;
  }
}
