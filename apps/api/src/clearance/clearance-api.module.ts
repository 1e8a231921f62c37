import { CalendarModule } from '@app/calendar';
import { ClearanceModule } from '@app/findings';
import { Module } from '@nestjs/common';
import { ReadingApiModule } from '../reading/reading-api.module';
import { CarryOversBeside } from './carry-overs-beside';
import { ClearanceController } from './clearance.controller';
import { LeadersPagesController } from './leaders-pages.controller';

@Module({
  imports: [ClearanceModule, CalendarModule, ReadingApiModule],
  controllers: [ClearanceController, LeadersPagesController],
  providers: [CarryOversBeside],
})
export class ClearanceApiModule {}
