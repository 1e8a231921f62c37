import { ClearanceModule } from '@app/findings';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { FindingsApiModule } from '../findings/findings-api.module';
import { ReadingApiModule } from '../reading/reading-api.module';
import { SupervisionDesk } from './supervision-desk';
import { SupervisionRulesController } from './supervision-rules.controller';
import { SupervisionController } from './supervision.controller';

/** Needs CoreModule beside it. */
@Module({
  imports: [CqrsModule, ClearanceModule, FindingsApiModule, ReadingApiModule],
  controllers: [SupervisionController, SupervisionRulesController],
  providers: [SupervisionDesk],
})
export class SupervisionApiModule {}
