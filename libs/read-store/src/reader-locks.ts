import type { DataSource, QueryRunner } from 'typeorm';

/** First half of the lock's key; the second follows from the reader's name. */
const READER_LOCK = 71_015;

/** One runner per reader over all processes: session locks on a connection of their own, lost together with it. */
export class ReaderLocks {
  private session: Promise<QueryRunner> | null = null;
  private readonly held = new Set<string>();

  constructor(private readonly dataSource: DataSource) {}

  /** False when another process has it. Throws when the server cannot be reached. */
  async tryAcquire(name: string): Promise<boolean> {
    if (this.held.has(name)) return true;
    const rows = await this.ask(name);
    if (rows[0]?.ok === true) this.held.add(name);
    return this.held.has(name);
  }

  /** False when the session, and with it every lock, was lost. */
  async stillHeld(): Promise<boolean> {
    if (this.held.size === 0) return true;
    try {
      await (await this.session)?.query('select 1');
      return this.session !== null;
    } catch {
      await this.release();
      return false;
    }
  }

  async release(): Promise<void> {
    const opening = this.session;
    this.session = null;
    this.held.clear();
    const session = await opening?.catch(() => null);
    if (session === null || session === undefined) return;
    await session.query('select pg_advisory_unlock_all()').catch(() => undefined);
    await session.release().catch(() => undefined);
  }

  private async ask(name: string): Promise<readonly { ok: boolean }[]> {
    const session = await this.open();
    try {
      return await session.manager.query<{ ok: boolean }[]>('select pg_try_advisory_lock($1, hashtext($2)) as ok', [READER_LOCK, name]);
    } catch (error) {
      // A session that broke before it held anything would otherwise be asked for ever.
      await this.release();
      throw error;
    }
  }

  private async open(): Promise<QueryRunner> {
    this.session ??= this.connect();
    try {
      return await this.session;
    } catch (error) {
      this.session = null;
      throw error;
    }
  }

  private async connect(): Promise<QueryRunner> {
    const session = this.dataSource.createQueryRunner();
    await session.connect();
    return session;
  }
}
