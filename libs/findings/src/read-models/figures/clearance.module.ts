import { Module } from '@nestjs/common';
import { ClearanceQueries } from './clearance.queries';
import { ComparisonQueries } from './comparison.queries';
import { OverviewQueries } from './overview.queries';
import { OverviewTexts } from './overview-texts';
import { TrendQueries } from './trend.queries';

const QUERIES = [ClearanceQueries, OverviewQueries, OverviewTexts, TrendQueries, ComparisonQueries];

/** Boards of clearance and the lists behind their numbers; needs ReadStoreModule beside it. */
@Module({ providers: QUERIES, exports: QUERIES })
export class ClearanceModule {}
