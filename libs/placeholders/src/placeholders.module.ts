import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { PlaceholderCommandHandler } from './application/placeholder.command-handler';
import { PlaceholderQueries } from './read-models/placeholder.queries';

/** 线下办理占位. Needs EventStoreModule, ReadStoreModule, a Clock, the Directory and PlaceholderNumbers beside it. */
@Global()
@Module({
  imports: [CqrsModule],
  providers: [PlaceholderCommandHandler, PlaceholderQueries],
  exports: [PlaceholderQueries],
})
export class PlaceholdersModule {}
