import type { EventStore } from '@app/event-store';
import {
  compareWithRebuild,
  drainAll,
  PolicyRunner,
  ProjectionRunner,
  type Policy,
  type Projection,
  type TableDifference,
} from '@app/read-store';
import type { DataSource } from 'typeorm';
import { CODEC } from './event-types';

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
    this.projections = new ProjectionRunner({ store, dataSource, codec: CODEC, projections: readModels });
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

  rebuild(names?: readonly string[]): Promise<void> {
    return this.projections.rebuild(names);
  }

  compareWithRebuild(): Promise<readonly TableDifference[]> {
    return compareWithRebuild({ store: this.store, dataSource: this.dataSource, codec: CODEC, projections: this.readModels });
  }
}
