export * from './domain/round-trip.types';
export { ROUND_TRIP_ERRORS, type RoundTripErrorCode } from './domain/round-trip.errors';
export type { RowStep } from './domain/row-steps';
export type { FilledField } from './domain/sheet-columns';
export type { RoundTripJob } from './application/round-trip-job';
export { FillInWorkbooks, type WorkbookHead } from './application/fill-in-workbooks';
export { RoundTrips } from './application/round-trips';
export { RoundTripModule } from './round-trip.module';
