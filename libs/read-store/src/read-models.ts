import { PgListener, WakeUp } from '@app/event-store';
import type { DataSource } from 'typeorm';
import { APPLIED_CHANNEL, appliedOf, type Applied } from './applied-channel';

const LOOK_EVERY_MS = 50;

/** What readers of the rows need to know about the rows: how far they have come, and when they change. */
export class ReadModels {
  private listener: PgListener | null = null;
  private readonly changed = new WakeUp();
  private readonly subscribers = new Set<(applied: Applied) => void>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly url: string,
  ) {}

  /** Resolves when notifications arrive. */
  ready(): Promise<void> {
    return this.listen().connected();
  }

  /** Waits until all projections have come to `position`; false when they have not within `ms`. A projection that stands still is not waited for. */
  async waitFor(position: bigint, ms = 1_000): Promise<boolean> {
    this.listen();
    const giveUpAt = performance.now() + ms;
    for (;;) {
      const seen = this.changed.seen;
      if ((await this.reached()) >= position) return true;
      const left = giveUpAt - performance.now();
      if (left <= 0) return false;
      await this.changed.wait(seen, Math.min(left, LOOK_EVERY_MS));
    }
  }

  /** The position up to which every projection that goes has come; 0n before the first start. */
  async reached(): Promise<bigint> {
    const rows = await this.dataSource.query<{ reached: string | null }[]>(
      `select min("position") as reached from checkpoint where kind = 'projection' and stopped_at is null`,
    );
    return BigInt(rows[0]?.reached ?? '0');
  }

  /** Readers that stand still, and before which position: for health pages. */
  async stopped(): Promise<readonly Readonly<{ name: string; kind: string; position: bigint; because: string }>[]> {
    const rows = await this.dataSource.query<{ name: string; kind: string; stopped_at: string; stopped_because: string }[]>(
      'select name, kind, stopped_at, stopped_because from checkpoint where stopped_at is not null order by name',
    );
    return rows.map((row) => ({ name: row.name, kind: row.kind, position: BigInt(row.stopped_at), because: row.stopped_because }));
  }

  /** Calls back with each commit of a projection, also of other processes; returns how to stop that. */
  onApplied(callback: (applied: Applied) => void): () => void {
    this.listen();
    this.subscribers.add(callback);
    return () => this.subscribers.delete(callback);
  }

  async close(): Promise<void> {
    this.subscribers.clear();
    await this.listener?.close();
  }

  /** Connects when first needed: a process that only writes rows has no use for it. */
  private listen(): PgListener {
    this.listener ??= new PgListener(
      { connectionString: this.url, application_name: 'qingling-applied', connectionTimeoutMillis: 5_000 },
      APPLIED_CHANNEL,
      (payload) => this.receive(payload),
      () => this.changed.wake(),
    );
    return this.listener;
  }

  private receive(payload: string): void {
    this.changed.wake();
    const applied = appliedOf(payload);
    if (applied === null) return;
    for (const callback of [...this.subscribers]) callback(applied);
  }
}
