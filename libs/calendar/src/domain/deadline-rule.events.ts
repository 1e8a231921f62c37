import type { Act, LocalDate, Message } from '@app/kernel';
import type { DeadlineRuleKind, RuleScope, RuleUnit } from '@app/worktime';

/** A version of a rule holds from a day on; the version before it ends the day before. */
export type DeadlineRuleSet = Message<
  'DeadlineRuleSet',
  {
    ruleId: string;
    version: number;
    kind: DeadlineRuleKind;
    scope: RuleScope;
    days: number;
    unit: RuleUnit;
    from: LocalDate;
    reason: string;
  } & Act
>;
export type DeadlineRuleRetired = Message<'DeadlineRuleRetired', { ruleId: string; version: number; to: LocalDate; reason: string } & Act>;

export type DeadlineRuleEvent = DeadlineRuleSet | DeadlineRuleRetired;
