import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import {
  CategoryCommandHandler,
  PersonCommandHandler,
  PostCommandHandler,
  UnitCommandHandler,
} from './application/organisation.command-handlers';
import { UnitPlaces } from './application/unit-places';
import { Directory } from './directory/directory';
import { ReadModelDirectory } from './directory/read-model-directory';
import { PersonRecords } from './read-models/person-records.queries';

/** The directory and the command handlers; needs EventStoreModule and ReadStoreModule beside it. */
@Global()
@Module({
  imports: [CqrsModule],
  providers: [
    { provide: Directory, useClass: ReadModelDirectory },
    PersonRecords,
    UnitPlaces,
    UnitCommandHandler,
    PersonCommandHandler,
    PostCommandHandler,
    CategoryCommandHandler,
  ],
  exports: [Directory, PersonRecords],
})
export class OrganisationModule {}
