import { addDays, assertNever, instantAt, localDate, type Instant, type LocalDate } from '@app/kernel';
import { addWorkingDays, type WorkCalendar } from '@app/worktime';
import type { LadderRuleEvent } from './escalation.events';
import { LADDER_STEPS, type LadderRule, type LadderScope, type LadderStep, type PlannedStep } from './escalation.types';

const START = localDate('2000-01-01');
const byDefault = (step: LadderStep, days: number, addressees: LadderRule['addressees'], replyDays: number | null): LadderRule => ({
  id: step,
  version: 1,
  step,
  days,
  addressees,
  replyDays,
  from: START,
  to: null,
});

/** What holds where no administrator has set anything; each can be replaced by a new version, or ended. */
export const DEFAULT_LADDER_RULES: readonly LadderRule[] = [
  byDefault('urging', 1, ['unit', 'unit-head'], null),
  byDefault('warning', 3, [], null),
  byDefault('supervision-letter', 7, ['unit-head', 'leader'], 5),
  byDefault('interview', 15, ['unit-head', 'leader'], null),
  byDefault('listing', 15, ['unit', 'leader'], null),
];

const PARTS = ['source', 'seriousness'] as const satisfies readonly (keyof LadderScope)[];
/** The parts that say something, so that `undefined` never reaches an event. */
export const ladderScope = (scope: LadderScope): LadderScope =>
  Object.fromEntries(PARTS.flatMap((part) => (scope[part] === undefined ? [] : [[part, scope[part]]])));
export const sameLadderScope = (a: LadderScope, b: LadderScope): boolean => PARTS.every((part) => a[part] === b[part]);

/** Adds an event to all versions of all rules; of a version that ends before it would begin nothing is left. */
export const withLadderRuleEvent = (rules: readonly LadderRule[], event: LadderRuleEvent): readonly LadderRule[] => {
  switch (event.type) {
    case 'LadderRuleSet': {
      const { ruleId, version, step, days, addressees, replyDays, scope, from } = event.data;
      const before = rules.map((rule) =>
        rule.id === ruleId && (rule.to === null || rule.to >= from) ? { ...rule, to: addDays(from, -1) } : rule,
      );
      return [...before, { id: ruleId, version, step, days, addressees, replyDays, ...ladderScope(scope), from, to: null }];
    }
    case 'LadderRuleEnded': {
      const { ruleId, version, to } = event.data;
      return rules.map((rule) => (rule.id === ruleId && rule.version === version ? { ...rule, to } : rule));
    }
    default:
      return assertNever(event);
  }
};

const inForce = ({ from, to }: LadderRule, on: LocalDate): boolean => from <= on && (to === null || on <= to);
const specificity = (rule: LadderRule): number => PARTS.filter((part) => rule[part] !== undefined).length;

/** The rule for one step: the narrowest that fits, of equals the one set last. */
const ruleFor = (rules: readonly LadderRule[], step: LadderStep, facts: Required<LadderScope>, on: LocalDate): LadderRule | undefined =>
  rules
    .filter((rule) => rule.step === step && inForce(rule, on))
    .filter((rule) => PARTS.every((part) => rule[part] === undefined || rule[part] === facts[part]))
    .sort((a, b) => specificity(a) - specificity(b) || (a.from < b.from ? -1 : a.from > b.from ? 1 : a.version - b.version))
    .at(-1);

/** The ladder of a finding that missed a due time on that day, earliest step first; a step without a rule is left out. */
export const ladderOn = (rules: readonly LadderRule[], facts: Required<LadderScope>, on: LocalDate): readonly PlannedStep[] =>
  LADDER_STEPS.flatMap((step): readonly PlannedStep[] => {
    const rule = ruleFor(rules, step, facts, on);
    if (rule === undefined) return [];
    const { id, version, days, addressees, replyDays } = rule;
    return [{ step, days, addressees, replyDays, rule: { id, version } }];
  }).sort((a, b) => a.days - b.days);

/** A step is reached as its working day begins, so that the office finds it in the morning. */
export const reachedAt = (dueOn: LocalDate, days: number, calendar: WorkCalendar): Instant =>
  instantAt(addWorkingDays(dueOn, days, calendar), '00:00');

/** The latest due day whose step of that many working days has been reached on `today`. */
export const latestDueOn = (today: LocalDate, days: number, calendar: WorkCalendar): LocalDate => {
  let day = addWorkingDays(addDays(today, 1), -days, calendar);
  while (addWorkingDays(day, days, calendar) > today) day = addDays(day, -1);
  while (addWorkingDays(addDays(day, 1), days, calendar) <= today) day = addDays(day, 1);
  return day;
};
