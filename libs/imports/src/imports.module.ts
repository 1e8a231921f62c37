import path from 'node:path';
import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CarryRows } from './application/carry-rows';
import { CommitImport } from './application/commit-import';
import { ImportFiles } from './application/import-files';
import { ImportRecovery } from './application/import-recovery';
import { ImportStore } from './application/import-store';
import { Imports } from './application/imports';
import { ReadImport } from './application/read-import';

/** Needs EventStoreModule, ReadStoreModule, OrganisationModule, ListsModule, PrivacyModule and a Clock in the application. */
@Module({})
export class ImportsModule {
  /** `recovers`: whether this process takes up what others left; a command that soon ends does not. */
  static forRoot({ dataDir, recovers = true }: Readonly<{ dataDir: string; recovers?: boolean }>): DynamicModule {
    return {
      module: ImportsModule,
      global: true,
      imports: [CqrsModule],
      providers: [
        { provide: ImportFiles, useValue: new ImportFiles(path.join(dataDir, 'imports')) },
        ImportStore,
        ReadImport,
        CarryRows,
        CommitImport,
        Imports,
        ...(recovers ? [ImportRecovery] : []),
      ],
      exports: [Imports],
    };
  }
}
