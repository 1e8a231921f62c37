export type { WorkCalendar } from './work-calendar';
export type { DerivationStep, DueSource, DueTime } from './due-time';
export { PROVISIONAL_VERSION, provisionalYear, qingmingOf, type CalendarYear, type LunarDays, type NamedDay } from './calendar-year';
export { calendarFrom } from './calendar-from';
export { addWorkingDays, effectiveDelivery, END_OF_WORK, workingDayFrom, workingDaysBetween } from './working-days';
export { workingDaysLeft } from './working-days-left';
export {
  dueAfter,
  dueGiven,
  extendedTo,
  INNER_EARLIER_BY,
  innerOfUpper,
  recomputed,
  remaining,
  shiftedByPause,
  strongest,
  type DueAfter,
  type DueGiven,
} from './due-rules';
export {
  DEADLINE_KINDS,
  DEFAULT_RULE_BOOK,
  DEFAULT_RULES,
  DUTIES,
  LINES,
  RECTIFICATIONS,
  ruleFor,
  SERIOUSNESSES,
  type DeadlineRule,
  type DeadlineRuleKind,
  type RuleBook,
  type RuleQuery,
  type RuleScope,
} from './rule-book';
