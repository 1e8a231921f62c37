import { RoundTripModule } from '@app/round-trip';
import { Module, type DynamicModule } from '@nestjs/common';
import { ReadingApiModule } from '../reading/reading-api.module';
import { RoundTripController } from './round-trip.controller';

/** Needs CoreModule and selections beside it. Workbooks are worked on in this process. */
@Module({})
export class RoundTripApiModule {
  static forRoot({ dataDir }: Readonly<{ dataDir: string }>): DynamicModule {
    return {
      module: RoundTripApiModule,
      imports: [ReadingApiModule, RoundTripModule.forRoot({ dataDir })],
      controllers: [RoundTripController],
    };
  }
}
