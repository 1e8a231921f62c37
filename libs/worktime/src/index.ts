export type { WorkCalendar } from './work-calendar';
export type { DerivationStep, DueSource, DueTime, PauseGround } from './due-time';
export { PROVISIONAL_VERSION, provisionalYear, qingmingOf, type CalendarYear, type LunarDays, type NamedDay } from './calendar-year';
export { calendarFrom, isOfCalendar } from './calendar-from';
export { addWorkingDays, effectiveDelivery, END_OF_WORK, workingDayFrom, workingDaysBetween } from './working-days';
export { workingDaysLeft } from './working-days-left';
export { derivationAccount } from './derivation-account';
export {
  dueAfter,
  dueGiven,
  extendedTo,
  hoursOf,
  INNER_EARLIER_BY,
  innerOfUpper,
  notAfter,
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
  EXTENSION_LEVELS,
  FINDING_KINDS,
  LINES,
  RECTIFICATIONS,
  RULE_UNITS,
  ruleFor,
  sameScope,
  scopeOf,
  SERIOUSNESSES,
  SOURCES,
  type DeadlineRule,
  type DeadlineRuleKind,
  type ExtensionLevel,
  type RuleBook,
  type RuleQuery,
  type RuleScope,
  type RuleUnit,
} from './rule-book';
