import { Module } from '@nestjs/common';
import { FindingDetailQueries } from './finding-detail/finding-detail.queries';
import { FindingQueries } from './finding-list/finding.queries';
import { LegQueries } from './finding-list/leg.queries';
import { LegSheetQueries } from './finding-list/leg-sheet.queries';
import { InboxQueries } from './inbox/inbox.queries';
import { NeighbourQueries } from './neighbours/neighbour.queries';
import { VillageQueries } from './village/village.queries';

/** What people read of findings; needs ReadStoreModule and a Clock beside it. */
@Module({
  providers: [FindingQueries, FindingDetailQueries, InboxQueries, LegQueries, LegSheetQueries, NeighbourQueries, VillageQueries],
  exports: [FindingQueries, FindingDetailQueries, InboxQueries, LegQueries, LegSheetQueries, NeighbourQueries, VillageQueries],
})
export class FindingReadsModule {}
