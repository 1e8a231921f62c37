import type { Actor, Instant, LocalDate, Message } from '@app/kernel';
import type { DeadlineRuleKind, RuleScope, RuleUnit } from '@app/worktime';

type Cmd<T extends string, D> = Message<T, D> & Readonly<{ by: Actor; at: Instant; on: LocalDate }>;

export type SetDeadlineRule = Cmd<
  'SetDeadlineRule',
  {
    ruleId: string;
    kind: DeadlineRuleKind;
    scope: RuleScope;
    days: number;
    unit: RuleUnit;
    /** First day in force, today at the earliest. */
    from: LocalDate;
    reason: string;
  }
>;
/** `to` is the last day in force. */
export type RetireDeadlineRule = Cmd<'RetireDeadlineRule', { ruleId: string; to: LocalDate; reason: string }>;

export type DeadlineRuleCommand = SetDeadlineRule | RetireDeadlineRule;
