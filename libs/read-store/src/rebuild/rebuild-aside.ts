import { isTransient, pause, StoreUnavailable, type EventCodec, type EventStore, type RecordedEvent } from '@app/event-store';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { tellApplied } from '../applied-channel';
import { moveCheckpoints, openCheckpoints, type Taken } from '../checkpoints';
import type { Projection } from '../projection';
import { ReaderLocks } from '../reader-locks';
import { bulkLoad, coveredBy, type BulkWay } from './bulk-load';
import { createShadow, createShadowTable, dropShadow, indexStatements, liveSchema, putInPlace, SHADOW } from './shadow-tables';

export type RebuildOptions = Readonly<{
  store: EventStore;
  dataSource: DataSource;
  codec: EventCodec;
  projections: readonly Projection[];
  /** The quicker way for some of the projections; the others are made by their `apply`. */
  bulk?: BulkWay | undefined;
  signal?: AbortSignal | undefined;
}>;

/** No reader of the projections has this name. */
const LOCK = 'rebuild';
const PAGE = 5_000;
/** So many events are made up for while the live tables stand still. */
const LAST_STEP = 200;
/** How long readers are kept waiting by a swap that itself must wait; shorter than the server looks for deadlocks. */
const SWAP_WAITS_MS = 200;
const SWAP_TRIES = 600;
const LOCK_NOT_AVAILABLE = '55P03';

/** Drops what a rebuild left behind that did not come to its end; does nothing while one is running. */
export const removeLeftOver = async (dataSource: DataSource): Promise<void> => {
  const [left] = await dataSource.query<{ there: boolean }[]>(`select to_regnamespace($1) is not null as there`, [SHADOW]);
  if (left?.there !== true) return;
  const locks = new ReaderLocks(dataSource);
  try {
    if (await locks.tryAcquire(LOCK)) await dropShadow(dataSource);
  } finally {
    await locks.release();
  }
};

/**
 * Makes the tables of the projections anew beside the live ones and puts them in their place in one short transaction,
 * together with the checkpoints. Until then readers see the old tables and the live runner goes on with them. When it fails or the process dies, everything
 * stays as it was. Answers with the position at which the new tables stand. One at a time over all processes: a second one waits.
 * Errors: of the store and the database; of a projection that cannot take an event; AbortError.
 */
export const rebuildAside = async (options: RebuildOptions): Promise<bigint> => {
  const { dataSource, signal } = options;
  const locks = new ReaderLocks(dataSource);
  try {
    while (!(await locks.tryAcquire(LOCK))) {
      signal?.throwIfAborted();
      await pause(250, signal);
    }
    return await new Rebuild(options, locks).run();
  } catch (error) {
    // Without it nothing kept others from clearing the half-made tables away: whatever was met then was met because of that.
    if (signal?.aborted !== true && !(await locks.stillHeld())) throw lost(error);
    throw error;
  } finally {
    await locks.release();
  }
};

class Rebuild {
  private readonly names: readonly string[];
  private readonly tables: readonly string[];
  /** Where the shadow tables stand, and an event that was taken up to there. */
  private position = 0n;
  private last: Taken | undefined;

  constructor(
    private readonly options: RebuildOptions,
    private readonly locks: ReaderLocks,
  ) {
    this.names = options.projections.map(({ name }) => name);
    this.tables = options.projections.flatMap(({ tables }) => tables);
  }

  async run(): Promise<bigint> {
    const { dataSource, store, projections } = this.options;
    const runner = dataSource.createQueryRunner();
    try {
      const live = await liveSchema(runner.manager);
      await openCheckpoints(runner.manager, 'projection', projections);
      await createShadow(runner.manager);
      for (const table of this.tables) await createShadowTable(runner.manager, live, table);
      await this.aside(runner);
      this.position = await store.head();
      await this.fill(runner, live);
      await this.follow(runner, live);
      return await this.swapped(runner, live);
    } finally {
      await this.tidy(runner);
    }
  }

  /** Names without a schema lead to the shadow tables on this connection, and nowhere else: were they gone, nothing may reach the live ones. */
  private async aside(runner: QueryRunner): Promise<void> {
    await runner.query(`set search_path = ${SHADOW}`);
    await runner.query('set synchronous_commit = off');
    await runner.query('set statement_timeout = 0');
  }

  /** Everything up to the position: in bulk what can be, the rest as the live runner does it. */
  private async fill(runner: QueryRunner, live: string): Promise<void> {
    const { projections, bulk } = this.options;
    const inBulk = projections.filter(({ name }) => bulk !== undefined && coveredBy(bulk, name));
    const others = projections.filter((projection) => !inBulk.includes(projection));
    const ownTables = others.flatMap(({ tables }) => tables);
    for (const sql of await indexStatements(runner.manager, live, ownTables)) await runner.query(sql);
    // What fails ends the other as well, before the schema is dropped under it.
    const failed = new AbortController();
    const signal = this.options.signal === undefined ? failed.signal : AbortSignal.any([failed.signal, this.options.signal]);
    const guarded = async (work: Promise<void>): Promise<void> => {
      try {
        await work;
      } catch (error) {
        failed.abort(error);
        throw error;
      }
    };
    const loading = async (): Promise<void> => {
      if (bulk === undefined || inBulk.length === 0) return;
      this.seen(await bulkLoad({ ...this.options, bulk, signal, projections: inBulk, head: this.position, live }));
    };
    const results = await Promise.allSettled([guarded(loading()), guarded(this.replay(runner, others, 0n, this.position, signal))]);
    if (failed.signal.aborted) throw failed.signal.reason;
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  private seen(event: Taken | undefined): void {
    if (event !== undefined && (this.last === undefined || event.position > this.last.position)) this.last = event;
  }

  private async replay(
    runner: QueryRunner,
    projections: readonly Projection[],
    from: bigint,
    to: bigint,
    signal: AbortSignal | undefined = this.options.signal,
  ): Promise<void> {
    if (projections.length === 0) return;
    const { store, codec } = this.options;
    const eventTypes = [...new Set(projections.flatMap(({ handles }) => handles))];
    for (let after = from; after < to;) {
      signal?.throwIfAborted();
      const page = await store.readAll(after, PAGE, { eventTypes });
      const events = page.filter((event) => event.position <= to);
      if (events.length > 0) {
        const decoded = events.map((event) => codec.decode(event));
        await this.inTransaction(runner, (tx) => applyTo(projections, decoded, tx));
        this.seen(events.at(-1));
      }
      after = page.length === PAGE ? (page.at(-1)?.position ?? to) : to;
    }
  }

  private async inTransaction<T>(runner: QueryRunner, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    await runner.startTransaction();
    try {
      const result = await work(runner.manager);
      await runner.commitTransaction();
      return result;
    } catch (error) {
      await runner.rollbackTransaction().catch(() => undefined);
      throw error;
    }
  }

  /** Follows the live tables, until what is left is little. */
  private async follow(runner: QueryRunner, live: string): Promise<void> {
    for (;;) {
      const goal = await this.furthest(runner.manager, live);
      if (goal <= this.position) return;
      const left = await this.options.store.readAll(this.position, LAST_STEP + 1);
      if (left.length <= LAST_STEP) return;
      await this.replay(runner, this.options.projections, this.position, goal);
      this.position = goal;
    }
  }

  /** Where the live tables stand, or the furthest of them. */
  private async furthest(db: EntityManager, live: string, suffix = ''): Promise<bigint> {
    const rows = await db.query<{ position: string }[]>(
      `select "position" from "${live}".checkpoint where name = any ($1) order by name ${suffix}`,
      [this.names],
    );
    return rows.reduce((most, row) => (BigInt(row.position) > most ? BigInt(row.position) : most), 0n);
  }

  private async swapped(runner: QueryRunner, live: string): Promise<bigint> {
    for (let attempt = 1; ; attempt += 1) {
      this.options.signal?.throwIfAborted();
      if (!(await this.locks.stillHeld())) throw lost();
      try {
        return await this.inTransaction(runner, (tx) => this.swap(tx, live));
      } catch (error) {
        if (!isLockTimeout(error) || attempt >= SWAP_TRIES) throw error;
        await pause(SWAP_WAITS_MS, this.options.signal);
      }
    }
  }

  /** Holding the checkpoints keeps the live runner where it is. */
  private async swap(tx: EntityManager, live: string): Promise<bigint> {
    const { store, codec, projections } = this.options;
    const goal = await this.furthest(tx, live, 'for update');
    const reached = goal > this.position ? goal : this.position;
    const missing = await between(store, this.position, reached);
    if (missing.length > 0) {
      await applyTo(
        projections,
        missing.map((event) => codec.decode(event)),
        tx,
      );
    }
    await tx.query(`set local search_path = "${live}"`);
    await tx.query(`set local lock_timeout = ${String(SWAP_WAITS_MS)}`);
    await putInPlace(tx, live, this.tables);
    await moveCheckpoints(tx, this.names, reached, missing.at(-1) ?? this.last);
    await tx.query(
      'update checkpoint c set version = v.version from unnest($1::text[], $2::int[]) as v (name, version) where c.name = v.name',
      [this.names, projections.map(({ version }) => version)],
    );
    await tellApplied(tx, reached, null);
    return reached;
  }

  private async tidy(runner: QueryRunner): Promise<void> {
    try {
      await dropShadow(runner.manager);
      await runner.query('reset all');
    } catch {
      // The next start removes what is left.
    } finally {
      await runner.release();
    }
  }
}

const applyTo = async (projections: readonly Projection[], events: readonly RecordedEvent[], tx: EntityManager): Promise<void> => {
  for (const projection of projections) {
    const own = events.filter(({ type }) => projection.handles.includes(type));
    if (own.length > 0) await projection.apply(own, tx);
  }
};

const between = async (store: EventStore, after: bigint, to: bigint): Promise<readonly RecordedEvent[]> => {
  const events: RecordedEvent[] = [];
  for (let from = after; from < to;) {
    const page = await store.readAll(from, PAGE);
    events.push(...page.filter(({ position }) => position <= to));
    from = page.length === PAGE ? (page.at(-1)?.position ?? to) : to;
  }
  return events;
};

const lost = (cause?: unknown): StoreUnavailable =>
  new StoreUnavailable('the rebuild lost its connection, and its lock with it', { cause });

const isLockTimeout = (error: unknown): boolean =>
  isTransient(error) || (typeof error === 'object' && error !== null && 'code' in error && error.code === LOCK_NOT_AVAILABLE);
