export type { WorkCalendar } from './work-calendar';
export type { DerivationStep, DueSource, DueTime } from './due-time';
