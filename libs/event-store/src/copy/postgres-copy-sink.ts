import { Client } from 'pg';
import { prepareAppend } from '../append-arguments';
import { ConcurrencyConflict, StoreUnavailable } from '../event-store.port';
import { isRefusedValue, isTransient, isUnavailable } from '../postgres/pg-errors';
import { EXPECT } from '../postgres/schema';
import type { CopySink, Run } from './copy-sink';

type AppendRow = Readonly<{ outcome: 'appended' | 'repeated' | 'conflict'; revision: string }>;

const APPEND = 'select outcome, revision from append_events($1,$2,$3,$4,$5,$6,$7,$8,$9)';
const ANSWER_WITHIN_MS = 30_000;

const parametersOf = (runs: readonly Run[]): unknown[] => {
  const prepared = runs.map(({ stream, expected, events }) => prepareAppend(stream, expected, events));
  const events = prepared.flat();
  return [
    runs.map(({ stream }) => stream),
    runs.map(({ expected }) => (expected === 'no-stream' ? EXPECT.noStream : expected).toString()),
    prepared.map((own) => own.length),
    prepared.flatMap((own, i) => own.map(() => i + 1)),
    events.map((e) => e.id),
    events.map((e) => e.type),
    events.map((e) => e.version),
    events.map((e) => e.data),
    events.map((e) => e.metadata),
  ];
};

/** All runs of a call in one transaction: it commits when every one of them is where it belongs, else nothing is stored. */
export class PostgresCopySink implements CopySink {
  private client: Client | null = null;

  constructor(private readonly url: string) {}

  async append(runs: readonly Run[]): Promise<void> {
    if (runs.length === 0) return;
    const parameters = parametersOf(runs);
    try {
      const client = await this.connected();
      await client.query('begin');
      const { rows } = await client.query<AppendRow>({ name: 'copy-events', text: APPEND, values: parameters });
      const odd = runs.findIndex(({ expected, events }, i) => {
        const should = (expected === 'no-stream' ? -1n : expected) + BigInt(events.length);
        return rows[i]?.outcome === 'conflict' || rows[i]?.revision !== should.toString();
      });
      await client.query(odd < 0 ? 'commit' : 'rollback');
      const [run, row] = [runs[odd], rows[odd]];
      if (run === undefined) return;
      throw new ConcurrencyConflict(
        run.stream,
        run.expected,
        row === undefined || row.revision === '-1' ? 'no-stream' : BigInt(row.revision),
      );
    } catch (cause) {
      if (cause instanceof ConcurrencyConflict) throw cause;
      // The connection may be inside a transaction that failed, or half open, and then its end would be waited for in vain.
      void this.close();
      if (isRefusedValue(cause)) throw new RangeError('the events cannot be stored', { cause });
      if (isUnavailable(cause) || isTransient(cause)) throw new StoreUnavailable('the event store cannot be written for now', { cause });
      throw cause;
    }
  }

  async close(): Promise<void> {
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private async connected(): Promise<Client> {
    if (this.client !== null) return this.client;
    const client = new Client({
      connectionString: this.url,
      connectionTimeoutMillis: 5_000,
      query_timeout: ANSWER_WITHIN_MS,
      keepAlive: true,
      application_name: 'qingling-copy',
      options: '-c enable_seqscan=off -c jit=off',
    });
    client.on('error', () => {
      if (this.client === client) this.client = null;
    });
    await client.connect();
    this.client = client;
    return client;
  }
}
