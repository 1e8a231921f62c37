import { Global, Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { ListCommandHandler } from './application/list.command-handler';
import { ListIssuingPolicy } from './application/list-issuing.policy';
import { ListReader } from './application/list-reader';
import { NumberRegister } from './application/number-register';
import { RowClaims } from './application/row-claims';
import { ListProjection } from './read-models/list.projection';
import { ListQueries } from './read-models/list.queries';

/** Lists and the numbers of the whole product. Needs EventStoreModule, ReadStoreModule, a Clock and the Directory. */
@Global()
@Module({
  imports: [CqrsModule],
  providers: [NumberRegister, RowClaims, ListReader, ListCommandHandler, ListIssuingPolicy, ListProjection, ListQueries],
  exports: [NumberRegister, ListReader, RowClaims, ListIssuingPolicy, ListProjection, ListQueries],
})
export class ListsModule {}
