import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import type { OpenDriver } from '../harness/types';
import { commandDriver, type CommandSide, type Note } from './command-works';
import { dataOf, EVENT_TYPE, METADATA } from './payload';

/** As many as there are writers, so that none of them waits for a connection. */
const CONNECTIONS = 32;

/** The same row in a table of the same shape, one transaction each, and nothing else: no load, no decision, no look for what is there. */
class PlainInsert implements CommandSide {
  constructor(private readonly pool: Pool) {}

  async run(stream: string, { seq }: Note): Promise<void> {
    await this.pool.query({
      name: 'insert',
      text: 'insert into plain_events (stream, revision, id, type, version, data, metadata) values ($1, $2, $3, $4, 1, $5, $6)',
      values: [stream, seq, randomUUID(), EVENT_TYPE, JSON.stringify(dataOf(seq)), JSON.stringify(METADATA)],
    });
  }

  async read(stream: string): Promise<readonly unknown[]> {
    const { rows } = await this.pool.query<{ data: unknown }>('select data from plain_events where stream = $1 order by revision', [
      stream,
    ]);
    return rows.map(({ data }) => data);
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}

export const open: OpenDriver = async ({ databaseUrl }) => {
  if (databaseUrl === null) throw new Error('the plain insert needs a database');
  const pool = new Pool({ connectionString: databaseUrl, max: CONNECTIONS });
  await pool.query(`create table plain_events (
    "position" bigint generated always as identity primary key, stream text not null, revision bigint not null, id uuid not null unique,
    type text not null, version int not null, data jsonb not null, metadata jsonb not null, unique (stream, revision))`);
  return commandDriver(new PlainInsert(pool));
};
