import { CalendarModule } from '@app/calendar';
import { ClearanceModule } from '@app/findings';
import { Module } from '@nestjs/common';
import { ReadingApiModule } from '../reading/reading-api.module';
import { ClearanceController } from './clearance.controller';
import { LeadersPagesController } from './leaders-pages.controller';

@Module({ imports: [ClearanceModule, CalendarModule, ReadingApiModule], controllers: [ClearanceController, LeadersPagesController] })
export class ClearanceApiModule {}
