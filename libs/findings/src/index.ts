export * from './domain/finding.types';
export type * from './domain/finding.events';
export type * from './domain/finding.commands';
export { FINDING_ERRORS, type FindingErrorCode } from './domain/finding.errors';
export { FINDING_EVENT_TYPES } from './domain/finding.event-types';
export { stageOf, statusOf, type FindingState, type Leg } from './domain/finding.state';
export { FindingCommandHandler } from './application/finding.command-handler';
export { FindingReader } from './application/finding-reader';
export { LegProposals, type LegProposal } from './application/leg-proposals';
export { FindingRehearsals, type Rehearsal } from './application/finding-rehearsals';
export { OFFERED_COMMANDS, refusalOf, type Offer, type Refusal } from './domain/offers/offers';
export type { OfferedCommand } from './domain/offers/sample-commands';
export { FINDING_STREAMS, findingIdOf, findingStream } from './application/finding-stream';
export { HandleFinding, type FindingAck, type FindingIntent, type HandleFindingOptions } from './application/handle-finding';
export { WorldSource } from './application/world-source';
export { UpperReferences } from './application/upper-references';
export { mayKnow, type Surroundings } from './domain/may-know';
export { mayVerify } from './domain/reviewers';
export { FindingsModule } from './findings.module';
export { FindingHistories, type FindingHistory } from './application/finding-history';
export { FindingNumbers } from './application/finding-numbers';
export { FamilyPolicy } from './policies/family.policy';
export { OnTheSpotPolicy } from './policies/on-the-spot.policy';
export { RelapsePolicy } from './policies/relapse.policy';
export { CalendarLoadedPolicy } from './deadlines/calendar-loaded.policy';
export { DeadlineCommands } from './deadlines/deadline-commands';
export { KnocksInBulk, type KnockAtClock } from './deadlines/knocks-in-bulk';
export { sinceAfter, type ClockFold } from './deadlines/clock-fold';
export { waitingClocks } from './deadlines/waiting-clocks';
export { DeadlineQueries, type DeadlineRow, type DueClock, type MovedRow, type WaitingClock } from './deadlines/deadline.queries';
export { FindingDeadlinesModule } from './deadlines/finding-deadlines.module';
export { findingDeadlineProjection } from './deadlines/finding-deadline.projection';
export { knocksOf, knockWhenDue, latestDueWithReminderBy, type Knock, type KnockingClock } from './deadlines/finding-deadlines.policy';
export {
  FindingDetailQueries,
  type OwnAct,
  type SealedSubject,
  type TimelineLine,
  type SeenFinding,
} from './read-models/finding-detail/finding-detail.queries';
export type { FindingDetail } from './read-models/finding-detail/finding-detail';
export { TIMELINE_LABELS } from './read-models/finding-detail/timeline-labels';
export {
  BadCursor,
  FINDING_ORDERS,
  FindingQueries,
  type ChangedRow,
  type FindingOrder,
  type FindingPage,
  type FindingPageQuery,
  type ShownRow,
} from './read-models/finding-list/finding.queries';
export type { FindingFilter } from './read-models/finding-list/finding-list.filter';
export { LegQueries, type LegEntry, type LegFilter, type LegPage } from './read-models/finding-list/leg.queries';
export { LegSheetQueries, type SheetLeg } from './read-models/finding-list/leg-sheet.queries';
export { isVisible, NOTHING, scopeOf, type VisibilityScope } from './read-models/finding-list/visibility';
export { findingsInBulk } from './read-models/bulk/findings-in-bulk';
export { findingsProjection } from './read-models/finding-list/findings.projection';
export { INBOX_WORK, type InboxWork } from './read-models/inbox/inbox.row';
export { InboxQueries, type InboxEntry, type InboxPage } from './read-models/inbox/inbox.queries';
export {
  OPEN_STAGES,
  VillageQueries,
  type KnownSubject,
  type VillageFinding,
  type VillageNumbers,
} from './read-models/village/village.queries';
export { FindingReadsModule } from './read-models/finding-reads.module';
export { LIKENESSES, type Alike, type Likeness, type Neighbour } from './read-models/neighbours/likeness';
export { NeighbourQueries, type TwinQuery } from './read-models/neighbours/neighbour.queries';
export { writeFindingsSheet, type SheetHead } from './export/findings-sheet';
export { ClearanceModule } from './read-models/figures/clearance.module';
export { ClearanceQueries, type Board, type FindingRow, type LegRow } from './read-models/figures/clearance.queries';
export { FigureSnapshots, type Snapshot } from './read-models/figures/figure-snapshots';
export { FINDING_RATES, LEG_RATES, type ShownRate } from './read-models/figures/board-rates';
export { percentOf, pointsBetween, ranksOf, shownPercent, SMALLEST_DENOMINATOR, type Rate } from './read-models/figures/rates';
export { countsAPeriod, FINDING_SCOPES, UNIT_SCOPES, isUnitScope, type BoardScope } from './read-models/figures/figure-scopes';
export type { Seen, Sight } from './read-models/figures/figure-reach';
export { PEER_GROUPS, type PeerGroup } from './read-models/figures/peer-groups';
export { MOST_POINTS, stepEnds, TREND_STEPS, TrendQueries, type Trend } from './read-models/figures/trend.queries';
export { ComparisonQueries, type Comparison, type ComparisonChange } from './read-models/figures/comparison.queries';
export { OverviewQueries, type OverviewDueUnit, type OverviewFigures } from './read-models/figures/overview.queries';
export type { OverviewBeside, OverviewPace, OverviewSegment, OverviewWeek } from './read-models/figures/overview-figures';
export type { UntouchedLeg, UpperFact } from './read-models/figures/overview-facts';
export { OverviewTexts, type ToldFinding, type ToldLeg, type ToldUpper } from './read-models/figures/overview-texts';
export { BASES, type Basis } from './read-models/figures/figure-fold';
export { FINDING_FIGURES, LEG_FIGURES, OFFICE_FIGURES } from './read-models/figures/figure-definitions';
export type { FigureEntry, FigurePage } from './read-models/figures/figure-page';
export { clearanceProjection } from './read-models/figures/clearance.projection';
export { BURDEN_MEASURES, UnitBurdenQueries, type Burden, type BurdenMeasure } from './read-models/figures/unit-burden.queries';
export type { Zero } from './read-models/figures/zeros';
