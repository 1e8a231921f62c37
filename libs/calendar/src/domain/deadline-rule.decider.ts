import { addDays, assertNever, localDateOf, stampOf, type Act, type Decider } from '@app/kernel';
import { DEFAULT_RULES, sameScope, scopeOf, type DeadlineRule } from '@app/worktime';
import { reject } from './calendar.errors';
import type { DeadlineRuleCommand, RetireDeadlineRule, SetDeadlineRule } from './deadline-rule.commands';
import type { DeadlineRuleEvent } from './deadline-rule.events';

/** All versions of one rule that were set, oldest first. A rule that comes with the product starts with its version 1. */
export type DeadlineRuleState = Readonly<{ versions: readonly DeadlineRule[] }>;

const MOST_DAYS = 3650;

/** The versions that hold before anything was set. */
export const defaultVersions = (ruleId: string): readonly DeadlineRule[] => DEFAULT_RULES.filter(({ id }) => id === ruleId);

/** Adds an event to the versions of a rule; of a version that ends before it would begin nothing is left. */
export const withRuleEvent = (versions: readonly DeadlineRule[], event: DeadlineRuleEvent): readonly DeadlineRule[] => {
  switch (event.type) {
    case 'DeadlineRuleSet': {
      const { ruleId, version, kind, scope, days, unit, from } = event.data;
      const before = versions.map((v) => (v.to === null || v.to >= from ? { ...v, to: addDays(from, -1) } : v));
      return [...before, { id: ruleId, version, kind, ...scopeOf(scope), days, unit, from, to: null }];
    }
    case 'DeadlineRuleRetired':
      return versions.map((v) => (v.version === event.data.version ? { ...v, to: event.data.to } : v));
    default:
      return assertNever(event);
  }
};

const actOf = ({ at, on, by }: DeadlineRuleCommand): Act => ({ at, on, by: stampOf(by) });

const set = (command: SetDeadlineRule, versions: readonly DeadlineRule[]): readonly DeadlineRuleEvent[] => {
  const { ruleId, kind, days, unit, from, reason } = command.data;
  const scope = scopeOf(command.data.scope);
  const current = versions.at(-1);
  if (current !== undefined && current.to === null && current.days === days && current.unit === unit && sameScope(current, scope))
    return [];
  if (reason.trim() === '') reject('rule-reason-missing');
  if (!Number.isSafeInteger(days) || days < 0 || days > MOST_DAYS) reject('rule-days-out-of-range');
  if (from < localDateOf(command.at)) reject('rule-starts-in-the-past');
  if (current !== undefined && current.kind !== kind) reject('rule-kind-fixed');
  if (current !== undefined && from < current.from) reject('rule-starts-before-current', { day: current.from });
  const version = (current?.version ?? 0) + 1;
  return [{ type: 'DeadlineRuleSet', data: { ruleId, version, kind, scope, days, unit, from, reason: reason.trim(), ...actOf(command) } }];
};

const retire = (command: RetireDeadlineRule, versions: readonly DeadlineRule[]): readonly DeadlineRuleEvent[] => {
  const { ruleId, to, reason } = command.data;
  const current = versions.at(-1);
  if (current === undefined) return reject('rule-not-in-force');
  if (current.to === to) return [];
  if (current.to !== null && current.to < localDateOf(command.at)) return reject('rule-not-in-force');
  if (reason.trim() === '') reject('rule-reason-missing');
  if (to < addDays(localDateOf(command.at), -1)) reject('rule-starts-in-the-past');
  return [{ type: 'DeadlineRuleRetired', data: { ruleId, version: current.version, to, reason: reason.trim(), ...actOf(command) } }];
};

const decide = (command: DeadlineRuleCommand, state: DeadlineRuleState): readonly DeadlineRuleEvent[] => {
  if (!command.by.roles.includes('admin')) reject('calendar-only-admin');
  const versions = state.versions.length > 0 ? state.versions : defaultVersions(command.data.ruleId);
  switch (command.type) {
    case 'SetDeadlineRule':
      return set(command, versions);
    case 'RetireDeadlineRule':
      return retire(command, versions);
    default:
      return assertNever(command);
  }
};

const evolve = ({ versions }: DeadlineRuleState, event: DeadlineRuleEvent): DeadlineRuleState => ({
  versions: withRuleEvent(versions.length > 0 ? versions : defaultVersions(event.data.ruleId), event),
});

export const deadlineRuleDecider: Decider<DeadlineRuleState, DeadlineRuleCommand, DeadlineRuleEvent> = {
  initial: { versions: [] },
  decide,
  evolve,
};
