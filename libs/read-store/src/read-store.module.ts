import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ReadModels } from './read-models';
import { createDataSource, runMigrations, type ReadStoreOptions } from './data-source';

/** Gives the whole application a connected DataSource whose schema is up to date, and ReadModels. */
@Module({})
export class ReadStoreModule implements OnApplicationShutdown {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(ReadModels) private readonly readModels: ReadModels,
  ) {}

  static forRoot({ url, ...options }: ReadStoreOptions & Readonly<{ url: string }>): DynamicModule {
    return {
      module: ReadStoreModule,
      global: true,
      providers: [
        {
          provide: DataSource,
          useFactory: async (): Promise<DataSource> => {
            await runMigrations(url);
            return createDataSource(url, options).initialize();
          },
        },
        { provide: ReadModels, inject: [DataSource], useFactory: (dataSource: DataSource) => new ReadModels(dataSource, url) },
      ],
      exports: [DataSource, ReadModels],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.readModels.close();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}
