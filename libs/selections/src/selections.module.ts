import { FindingReadsModule } from '@app/findings';
import { Module, type DynamicModule } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ActingPerson } from './application/acting-person';
import { CollectRows } from './application/collect-rows';
import { PreparedSelections } from './application/prepared-rows';
import { PreviewRows } from './application/preview-rows';
import { RunRows } from './application/run-rows';
import { SelectionDesk } from './application/selection-desk';
import { SelectionRecovery } from './application/selection-recovery';
import { Selections } from './application/selections';
import { SelectionStore } from './application/selection-store';
import { SelectionWork } from './application/selection-work';
import { StoredPreparedSelections } from './application/stored-prepared-selections';

/** Needs EventStoreModule, ReadStoreModule, OrganisationModule, FindingsModule, a Clock and an Admission in the application. */
@Module({})
export class SelectionsModule {
  /** `recovers`: whether this process takes up what others left. */
  static forRoot({ recovers = true }: Readonly<{ recovers?: boolean }> = {}): DynamicModule {
    return {
      module: SelectionsModule,
      global: true,
      imports: [CqrsModule, FindingReadsModule],
      providers: [
        ActingPerson,
        CollectRows,
        PreviewRows,
        RunRows,
        SelectionDesk,
        SelectionStore,
        SelectionWork,
        Selections,
        { provide: PreparedSelections, useClass: StoredPreparedSelections },
        ...(recovers ? [SelectionRecovery] : []),
      ],
      exports: [Selections, PreparedSelections, SelectionWork],
    };
  }
}
