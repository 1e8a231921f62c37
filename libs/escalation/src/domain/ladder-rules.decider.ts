import { assertNever, localDateOf, stampOf, type Act, type Actor, type Decider, type Instant, type LocalDate } from '@app/kernel';
import { reject } from './escalation.errors';
import type { LadderRuleEvent, LadderRuleSet } from './escalation.events';
import type { LadderRule } from './escalation.types';
import { DEFAULT_LADDER_RULES, ladderScope, sameLadderScope, withLadderRuleEvent } from './ladder-rules';

type Cmd<T extends string, D> = Readonly<{ type: T; data: Readonly<D>; by: Actor; at: Instant; on: LocalDate }>;
export type SetLadderRule = Cmd<'SetLadderRule', Omit<LadderRuleSet['data'], 'version' | keyof Act>>;
/** `to` is the last day in force. */
export type EndLadderRule = Cmd<'EndLadderRule', { ruleId: string; to: LocalDate; reason: string }>;
export type LadderRuleCommand = SetLadderRule | EndLadderRule;

/** All versions of all rules, those that come with the product first. */
export type LadderRulesState = Readonly<{ rules: readonly LadderRule[] }>;

const MOST_DAYS = 365;
const isDays = (days: number): boolean => Number.isSafeInteger(days) && days >= 1 && days <= MOST_DAYS;

const actOf = ({ at, on, by }: LadderRuleCommand): Act => ({ at, on, by: stampOf(by) });
const sameKinds = (a: LadderRule['addressees'], b: LadderRule['addressees']): boolean => [...a].sort().join() === [...b].sort().join();

const set = (command: SetLadderRule, current: LadderRule | undefined): readonly LadderRuleEvent[] => {
  const { ruleId, step, days, addressees, replyDays, from, reason } = command.data;
  const scope = ladderScope(command.data.scope);
  if (
    current?.to === null &&
    current.step === step &&
    current.days === days &&
    current.replyDays === replyDays &&
    sameKinds(current.addressees, addressees) &&
    sameLadderScope(current, scope)
  )
    return [];
  if (reason.trim() === '') reject('ladder-rule-reason-required');
  if (!isDays(days) || (replyDays !== null && !isDays(replyDays))) reject('ladder-rule-days-invalid');
  if (step !== 'warning' && addressees.length === 0) reject('ladder-rule-addressee-required');
  if (from <= localDateOf(command.at)) reject('ladder-rule-starts-too-early');
  if (current !== undefined && current.step !== step) reject('ladder-rule-step-fixed');
  if (current !== undefined && from < current.from) reject('ladder-rule-starts-before-current', { day: current.from });
  const version = (current?.version ?? 0) + 1;
  const data = { ruleId, version, step, days, addressees: [...new Set(addressees)], replyDays, scope, from, reason: reason.trim() };
  return [{ type: 'LadderRuleSet', data: { ...data, ...actOf(command) } }];
};

const end = (command: EndLadderRule, current: LadderRule | undefined): readonly LadderRuleEvent[] => {
  const { ruleId, to, reason } = command.data;
  const today = localDateOf(command.at);
  if (current === undefined) return reject('ladder-rule-not-in-force');
  if (current.to === to) return [];
  if (current.to !== null && current.to < today) return reject('ladder-rule-not-in-force');
  if (reason.trim() === '') reject('ladder-rule-reason-required');
  if (to < today) reject('ladder-rule-starts-too-early');
  return [{ type: 'LadderRuleEnded', data: { ruleId, version: current.version, to, reason: reason.trim(), ...actOf(command) } }];
};

const decide = (command: LadderRuleCommand, { rules }: LadderRulesState): readonly LadderRuleEvent[] => {
  if (!command.by.roles.includes('admin')) reject('ladder-rule-not-yours');
  const current = rules.filter(({ id }) => id === command.data.ruleId).at(-1);
  switch (command.type) {
    case 'SetLadderRule':
      return set(command, current);
    case 'EndLadderRule':
      return end(command, current);
    default:
      return assertNever(command);
  }
};

export const ladderRulesDecider: Decider<LadderRulesState, LadderRuleCommand, LadderRuleEvent> = {
  initial: { rules: DEFAULT_LADDER_RULES },
  decide,
  evolve: ({ rules }, event) => ({ rules: withLadderRuleEvent(rules, event) }),
};
