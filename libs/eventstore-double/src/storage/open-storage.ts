import { EVENT_STORE_SCHEMA, InMemoryEventStore, isUnavailable, PostgresEventStore } from '@app/event-store';
import type { Client } from 'pg';
import { DoubleRefused } from '../server/double-refused';
import type { LogStorage } from './log-storage';
import { PortStorage } from './port-storage';
import { AlreadyLocked, SoleWriter } from './sole-writer';

/** Beside the tables of whoever else uses the database. */
export const SCHEMA = 'eventstore_double';
/** An append may hold 1 MiB; of tiny events that is many more than the product ever writes at once. */
const LIMITS = { maxEventsPerAppend: 200_000 } as const;
/** SQLSTATE classes: who may connect, and to which database. */
const NOT_LET_IN = /^(28|3D|42501)/;

const prepare = async (client: Client): Promise<void> => {
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [`${SCHEMA}.events`]);
  if (rows[0]?.there === true) return;
  // A failure ends the connection, and the transaction with it.
  await client.query(`begin; create schema if not exists ${SCHEMA}; set local search_path = ${SCHEMA}; ${EVENT_STORE_SCHEMA}; commit`);
};

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : '';

const refusalFor = (error: unknown): unknown => {
  if (error instanceof AlreadyLocked) {
    return new DoubleRefused(
      '另一个事件库替身正在使用该数据库：同一数据库同时只能有一个。',
      'Another event store double uses this database: there can be one at a time.',
      { cause: error },
    );
  }
  const code = codeOf(error);
  if (isUnavailable(error) || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    const reason = code === '' ? '' : ` (${code})`;
    return new DoubleRefused(`无法连接数据库${reason}。`, `The database cannot be reached${reason}.`, { cause: error });
  }
  if (NOT_LET_IN.test(code)) {
    return new DoubleRefused(
      `数据库拒绝访问（${code}），请检查地址、用户、密码和建表权限。`,
      `The database refuses (${code}): check the address, the user, the password and the right to create a schema.`,
      { cause: error },
    );
  }
  return error;
};

/** Without a database the log lies in memory. Errors: DoubleRefused when the database is not there or has its double already. */
export const openStorage = async (databaseUrl?: string): Promise<LogStorage> => {
  if (databaseUrl === undefined) return new PortStorage(new InMemoryEventStore(LIMITS));
  const writer = await SoleWriter.start(databaseUrl, SCHEMA, prepare).catch((error: unknown) => {
    throw refusalFor(error);
  });
  const port = new PostgresEventStore({ url: databaseUrl, schema: SCHEMA, ...LIMITS });
  return new PortStorage(port, { mayWrite: () => writer.check(), onClose: () => writer.close() });
};
