import { FindingReadsModule } from '@app/findings';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { EvidenceDesk } from './evidence-desk';
import { EvidenceController } from './evidence.controller';
import { FindingAccess } from './finding-access';
import { FindingDesk } from './finding-desk';
import { FindingsController } from './findings.controller';
import { LeadersController } from './leaders.controller';
import { LegsController } from './legs.controller';
import { OfferDesk } from './offer-desk';
import { OffersController } from './offers.controller';
import { OfficeController } from './office.controller';
import { OnTheSpotController } from './on-the-spot.controller';
import { Proposals } from './proposals';
import { ReviewController } from './review.controller';
import { Subjects } from './subjects';
import { TransferPreviewsController } from './transfer-previews.controller';

/** Everything that is done to a finding. What is read of it: `reading/`. */
@Module({
  imports: [CqrsModule, FindingReadsModule],
  controllers: [
    FindingsController,
    OfficeController,
    LegsController,
    OnTheSpotController,
    ReviewController,
    LeadersController,
    EvidenceController,
    OffersController,
    TransferPreviewsController,
  ],
  providers: [FindingDesk, FindingAccess, EvidenceDesk, Subjects, OfferDesk, Proposals],
  exports: [FindingDesk, FindingAccess, EvidenceDesk, Subjects, OfferDesk],
})
export class FindingsApiModule {}
