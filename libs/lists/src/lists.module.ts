import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ListCommandHandler } from './application/list.command-handler';
import { ListIssuingPolicy } from './application/list-issuing.policy';
import { NumberRegister } from './application/number-register';
import { RowClaims } from './application/row-claims';
import { ListProjection } from './read-models/list.projection';
import { ListQueries } from './read-models/list.queries';

/** Lists and the numbers of the whole product. Needs EventStoreModule, ReadStoreModule, a Clock and the Directory. */
@Module({
  imports: [CqrsModule],
  providers: [NumberRegister, RowClaims, ListCommandHandler, ListIssuingPolicy, ListProjection, ListQueries],
  exports: [NumberRegister, ListIssuingPolicy, ListProjection, ListQueries],
})
export class ListsModule {}
