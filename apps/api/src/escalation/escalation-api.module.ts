import { CalendarModule } from '@app/calendar';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { FindingsApiModule } from '../findings/findings-api.module';
import { ReadingApiModule } from '../reading/reading-api.module';
import { EscalationDesk } from './escalation-desk';
import { EscalationController } from './escalation.controller';
import { LadderRulesController } from './ladder-rules.controller';

/** Needs CoreModule beside it. */
@Module({
  imports: [CqrsModule, CalendarModule, ReadingApiModule, FindingsApiModule],
  controllers: [EscalationController, LadderRulesController],
  providers: [EscalationDesk],
})
export class EscalationApiModule {}
