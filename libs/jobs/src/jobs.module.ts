import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { createJobs } from './bullmq-jobs';
import type { JobsOptions } from './connections';
import { Jobs } from './jobs.port';

/** Gives the whole application Jobs, started: the application does not come up on a queue that cannot be used. */
@Module({})
export class JobsModule implements OnApplicationShutdown {
  constructor(@Inject(Jobs) private readonly jobs: Jobs) {}

  static forRoot(options: JobsOptions): DynamicModule {
    return {
      module: JobsModule,
      global: true,
      providers: [
        {
          provide: Jobs,
          useFactory: async (): Promise<Jobs> => {
            const jobs = createJobs(options);
            await jobs.start();
            return jobs;
          },
        },
      ],
      exports: [Jobs],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.jobs.close();
  }
}
