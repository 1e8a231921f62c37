import { Readers } from '@app/core';
import { Injectable, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';

/** Starts the readers when everything is wired and stops them before anything is taken down. */
@Injectable()
export class WorkerLife implements OnApplicationBootstrap, BeforeApplicationShutdown {
  constructor(private readonly readers: Readers) {}

  async onApplicationBootstrap(): Promise<void> {
    await Promise.all([this.readers.projections.retireOthers(), this.readers.policies.retireOthers()]);
    this.readers.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.readers.stop();
  }
}
