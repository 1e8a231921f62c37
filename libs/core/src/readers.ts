import path from 'node:path';
import type { EventStore } from '@app/event-store';
import {
  belongsTo,
  compareWithRebuild,
  drainAll,
  ForeignStore,
  moveReadersTo,
  PolicyRunner,
  ProjectionRunner,
  type BulkWay,
  type Policy,
  type Projection,
  type TableDifference,
} from '@app/read-store';
import type { DataSource } from 'typeorm';
import * as bulkModule from './bulk-module';
import { CODEC } from './event-types';

/** Its threads need sources as node runs them: built, or stripped of types by a hook that they take over. */
const BULK: BulkWay = { loaded: bulkModule, file: path.join(__dirname, `bulk-module${path.extname(__filename)}`) };

/** Everything that reads events: the read models and the policies, run together by the worker, by seeds and by tests. */
export class Readers {
  readonly projections: ProjectionRunner;
  readonly policies: PolicyRunner;
  private readonly stopping = new AbortController();
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly store: EventStore,
    private readonly dataSource: DataSource,
    readonly readModels: readonly Projection[],
    policies: readonly Policy[],
  ) {
    // Their checkpoints stand in one table by name: of two that share one, the second would never run.
    const shared = policies.filter(({ name }) => readModels.some((model) => model.name === name)).map(({ name }) => name);
    if (shared.length > 0) throw new RangeError(`a read model and a policy of one name: ${shared.join(', ')}`);
    this.projections = new ProjectionRunner({ store, dataSource, codec: CODEC, projections: readModels, bulk: BULK });
    this.policies = new PolicyRunner({ store, dataSource, codec: CODEC, policies });
  }

  start(): void {
    const { signal } = this.stopping;
    this.running = Promise.all([this.projections.run(signal), this.policies.run(signal)]);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  /** Works until nothing more follows from what is stored. */
  drain(): Promise<void> {
    return drainAll(this.store, this.projections, this.policies);
  }

  /**
   * Makes read models anew from events. Where the store is another one than they were made from, all of them move to it, and the
   * policies too; `restored` says that it is the same one at an earlier time. Errors: ForeignStore.
   */
  async rebuild(names?: readonly string[], { restored = false }: Readonly<{ restored?: boolean }> = {}): Promise<void> {
    const { store, dataSource, readModels } = this;
    if (!(await belongsTo(store, dataSource))) {
      if (names !== undefined) throw new ForeignStore('foreign');
      await moveReadersTo({ store, dataSource, projections: readModels, restored });
    }
    return this.projections.rebuild(names);
  }

  async compareWithRebuild(): Promise<readonly TableDifference[]> {
    if (!(await belongsTo(this.store, this.dataSource))) throw new ForeignStore('foreign');
    return compareWithRebuild({ store: this.store, dataSource: this.dataSource, codec: CODEC, projections: this.readModels });
  }
}
