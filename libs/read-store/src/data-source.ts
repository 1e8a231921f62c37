import pg, { Client, Pool, type PoolConfig } from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { MIGRATIONS } from './migrations';
import type { MigrationClass } from './migrations/sql-migration';

export type ReadStoreOptions = Readonly<{
  poolSize?: number;
  entities?: NonNullable<DataSourceOptions['entities']>;
  /** A statement that runs longer is ended by the server, ms; default none. */
  statementTimeoutMs?: number;
  applicationName?: string;
}>;

/**
 * A connection that breaks between two owners has no listener for a moment, and an unheard error event ends the process.
 * Whoever uses the connection next learns of it all the same.
 */
class GuardedPool extends Pool {
  constructor(config?: PoolConfig) {
    super(config);
    this.on('connect', (client) => client.on('error', () => undefined));
  }
}

/** The driver as it is, but for the pool. */
const DRIVER = Object.create(pg, { Pool: { value: GuardedPool } }) as object;

/** Any number that no other lock of the product uses. */
const MIGRATION_LOCK = 7_101_500_002;

/** A data source of the read models; the schema comes from the migrations alone. */
export const createDataSource = (url: string, options: ReadStoreOptions = {}): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    driver: DRIVER,
    synchronize: false,
    logging: false,
    migrationsTableName: 'migration',
    migrations: [...MIGRATIONS],
    entities: options.entities ?? [],
    poolSize: options.poolSize ?? 10,
    connectTimeoutMS: 5_000,
    applicationName: options.applicationName ?? 'qingling-reads',
    extra: {
      keepAlive: true,
      ...(options.statementTimeoutMs === undefined ? {} : { statement_timeout: options.statementTimeoutMs }),
    },
    poolErrorHandler: () => undefined,
  });

/**
 * Brings the schema up to date, or, with `only`, to what it was when there were no other migrations than these. Processes that start
 * together wait for one another. Returns the names of what was run.
 */
export const runMigrations = async (url: string, only: readonly MigrationClass[] = MIGRATIONS): Promise<readonly string[]> => {
  const guard = new Client({ connectionString: url, keepAlive: true });
  guard.on('error', () => undefined);
  await guard.connect();
  try {
    await guard.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const dataSource = createDataSource(url, { poolSize: 1 });
    dataSource.setOptions({ migrations: [...only] });
    await dataSource.initialize();
    try {
      return (await dataSource.runMigrations({ transaction: 'each' })).map((migration) => migration.name);
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await guard.end();
  }
};
