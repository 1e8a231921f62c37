import { pipeline } from 'node:stream/promises';
import type { Client, PoolClient } from 'pg';
import { from } from 'pg-copy-streams';
import type { QueryRunner } from 'typeorm';
import type { CopyColumn, CopyTable } from './copy-line';

export { copyLine, type CopyColumn, type CopyTable } from './copy-line';

/** What COPY must know of a table. Errors: RangeError when there is no such table. */
export const copyTable = async (client: Pick<Client, 'query'>, schema: string, name: string): Promise<CopyTable> => {
  const { rows } = await client.query<CopyColumn>(
    `select a.attname as name,
       case when t.typcategory = 'A' then 'array' when t.typname in ('json', 'jsonb') then 'json' else 'plain' end as kind
     from pg_attribute a join pg_type t on t.oid = a.atttypid
     where a.attrelid = format('%I.%I', $1::text, $2::text)::regclass and a.attnum > 0 and not a.attisdropped order by a.attnum`,
    [schema, name],
  );
  if (rows.length === 0) throw new RangeError(`no table ${schema}.${name}`);
  return { name: `"${schema}"."${name}"`, columns: rows };
};

/** Writes lines made by `copyLine` in one statement; all of them or none. */
export const copyLines = async (client: Client | PoolClient, { name, columns }: CopyTable, lines: string | Buffer): Promise<void> => {
  const target = client.query(from(`copy ${name} (${columns.map((column) => `"${column.name}"`).join(', ')}) from stdin`));
  await pipeline([typeof lines === 'string' ? Buffer.from(lines) : lines], target);
};

/** The same on the connection of a query runner, inside its transaction. */
export const copyLinesOn = async (runner: QueryRunner, table: CopyTable, lines: string | Buffer): Promise<void> =>
  copyLines((await runner.connect()) as PoolClient, table, lines);
