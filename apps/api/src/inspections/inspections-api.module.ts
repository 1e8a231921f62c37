import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ReadingApiModule } from '../reading/reading-api.module';
import { ExaminationsController } from './examinations.controller';
import { InspectionDesk } from './inspection-desk';
import { InspectionsController } from './inspections.controller';
import { VillagePackageController } from './village-package.controller';

/** Inspection tasks, and what a team takes along. */
@Module({
  imports: [CqrsModule, ReadingApiModule],
  controllers: [InspectionsController, ExaminationsController, VillagePackageController],
  providers: [InspectionDesk],
})
export class InspectionsApiModule {}
