import { addDays, assertNever, localDateOf, stampOf, type Actor, type Act, type Decider, type Instant, type LocalDate } from '@app/kernel';
import { reject } from './supervision.errors';
import type { SupervisionRuleEvent, SupervisionRuleSaid } from './supervision-rule.events';
import { DEFAULT_SUPERVISION_RULES, LEAST_EXAMINED, type SupervisionRule, type SupervisionRuleContent } from './supervision-rule.types';

type Cmd<T extends string, D> = Readonly<{ type: T; data: Readonly<D> & Readonly<{ ruleId: string; reason: string }> }> &
  Readonly<{ by: Actor; at: Instant }>;
export type SetSupervisionRule = Cmd<'SetSupervisionRule', { content: SupervisionRuleContent; from: LocalDate }>;
/** `to` is the last day in force. */
export type RetireSupervisionRule = Cmd<'RetireSupervisionRule', { to: LocalDate }>;
export type SupervisionRuleCommand = SetSupervisionRule | RetireSupervisionRule;

/** All versions of one rule, oldest first. */
export type SupervisionRuleState = Readonly<{ versions: readonly SupervisionRule[] }>;

const WINDOW = { least: 7, most: 366 };

/** The versions that hold before anything was set. */
export const defaultVersions = (ruleId: string): readonly SupervisionRule[] =>
  DEFAULT_SUPERVISION_RULES.filter((rule) => rule.ruleId === ruleId);

const contentOf = (rule: SupervisionRuleSaid): SupervisionRuleContent => {
  const { of = 'town', measure, threshold, minimum, windowDays, kinds, peerFactor, quietDays } = rule;
  return { of, measure, threshold, minimum, windowDays, kinds: [...new Set(kinds)], peerFactor, quietDays };
};

export const withRuleEvent = (versions: readonly SupervisionRule[], event: SupervisionRuleEvent): readonly SupervisionRule[] => {
  switch (event.type) {
    case 'SupervisionRuleSet': {
      const { ruleId, version, from } = event.data;
      const before = versions.map((v) => (v.to === null || v.to >= from ? { ...v, to: addDays(from, -1) } : v));
      return [...before, { ...contentOf(event.data), ruleId, version, from, to: null }];
    }
    case 'SupervisionRuleRetired':
      return versions.map((v) => (v.version === event.data.version ? { ...v, to: event.data.to } : v));
    default:
      return assertNever(event);
  }
};

const actOf = ({ at, by }: SupervisionRuleCommand): Act => ({ at, on: localDateOf(at), by: stampOf(by) });
const told = (content: SupervisionRuleContent): string => JSON.stringify(contentOf(content));

const set = (command: SetSupervisionRule, versions: readonly SupervisionRule[]): readonly SupervisionRuleEvent[] => {
  const { ruleId, from, reason } = command.data;
  const content = contentOf(command.data.content);
  const current = versions.at(-1);
  if (current?.to === null && told(current) === told(content)) return [];
  if (reason.trim() === '') reject('supervision-rule-reason-required');
  if (from < localDateOf(command.at)) reject('supervision-rule-starts-in-the-past');
  if (current !== undefined && from < current.from) reject('supervision-rule-starts-before-current', { day: current.from });
  if (!(content.threshold > 0)) reject('supervision-rule-threshold-invalid');
  if (content.minimum < LEAST_EXAMINED) reject('supervision-rule-minimum-invalid', { least: LEAST_EXAMINED });
  if (content.windowDays < WINDOW.least || content.windowDays > WINDOW.most) reject('supervision-rule-window-invalid', WINDOW);
  const version = (current?.version ?? 0) + 1;
  return [{ type: 'SupervisionRuleSet', data: { ruleId, version, ...content, from, reason: reason.trim(), ...actOf(command) } }];
};

const retire = (command: RetireSupervisionRule, versions: readonly SupervisionRule[]): readonly SupervisionRuleEvent[] => {
  const { ruleId, to, reason } = command.data;
  const today = localDateOf(command.at);
  const current = versions.at(-1);
  if (current === undefined) return reject('supervision-rule-not-in-force');
  if (current.to === to) return [];
  if (current.to !== null && current.to < today) return reject('supervision-rule-not-in-force');
  if (reason.trim() === '') reject('supervision-rule-reason-required');
  if (to < addDays(today, -1)) reject('supervision-rule-starts-in-the-past');
  return [{ type: 'SupervisionRuleRetired', data: { ruleId, version: current.version, to, reason: reason.trim(), ...actOf(command) } }];
};

const decide = (command: SupervisionRuleCommand, { versions }: SupervisionRuleState): readonly SupervisionRuleEvent[] => {
  if (!command.by.roles.includes('admin')) reject('supervision-rule-only-admin');
  const known = versions.length > 0 ? versions : defaultVersions(command.data.ruleId);
  switch (command.type) {
    case 'SetSupervisionRule':
      return set(command, known);
    case 'RetireSupervisionRule':
      return retire(command, known);
    default:
      return assertNever(command);
  }
};

export const supervisionRuleDecider: Decider<SupervisionRuleState, SupervisionRuleCommand, SupervisionRuleEvent> = {
  initial: { versions: [] },
  decide,
  evolve: ({ versions }, event) => ({
    versions: withRuleEvent(versions.length > 0 ? versions : defaultVersions(event.data.ruleId), event),
  }),
};
