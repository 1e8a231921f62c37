import type { Socket } from 'node:net';
import type { PoolClient, QueryResult } from 'pg';
import type { DataSource } from 'typeorm';
import type { Asked, Tx } from './projection';

/** The driver sends a statement when the one before was answered, or at once, as this says; it may change while nothing is asked. */
export type Pipelining = PoolClient & { pipeline: boolean; readonly connection: Readonly<{ stream: Socket }> };

/**
 * A plan is kept on each connection for what only inserts (into several tables, from one part called `given`) and for what deletes by the
 * key its table begins with; planning those costs more than doing them. Whatever else looks for rows is planned by how many there are
 * now. Names by text, which comes from the code and so does not grow without end.
 */
const names = new Map<string, string>();
const NAMES_AT_MOST = 1_000;
const PLANNED_ONCE = /^(?:insert into |with given as |delete from \w+ (?:t )?where finding_id = any|delete from finding_count )/;
const nameOf = (sql: string): string | undefined => {
  const known = names.get(sql);
  if (known !== undefined || names.size >= NAMES_AT_MOST || !PLANNED_ONCE.test(sql)) return known;
  const name = `reads-${String(names.size)}`;
  names.set(sql, name);
  return name;
};

/** As TypeORM hands it on. */
const answerOf = ({ command, rows, rowCount }: QueryResult): unknown =>
  command === 'UPDATE' || command === 'DELETE' ? [rows, rowCount] : rows;

/** A transaction whose statements are sent without waiting for the answers to those before; they are worked on in their order. */
export class PipelinedTx implements Tx {
  private open = true;
  private first: Readonly<{ error: unknown }> | null = null;

  private gathers = false;

  constructor(private readonly client: Pipelining) {}

  query<T>(sql: string, params: readonly unknown[] = []): Promise<T> {
    if (!this.open) return Promise.reject(new Error('the transaction is over'));
    const name = nameOf(sql);
    const values = [...params];
    this.gather();
    return this.send(this.client.query(name === undefined ? { text: sql, values } : { name, text: sql, values })).then(
      (result) => answerOf(result) as T,
    );
  }

  /** Without waiting. What it does not say, the first answer will. */
  begin(settings: string): void {
    this.gather();
    this.send(this.client.query(`begin; ${settings}`)).catch(() => undefined);
  }

  async commit(): Promise<void> {
    this.open = false;
    const { command } = await this.send(this.client.query('commit'));
    // After a failure the server answers so, and gives no error.
    if (command !== 'COMMIT') throw new Error('the transaction was rolled back');
  }

  async rollback(): Promise<void> {
    this.open = false;
    await this.client.query('rollback');
  }

  /** Why the server refused; all later answers only say that it did. */
  failure(otherwise: unknown): unknown {
    return this.first === null ? otherwise : this.first.error;
  }

  /** What is asked in one turn leaves in one packet. */
  private gather(): void {
    if (this.gathers) return;
    this.gathers = true;
    const { stream } = this.client.connection;
    stream.cork();
    process.nextTick(() => {
      this.gathers = false;
      stream.uncork();
    });
  }

  private send(sent: Promise<QueryResult>): Promise<QueryResult> {
    sent.catch((error: unknown) => (this.first ??= { error }));
    return sent;
  }
}

/**
 * Runs `work` in a transaction of its own; what `finish` sends goes with the commit. `work` ends after everything it began.
 * Errors: the server's first refusal, or what `work` threw.
 */
export const inPipeline = async <T>(
  dataSource: DataSource,
  settings: string,
  work: (tx: Tx) => Promise<T>,
  finish: (tx: Tx) => readonly Promise<unknown>[],
): Promise<T> => {
  const runner = dataSource.createQueryRunner();
  const client = (await runner.connect()) as Pipelining;
  client.pipeline = true;
  const tx = new PipelinedTx(client);
  try {
    tx.begin(settings);
    const result = await work(tx);
    await Promise.all([...finish(tx), tx.commit()]);
    return result;
  } catch (error) {
    await tx.rollback().catch(() => undefined);
    throw tx.failure(error);
  } finally {
    client.pipeline = false;
    await runner.release();
  }
};

/**
 * Sends statements of which none needs an answer to another, and gives their answers. Only a transaction of the live run takes them
 * at once; on any other connection each waits for the one before.
 */
export const together = async <T extends readonly unknown[]>(tx: Tx, statements: readonly Asked[]): Promise<T> => {
  if (tx instanceof PipelinedTx) {
    return (await Promise.all(statements.map(([sql, params]) => tx.query<unknown>(sql, params)))) as unknown as T;
  }
  const answers: unknown[] = [];
  for (const [sql, params] of statements) answers.push(await tx.query<unknown>(sql, [...params]));
  return answers as unknown as T;
};
