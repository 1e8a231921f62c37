import { setImmediate as turnOver } from 'node:timers/promises';
import type { Pool, QueryResultRow } from 'pg';
import type { DataSource } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import type { Pipelining } from './pipelined';

/** The name is that of the text: two statements must not share one. */
export type Statement = Readonly<{ name: string; text: string }>;

type Waiting = Readonly<{
  statement: Statement;
  values: unknown[];
  resolve: (rows: QueryResultRow[]) => void;
  reject: (error: unknown) => void;
}>;
/** Whoever waits behind a server that went silent is told that it is away. */
const ANSWER_WITHIN_MS = 10_000;

/** Statements of one turn leave in one packet, each a transaction of its own; what comes while they are away leaves with the next. */
class Departures {
  private waiting: Waiting[] = [];
  private isAway = false;

  constructor(private readonly pool: Pool) {}

  ask(statement: Statement, values: unknown[]): Promise<QueryResultRow[]> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ statement, values, resolve, reject });
      if (!this.isAway) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.isAway = true;
    while (this.waiting.length > 0) {
      await turnOver();
      await this.send(this.waiting.splice(0));
    }
    this.isAway = false;
  }

  private async send(group: readonly Waiting[]): Promise<void> {
    let client: Pipelining;
    try {
      client = (await this.pool.connect()) as Pipelining;
    } catch (error) {
      for (const { reject } of group) reject(error);
      return;
    }
    const { stream } = client.connection;
    client.pipeline = true;
    let failed = false;
    stream.cork();
    const answers = group.map(({ statement, values, resolve, reject }) => {
      const question = { ...statement, values, query_timeout: ANSWER_WITHIN_MS };
      return client.query<QueryResultRow>(question).then(
        ({ rows }) => resolve(rows),
        (error: unknown) => {
          failed = true;
          reject(error);
        },
      );
    });
    stream.uncork();
    await Promise.all(answers);
    client.pipeline = false;
    // Whether it was the statement or the connection that failed: a new connection costs less than asking on a dying one.
    client.release(failed);
  }
}

const departures = new WeakMap<DataSource, Departures>();
const departuresOf = (dataSource: DataSource): Departures => {
  const known = departures.get(dataSource);
  if (known !== undefined) return known;
  const made = new Departures((dataSource.driver as PostgresDriver).master as Pool);
  departures.set(dataSource, made);
  return made;
};

/**
 * A statement that comes with nearly every request: planned once per connection, asked past the ORM and together with others like it,
 * since way and plan cost more than the statement itself. Errors are the driver's own.
 */
export const askPrepared = async <R extends object>(
  dataSource: DataSource,
  statement: Statement,
  values: unknown[],
): Promise<readonly R[]> => {
  if (!dataSource.isInitialized) throw new Error('Driver not Connected');
  return (await departuresOf(dataSource).ask(statement, values)) as R[];
};
