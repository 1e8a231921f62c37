import type { Act, LocalDate, Message } from '@app/kernel';
import type { SupervisionRuleContent } from './supervision-rule.types';

/** What was set of before rules said which units they look at: towns. */
export type SupervisionRuleSaid = Omit<SupervisionRuleContent, 'of'> & Partial<Pick<SupervisionRuleContent, 'of'>>;
/** A version of a rule holds from a day on; the version before it ends the day before. */
export type SupervisionRuleSet = Message<
  'SupervisionRuleSet',
  SupervisionRuleSaid & { ruleId: string; version: number; from: LocalDate; reason: string } & Act
>;
export type SupervisionRuleRetired = Message<
  'SupervisionRuleRetired',
  { ruleId: string; version: number; to: LocalDate; reason: string } & Act
>;
export type SupervisionRuleEvent = SupervisionRuleSet | SupervisionRuleRetired;
