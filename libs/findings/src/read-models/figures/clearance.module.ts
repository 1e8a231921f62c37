import { Module } from '@nestjs/common';
import { ClearanceQueries } from './clearance.queries';

/** Boards of clearance and the lists behind their numbers; needs ReadStoreModule beside it. */
@Module({ providers: [ClearanceQueries], exports: [ClearanceQueries] })
export class ClearanceModule {}
