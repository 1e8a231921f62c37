import type { EventStore, RecordedEvent } from '@app/event-store';
import { connect } from './bulk-loader';
import { copyLine, copyLines, copyTable } from './copy-in';
import { SHADOW } from './shadow-tables';

const PAGE = 5_000;
const NAME = 'staged_events';

/** Copies the events of a store that cannot be asked for stream after stream beside the shadow tables; answers with the table's name. */
export const stageEvents = async ({
  store,
  url,
  prefixes,
  head,
  live,
  signal,
}: Readonly<{
  store: EventStore;
  url: string;
  prefixes: readonly string[];
  head: bigint;
  live: string;
  signal: AbortSignal;
}>): Promise<string> => {
  const client = await connect(url);
  try {
    const table = `${SHADOW}.${NAME}`;
    // It is not read after a crash.
    await client.query(`create unlogged table ${table} (like "${live}".events)`);
    const into = await copyTable(client, SHADOW, NAME);
    const line = copyLine(into);
    const read = (after: bigint): Promise<readonly RecordedEvent[]> => store.readAll(after, PAGE, { streamPrefixes: prefixes });
    let writing: Promise<void> = Promise.resolve();
    for (let after = 0n; after < head;) {
      signal.throwIfAborted();
      const page = await read(after);
      await writing;
      const lines = page.filter(({ position }) => position <= head).map((event) => line(event));
      writing = lines.length === 0 ? Promise.resolve() : copyLines(client, into, lines.join(''));
      writing.catch(() => undefined);
      after = page.length === PAGE ? (page.at(-1)?.position ?? head) : head;
    }
    await writing;
    await client.query(`create index on ${table} (stream, revision)`);
    await client.query(`analyze ${table}`);
    return table;
  } finally {
    await client.end();
  }
};
