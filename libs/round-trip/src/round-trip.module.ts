import path from 'node:path';
import { FindingReadsModule } from '@app/findings';
import { ImportFiles } from '@app/imports';
import { Module, type DynamicModule } from '@nestjs/common';
import { FillInWorkbooks } from './application/fill-in-workbooks';
import { JudgeRows } from './application/judge-rows';
import { PreviewRoundTrip } from './application/preview-round-trip';
import { RoundTripFiles } from './application/round-trip-files';
import { RoundTripRecovery } from './application/round-trip-recovery';
import { RoundTripStore } from './application/round-trip-store';
import { RoundTrips } from './application/round-trips';
import { RowCodes } from './application/row-codes';
import { RowHistory } from './application/row-history';
import { RunRoundTrip } from './application/run-round-trip';

/** Needs CoreModule and PreparedSelections beside it. */
@Module({})
export class RoundTripModule {
  static forRoot({ dataDir }: Readonly<{ dataDir: string }>): DynamicModule {
    return {
      module: RoundTripModule,
      global: true,
      imports: [FindingReadsModule],
      providers: [
        { provide: RoundTripFiles, useValue: new ImportFiles(path.join(dataDir, 'round-trips')) },
        RoundTripStore,
        RowCodes,
        RowHistory,
        FillInWorkbooks,
        JudgeRows,
        PreviewRoundTrip,
        RunRoundTrip,
        RoundTrips,
        RoundTripRecovery,
      ],
      exports: [RoundTrips, FillInWorkbooks],
    };
  }
}
