import { pipeline } from 'node:stream/promises';
import { runMigrations } from '@app/read-store';
import { Client } from 'pg';
import { from, to } from 'pg-copy-streams';
import type { OpenDriver } from '../harness/types';

/** What the ledger's events weigh on the average. */
const DATA_BYTES = 550;

/** Events out of the table in the order of streams, and into a table without indexes: nothing can be quicker on this server. */
export const open: OpenDriver = async ({ options, databaseUrl }) => {
  const { events } = options as Readonly<{ events: number }>;
  if (databaseUrl === null) throw new Error('COPY needs a database');
  await runMigrations(databaseUrl);
  const connect = async (): Promise<Client> => {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    return client;
  };
  const [reads, writes] = [await connect(), await connect()];
  // Written in the order of time, as a log is: neighbours in a stream lie far apart.
  await writes.query(
    `insert into events ("position", stream, revision, id, type, version, data, metadata)
     select n, 'finding-' || md5((n % greatest($1::int / 20, 1))::text), n / greatest($1::int / 20, 1), gen_random_uuid(), 'Copied', 1,
       jsonb_build_object('text', repeat(md5(n::text), $2::int / 32)), jsonb_build_object('recordedAt', now(), 'actor', md5(n::text))
     from generate_series(1, $1::int) n`,
    [events, DATA_BYTES],
  );
  await writes.query('vacuum analyze events');
  return {
    works: {
      rebuild: async () => {
        await writes.query('drop table if exists copied');
        await writes.query('create table copied (like events)');
        const started = performance.now();
        await pipeline(
          reads.query(to('copy (select * from events order by stream, revision) to stdout')),
          writes.query(from('copy copied from stdin')),
        );
        const seconds = (performance.now() - started) / 1_000;
        const { rows } = await writes.query<{ n: number }>('select count(*)::int as n from copied');
        if (rows[0]?.n !== events) throw new Error(`${String(rows[0]?.n)} of ${events} events were copied`);
        return { count: events, seconds };
      },
    },
    close: async () => {
      await reads.end();
      await writes.end();
    },
  };
};
