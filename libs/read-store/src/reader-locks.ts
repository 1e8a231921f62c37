import type { DataSource, QueryRunner } from 'typeorm';

/** First half of the lock's key; the second follows from the reader's name. */
const READER_LOCK = 71_015;

/** One runner per reader over all processes: session locks on a connection of their own, lost together with it. */
export class ReaderLocks {
  private session: QueryRunner | null = null;
  private readonly held = new Set<string>();
  /** The session takes one question at a time. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly dataSource: DataSource) {}

  /** False when another process has it. Throws when the server cannot be reached. */
  tryAcquire(name: string): Promise<boolean> {
    return this.exclusive(async () => {
      if (this.held.has(name)) return true;
      const session = await this.open();
      try {
        const [row] = await session.manager.query<{ ok: boolean }[]>('select pg_try_advisory_lock($1, hashtext($2)) as ok', [
          READER_LOCK,
          name,
        ]);
        if (row?.ok === true) this.held.add(name);
        return this.held.has(name);
      } catch (error) {
        // A session that broke before it held anything would otherwise be asked for ever.
        await this.end();
        throw error;
      }
    });
  }

  /** False when the session, and with it every lock, was lost. */
  stillHeld(): Promise<boolean> {
    return this.exclusive(async () => {
      if (this.held.size === 0) return true;
      try {
        await this.session?.query('select 1');
        return this.session !== null;
      } catch {
        await this.end();
        return false;
      }
    });
  }

  release(): Promise<void> {
    return this.exclusive(() => this.end());
  }

  private exclusive<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async end(): Promise<void> {
    const session = this.session;
    this.session = null;
    this.held.clear();
    if (session === null) return;
    await session.query('select pg_advisory_unlock_all()').catch(() => undefined);
    await session.release().catch(() => undefined);
  }

  private async open(): Promise<QueryRunner> {
    if (this.session !== null) return this.session;
    const session = this.dataSource.createQueryRunner();
    await session.connect();
    this.session = session;
    return session;
  }
}
