import { BULLETIN_PROJECTIONS } from '@app/bulletins';
import { calendarYearProjection, deadlineRuleProjection } from '@app/calendar';
import { carryOverProjection } from '@app/carry-overs';
import { ESCALATION_POLICIES, ESCALATION_PROJECTIONS } from '@app/escalation';
import { EventStore } from '@app/event-store';
import {
  CalendarLoadedPolicy,
  clearanceProjection,
  FamilyPolicy,
  FindingDeadlinesModule,
  findingDeadlineProjection,
  findingsProjection,
  OnTheSpotPolicy,
  RelapsePolicy,
} from '@app/findings';
import { inspectionProjection } from '@app/inspections';
import { ListIssuingPolicy, ListProjection } from '@app/lists';
import { NOTICE_POLICIES, NOTICE_PROJECTIONS } from '@app/notices';
import { NOTIFICATION_POLICIES } from '@app/notifications';
import { organisationProjection } from '@app/organisation';
import { placeholderProjection } from '@app/placeholders';
import type { Policy, Projection } from '@app/read-store';
import { SUPERVISION_POLICIES, SUPERVISION_PROJECTIONS } from '@app/supervision';
import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { Readers } from './readers';

/** Every read model of the product. */
export const PROJECTIONS: readonly Projection[] = [
  organisationProjection,
  calendarYearProjection,
  deadlineRuleProjection,
  findingsProjection,
  findingDeadlineProjection,
  clearanceProjection,
  new ListProjection(),
  placeholderProjection,
  carryOverProjection,
  inspectionProjection,
  ...NOTICE_PROJECTIONS,
  ...ESCALATION_PROJECTIONS,
  ...SUPERVISION_PROJECTIONS,
  ...BULLETIN_PROJECTIONS,
];

const POLICIES = [
  FamilyPolicy,
  RelapsePolicy,
  OnTheSpotPolicy,
  ListIssuingPolicy,
  CalendarLoadedPolicy,
  ...NOTICE_POLICIES,
  ...ESCALATION_POLICIES,
  ...SUPERVISION_POLICIES,
  ...NOTIFICATION_POLICIES,
];

/** Needs CoreModule beside it. Starts nothing by itself. */
@Module({
  imports: [CqrsModule, FindingDeadlinesModule],
  providers: [
    ...POLICIES,
    {
      provide: Readers,
      inject: [EventStore, DataSource, ...POLICIES],
      useFactory: (store: EventStore, dataSource: DataSource, ...policies: Policy[]) =>
        new Readers(store, dataSource, PROJECTIONS, policies),
    },
  ],
  exports: [Readers],
})
export class ReadersModule {}
