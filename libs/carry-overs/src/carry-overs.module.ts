import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { CarryOverCommandHandler } from './application/carry-over.command-handler';
import { CarryOverQueries } from './read-models/carry-over.queries';

/** 历史结转. Needs EventStoreModule, ReadStoreModule and a Clock beside it. */
@Global()
@Module({
  imports: [CqrsModule],
  providers: [CarryOverCommandHandler, CarryOverQueries],
  exports: [CarryOverQueries],
})
export class CarryOversModule {}
