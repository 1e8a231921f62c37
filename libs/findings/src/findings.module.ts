import { CalendarModule } from '@app/calendar';
import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { FindingCommandHandler } from './application/finding.command-handler';
import { FindingHistories } from './application/finding-history';
import { FindingReader } from './application/finding-reader';
import { FindingRehearsals } from './application/finding-rehearsals';
import { LegProposals } from './application/leg-proposals';
import { StoredUpperReferences, UpperReferences } from './application/upper-references';
import { WorldFromServices } from './application/world-from-services';
import { WorldSource } from './application/world-source';

/** The write side of findings; needs EventStoreModule, ReadStoreModule, OrganisationModule and a Clock beside it. */
@Global()
@Module({
  imports: [CqrsModule, CalendarModule],
  providers: [
    FindingCommandHandler,
    FindingReader,
    FindingRehearsals,
    FindingHistories,
    LegProposals,
    { provide: WorldSource, useClass: WorldFromServices },
    { provide: UpperReferences, useClass: StoredUpperReferences },
  ],
  exports: [FindingReader, FindingRehearsals, FindingHistories, LegProposals, WorldSource],
})
export class FindingsModule {}
