import { Module } from '@nestjs/common';
import { ClearanceQueries } from './clearance.queries';
import { ComparisonQueries } from './comparison.queries';
import { FigureSnapshots } from './figure-snapshots';
import { OverviewQueries } from './overview.queries';
import { OverviewTexts } from './overview-texts';
import { TrendQueries } from './trend.queries';
import { UnitBurdenQueries } from './unit-burden.queries';

const QUERIES = [ClearanceQueries, FigureSnapshots, OverviewQueries, OverviewTexts, TrendQueries, ComparisonQueries, UnitBurdenQueries];

/** Boards of clearance and the lists behind their numbers; needs ReadStoreModule beside it. */
@Module({ providers: QUERIES, exports: QUERIES })
export class ClearanceModule {}
