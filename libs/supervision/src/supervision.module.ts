import { CalendarModule } from '@app/calendar';
import { ClearanceModule } from '@app/findings';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CaseFigureService } from './application/case-figures';
import { DailyEvaluation } from './application/daily-evaluation';
import { ReportClocks } from './application/report-clocks';
import { SupervisionRuleCommandHandler } from './application/supervision-rule.command-handler';
import { SupervisionCommandHandler } from './application/supervision.command-handler';
import { SupervisionQueries } from './read-models/supervision.queries';

const SERVICES = [CaseFigureService, DailyEvaluation, ReportClocks, SupervisionQueries];

/** 挂牌督办: units and findings under supervision, with cadence, criteria and removal. Needs what CoreModule has beside it. */
@Global()
@Module({
  imports: [CqrsModule, CalendarModule, ClearanceModule],
  providers: [SupervisionCommandHandler, SupervisionRuleCommandHandler, ...SERVICES],
  exports: SERVICES,
})
export class SupervisionModule {}
