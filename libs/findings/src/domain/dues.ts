import { addDays, daysBetween, localDateOf, type Instant, type LocalDate } from '@app/kernel';
import {
  addWorkingDays,
  dueAfter,
  dueGiven,
  effectiveDelivery,
  innerOfUpper,
  ruleFor,
  strongest,
  type DeadlineRule,
  type DueTime,
  type RuleQuery,
  type RuleScope,
  type WorkCalendar,
} from '@app/worktime';
import type { World } from './finding.commands';
import { reject } from './finding.errors';
import type { Core } from './finding.state';
import type { LegPlan, Rectification, Stage, StagePlan } from './finding.types';

/** Due by the rule that is in force on the day of `at`, counted from `at`. */
export const dueByRule = (world: World, query: RuleQuery, at: Instant): DueTime => {
  const rule = ruleFor(world.rules, query, localDateOf(at)) ?? reject('no-deadline-rule', { kind: query.kind });
  return dueAfter({ deliveredAt: at, days: rule.days, unit: rule.unit, calendar: world.calendar, rule });
};

/** The last day within a rule's span from a day on. */
export const lastDayBy = ({ days, unit }: Pick<DeadlineRule, 'days' | 'unit'>, from: LocalDate, calendar: WorkCalendar): LocalDate => {
  if (unit === 'working') return addWorkingDays(from, days, calendar);
  return addDays(from, unit === 'natural' ? days : Math.ceil(days / 24));
};

/** What rules may tell findings apart by. */
export type Judged = Pick<Core, 'category' | 'source' | 'kind' | 'seriousness'>;
export const findingScope = ({ category, source, kind, seriousness }: Judged): RuleScope => ({
  category,
  source: source.kind,
  findingKind: kind,
  seriousness,
});

/** The upper level's own date, as it stands after its latest answer; null for other findings. */
export const upperDueOf = (world: World, core: Pick<Core, 'upper' | 'upperDue'>): DueTime | null => {
  if (core.upper === null || core.upperDue === null) return null;
  const { authority, batch, number } = core.upper;
  return dueGiven({ day: core.upperDue, source: 'upper', reference: `${authority} ${batch} ${number}`, calendar: world.calendar });
};

/** Five working days inside the upper level's date (R18); where that day is gone at delivery, the upper level's own. */
const innerDueOf = (world: World, core: Core, at: Instant): DueTime | null => {
  const upper = upperDueOf(world, core);
  if (upper === null) return null;
  const inner = innerOfUpper(upper, world.calendar);
  return inner.day > effectiveDelivery(at, world.calendar) ? inner : upper;
};

type ForLeg = Readonly<{ rectification: Rectification; stages: readonly Stage[] }>;

/** The first due time of a leg delivered at `at` (R18); a guiding leg has its own shorter clock (R2). */
export const legDue = (world: World, core: Core, { rectification, stages }: ForLeg, plan: LegPlan, at: Instant): DueTime => {
  const { line, duty } = plan;
  const scope = { ...findingScope(core), rectification, line, duty };
  if (duty === 'guides') return dueByRule(world, { kind: 'guide', ...scope }, at);
  const upper = innerDueOf(world, core, at);
  const given: readonly DueTime[] = core.instructions.flatMap((i) =>
    i.rectifyBy === null ? [] : [dueGiven({ day: i.rectifyBy, source: 'instruction', reference: String(i.seq), calendar: world.calendar })],
  );
  const row =
    core.list?.due == null
      ? null
      : dueGiven({ day: core.list.due, source: 'list-row', reference: core.list.row, calendar: world.calendar });
  // A staged rectification is due with its last stage; the general rule would make it overdue while it goes to plan.
  const rule = stages.at(-1)?.due ?? dueByRule(world, { kind: 'rectify', ...scope }, at);
  return strongest([...(upper === null ? [] : [upper]), ...given, ...(row === null ? [] : [row]), rule]);
};

export const signDueOf = (world: World, core: Judged, at: Instant): DueTime =>
  dueByRule(world, { kind: 'sign', ...findingScope(core) }, at);

/** Stages with their checks, in order, each within the rule's span of the one before (R25). */
export const planStages = (
  world: World,
  stages: readonly Readonly<{ text: string; checkOn: LocalDate }>[],
  at: Instant,
): readonly StagePlan[] => {
  if (stages.length === 0) return reject('stages-required');
  const rule = ruleFor(world.rules, { kind: 'staged-check' }, localDateOf(at)) ?? reject('no-deadline-rule', { kind: 'staged-check' });
  const start = effectiveDelivery(at, world.calendar);
  let previous = localDateOf(at);
  return stages.map(({ text, checkOn }) => {
    if (text.trim() === '') return reject('text-required');
    if (checkOn <= previous || checkOn < start) return reject('stages-out-of-order');
    if (checkOn > addDays(previous, rule.days)) return reject('stage-too-late');
    previous = checkOn;
    const due = dueAfter({ deliveredAt: at, days: daysBetween(start, checkOn), unit: 'natural', calendar: world.calendar, rule });
    return { text: text.trim(), checkOn, due };
  });
};
