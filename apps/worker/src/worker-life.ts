import { Readers, StoreGuard } from '@app/core';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';

/** Starts the readers when everything is wired and the event store is theirs, and stops them before anything is taken down. */
@Injectable()
export class WorkerLife implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(
    private readonly readers: Readers,
    private readonly guard: StoreGuard,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await Promise.all([this.readers.projections.retireOthers(), this.readers.policies.retireOthers()]);
    void this.guard.watch(endForeign).then((ours) => {
      if (ours) this.readers.start();
    });
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.readers.stop();
  }
}

/** Nothing good comes of going on: what is shown and what is stored would be of two instances. */
const endForeign = (error: Error): void => {
  console.error(error.message);
  process.exit(1);
};
