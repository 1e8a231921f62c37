import { randomUUID } from 'node:crypto';
import { isUnavailable, pause } from '@app/event-store';
import { Client } from 'pg';
import { StorageUnavailable } from './log-storage';

const CONNECT_WITHIN_MS = 5_000;
const ANSWER_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 2_000;
/** The database may take a moment to notice that the last holder is gone. */
const TRIES_TO_START = 8;
const BETWEEN_TRIES_MS = 200;

type State = 'held' | 'lost' | 'taken-over' | 'closed';

/** Somebody else writes to this log. */
export class AlreadyLocked extends Error {
  constructor() {
    super('another double writes to this database');
    this.name = 'AlreadyLocked';
  }
}

const connect = async (url: string): Promise<Client> => {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
    application_name: 'eventstore-double-lock',
  });
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

/**
 * The right to write, held by a connection of its own for as long as it lives: two who number events would number
 * the same ones. When that connection is lost nothing is written until it is back, and never again if somebody
 * else has held the right meanwhile: what this process remembers of the streams would be stale.
 */
export class SoleWriter {
  private readonly life = randomUUID();
  private readonly stopping = new AbortController();
  private state: State = 'lost';
  private running: Promise<void> = Promise.resolve();

  private constructor(
    private readonly url: string,
    private readonly schema: string,
  ) {}

  /** `prepare` runs under the lock before anything else. Errors: AlreadyLocked, those of the driver. */
  static async start(url: string, schema: string, prepare: (client: Client) => Promise<void>): Promise<SoleWriter> {
    const writer = new SoleWriter(url, schema);
    const client = await connect(url);
    try {
      for (let tries = 1; !(await writer.lock(client)); tries += 1) {
        if (tries === TRIES_TO_START) throw new AlreadyLocked();
        await pause(BETWEEN_TRIES_MS);
      }
      await prepare(client);
      await writer.sign(client);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    writer.state = 'held';
    writer.running = writer.stay(client);
    return writer;
  }

  /** Errors: StorageUnavailable while the right is not held. */
  check(): void {
    switch (this.state) {
      case 'held':
        return;
      case 'lost':
        throw new StorageUnavailable('the lock on the log was lost; nothing is written until it is back');
      case 'taken-over':
        throw new StorageUnavailable('another double has written to the log; this one must be started again');
      case 'closed':
        throw new StorageUnavailable('the log is closed');
    }
  }

  async close(): Promise<void> {
    this.state = 'closed';
    this.stopping.abort();
    await this.running;
  }

  private async lock(client: Client): Promise<boolean> {
    const { rows } = await client.query<{ free: boolean }>('select pg_try_advisory_lock(hashtextextended($1, 71)) as free', [
      `eventstore-double ${this.schema}`,
    ]);
    return rows[0]?.free === true;
  }

  /** Leaves the name of this life, so that a holder who was away sees whether others have been there. */
  private async sign(client: Client): Promise<void> {
    await client.query(`create table if not exists "${this.schema}".writer (life uuid not null)`);
    await client.query(`delete from "${this.schema}".writer`);
    await client.query(`insert into "${this.schema}".writer (life) values ($1)`, [this.life]);
  }

  private async isSigned(client: Client): Promise<boolean> {
    const { rows } = await client.query<{ life: string }>(`select life from "${this.schema}".writer`);
    return rows[0]?.life === this.life;
  }

  /** Watches the connection that holds the lock, and gets it back after a loss. */
  private async stay(first: Client): Promise<void> {
    let client: Client | null = first;
    while (!this.stopping.signal.aborted && this.state !== 'taken-over') {
      if (client === null) {
        await pause(BETWEEN_TRIES_MS, this.stopping.signal);
        client = await this.comeBack();
        continue;
      }
      await this.untilLost(client);
      this.become('lost');
      await client.end().catch(() => undefined);
      client = null;
    }
    await client?.end().catch(() => undefined);
  }

  /** Closed it stays. */
  private become(state: State): void {
    if (this.state !== 'closed') this.state = state;
  }

  private async untilLost(client: Client): Promise<void> {
    const lost = new AbortController();
    client.once('end', () => lost.abort());
    client.once('error', () => lost.abort());
    const until = AbortSignal.any([lost.signal, this.stopping.signal]);
    while (!until.aborted) {
      await pause(LOOK_EVERY_MS, until);
      // A connection may be dead without a word: then whoever asks hears nothing.
      if (!until.aborted) await client.query('select 1').catch(() => lost.abort());
    }
  }

  /** The connection with the lock; null when it cannot be had for now, or never again. */
  private async comeBack(): Promise<Client | null> {
    const client = await connect(this.url).catch(() => null);
    if (client === null) return null;
    try {
      const locked = await this.lock(client);
      if (!(await this.isSigned(client))) this.become('taken-over');
      else if (locked) {
        this.become('held');
        return client;
      }
    } catch (error) {
      // The database answers, but what this double wrote is no longer there.
      if (!isUnavailable(error)) this.become('taken-over');
    }
    await client.end().catch(() => undefined);
    return null;
  }
}
