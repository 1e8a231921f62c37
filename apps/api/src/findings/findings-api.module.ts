import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { EvidenceDesk } from './evidence-desk';
import { EvidenceController } from './evidence.controller';
import { FindingAccess } from './finding-access';
import { FindingDesk } from './finding-desk';
import { FindingsController } from './findings.controller';
import { LeadersController } from './leaders.controller';
import { LegsController } from './legs.controller';
import { OfficeController } from './office.controller';
import { OnTheSpotController } from './on-the-spot.controller';
import { ReviewController } from './review.controller';
import { Subjects } from './subjects';

/** Everything that is done to a finding. What is read of it: `reading/`. */
@Module({
  imports: [CqrsModule],
  controllers: [
    FindingsController,
    OfficeController,
    LegsController,
    OnTheSpotController,
    ReviewController,
    LeadersController,
    EvidenceController,
  ],
  providers: [FindingDesk, FindingAccess, EvidenceDesk, Subjects],
  exports: [FindingDesk, FindingAccess, EvidenceDesk, Subjects],
})
export class FindingsApiModule {}
