import type { RecordedEvent } from '@app/event-store';
import { Client } from 'pg';
import type { BulkModule, BulkProjections, RowSink } from './bulk-projections';
import { copyLine, copyLines, copyTable, type CopyTable } from './copy-in';
import { partsOf, SHADOW } from './shadow-tables';
import { readRange, recordedOf, type EventRow, type StreamRange, type StreamSource } from './stream-source';

/** Characters of one table that are sent together. */
const FLUSH_AT = 1 << 20;

/** Gathers rows by table and copies them into the shadow tables while the next ones are made. */
class ShadowRows implements RowSink {
  private readonly tables = new Map<string, { table: CopyTable; line: ReturnType<typeof copyLine>; lines: string[]; size: number }>();
  private full = false;
  private sending: Promise<void> = Promise.resolve();

  constructor(private readonly client: Client) {}

  async open(tables: readonly string[], summed: ReadonlySet<string>): Promise<void> {
    for (const name of tables) {
      const table = await copyTable(this.client, SHADOW, summed.has(name) ? partsOf(name) : name);
      this.tables.set(name, { table, line: copyLine(table), lines: [], size: 0 });
    }
  }

  readonly add = (table: string, row: object): void => {
    const entry = this.tables.get(table);
    if (entry === undefined) throw new RangeError(`${table} is not being rebuilt`);
    const line = entry.line(row as Readonly<Record<string, unknown>>);
    entry.lines.push(line);
    entry.size += line.length;
    if (entry.size >= FLUSH_AT) this.full = true;
  };

  /** Waits until there is room again. */
  async drained(): Promise<void> {
    if (!this.full) return;
    this.full = false;
    await this.send(FLUSH_AT);
  }

  async end(): Promise<void> {
    await this.send(1);
    await this.sending;
  }

  private async send(atLeast: number): Promise<void> {
    await this.sending;
    const ready = [...this.tables.values()].filter(({ size }) => size >= atLeast);
    const batches = ready.map((entry) => {
      const lines = entry.lines.join('');
      entry.lines = [];
      entry.size = 0;
      return { table: entry.table, lines };
    });
    this.sending = batches.reduce((before, { table, lines }) => before.then(() => copyLines(this.client, table, lines)), Promise.resolve());
    // Whoever sends next learns of a failure.
    this.sending.catch(() => undefined);
  }
}

export type BulkJob = Readonly<{
  url: string;
  source: StreamSource;
  /** Everything up to this position is read. */
  head: bigint;
  shared: readonly RecordedEvent[];
  /** The projections that are being rebuilt, and all their tables. */
  wanted: readonly string[];
  tables: readonly string[];
}>;

const sharedOf = ({ shared }: BulkProjections, job: BulkJob): readonly RecordedEvent[] =>
  job.shared.filter(({ type }) => shared.includes(type));

export const connect = async (url: string): Promise<Client> => {
  const client = new Client({ connectionString: url, keepAlive: true, application_name: 'qingling-rebuild' });
  client.on('error', () => undefined);
  await client.connect();
  // Nothing of it counts before the swap, whose commit waits for the disk.
  // A range of streams is sorted in memory.
  await client.query(`set synchronous_commit = off; set jit = off; set work_mem = '64MB'; set max_parallel_workers_per_gather = 0`);
  return client;
};

const chosenOf = ({ bulk }: BulkModule, wanted: readonly string[]): readonly BulkProjections[] =>
  bulk.filter(({ names }) => names.some((name) => wanted.includes(name)));

const openRows = async (client: Client, chosen: readonly BulkProjections[], { tables }: BulkJob): Promise<ShadowRows> => {
  const rows = new ShadowRows(client);
  const sums = chosen.flatMap((one) => Object.entries(one.sums));
  const given = tables.filter((table) => !sums.some(([name, { of }]) => name === table && of !== undefined));
  await rows.open(given, new Set(sums.map(([table]) => table)));
  return rows;
};

/** Rows that no stream has. */
export const loadShared = async (module: BulkModule, job: BulkJob): Promise<void> => {
  const client = await connect(job.url);
  try {
    const chosen = chosenOf(module, job.wanted);
    const rows = await openRows(client, chosen, job);
    for (const one of chosen) one.sharedRows(sharedOf(one, job), rows, new Set(job.wanted));
    await rows.end();
  } finally {
    await client.end();
  }
};

/** Folds the ranges that `next` deals out until it gives none. Errors: of the database; UndecodableEvent; of a fold. */
export const loadRanges = async (module: BulkModule, job: BulkJob, next: () => Promise<StreamRange | null>): Promise<void> => {
  const chosen = chosenOf(module, job.wanted);
  const wanted = new Set(job.wanted);
  const clients: Client[] = [];
  const open = async (url: string): Promise<Client> => {
    const client = await connect(url);
    clients.push(client);
    return client;
  };
  try {
    const [reads, writes] = [await open(job.source.url), await open(job.url)];
    const rows = await openRows(writes, chosen, job);
    const folds = chosen.map((one) => ({ prefixes: one.streamPrefixes, fold: one.begin(sharedOf(one, job), rows, wanted) }));
    const read = async (): Promise<readonly EventRow[] | null> => {
      const range = await next();
      return range === null ? null : readRange(reads, job.source, range, job.head);
    };
    let coming = read();
    for (let events = await coming; events !== null; events = await coming) {
      coming = read();
      coming.catch(() => undefined);
      for (const stream of byStream(events)) {
        const decoded = stream.map((row) => module.codec.decode(recordedOf(row)));
        const name = stream[0]?.stream ?? '';
        for (const { prefixes, fold } of folds) if (prefixes.some((prefix) => name.startsWith(prefix))) fold.stream(decoded);
        await rows.drained();
      }
    }
    for (const { fold } of folds) fold.end();
    await rows.end();
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
};

function* byStream(events: readonly EventRow[]): Generator<readonly EventRow[]> {
  for (let from = 0; from < events.length;) {
    const stream = events[from]?.stream;
    let to = from + 1;
    while (to < events.length && events[to]?.stream === stream) to += 1;
    yield events.slice(from, to);
    from = to;
  }
}
