import { CalendarModule } from '@app/calendar';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { LadderRuleCommandHandler } from './application/ladder-rule.command-handler';
import { RungsTogetherHandler } from './application/rungs-together.command-handler';
import { LadderSweep } from './application/ladder-sweep';
import { LadderCommandHandler } from './application/ladder.command-handler';
import { LadderQueries } from './read-models/ladder.queries';

/** 督办阶梯: what is proposed, and by named persons issued, when a leg is overdue. Needs FindingsModule and a Clock beside it. */
@Global()
@Module({
  imports: [CqrsModule, CalendarModule],
  providers: [LadderCommandHandler, LadderRuleCommandHandler, RungsTogetherHandler, LadderQueries, LadderSweep],
  exports: [LadderQueries, LadderSweep],
})
export class EscalationModule {}
