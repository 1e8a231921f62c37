import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { InspectionCommandHandler } from './application/handle-inspection';
import { InspectionQueries } from './read-models/inspection.queries';

/** Inspection tasks. Needs EventStoreModule, ReadStoreModule, a Clock and the Directory. */
@Global()
@Module({ imports: [CqrsModule], providers: [InspectionCommandHandler, InspectionQueries], exports: [InspectionQueries] })
export class InspectionsModule {}
