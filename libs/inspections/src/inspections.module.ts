import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ExaminationCommandHandler } from './application/handle-examination';
import { InspectionCommandHandler } from './application/handle-inspection';
import { ExaminationQueries } from './read-models/examination.queries';
import { InspectionQueries } from './read-models/inspection.queries';

/** Inspection tasks, and what was examined. Needs EventStoreModule, ReadStoreModule, a Clock and the Directory. */
@Global()
@Module({
  imports: [CqrsModule],
  providers: [InspectionCommandHandler, ExaminationCommandHandler, InspectionQueries, ExaminationQueries],
  exports: [InspectionQueries, ExaminationQueries],
})
export class InspectionsModule {}
