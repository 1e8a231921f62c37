import { addDays, assertNever, instantAt, localDateOf, type Instant, type LocalDate } from '@app/kernel';
import type { DerivationStep, DueSource, DueTime, PauseGround } from './due-time';
import type { ExtensionLevel, RuleUnit } from './rule-book';
import type { WorkCalendar } from './work-calendar';
import { addWorkingDays, effectiveDelivery, END_OF_WORK, workingDayFrom, workingDaysBetween } from './working-days';

/** The inner deadline lies this many working days before the upper level's (R18). */
export const INNER_EARLIER_BY = 5;

/** Holidays by name that lie after `a` and before `b`, in runs of neighbouring days. */
const holidaysBetween = (a: LocalDate, b: LocalDate, calendar: WorkCalendar): readonly DerivationStep[] => {
  const runs: { from: LocalDate; to: LocalDate; names: string[] }[] = [];
  for (let day = addDays(a, 1); day < b; day = addDays(day, 1)) {
    const name = calendar.isWorkingDay(day) ? null : calendar.nameOf(day);
    if (name === null) continue;
    const last = runs.at(-1);
    if (last !== undefined && addDays(last.to, 1) === day) {
      last.to = day;
      if (!last.names.includes(name)) last.names.push(name);
    } else runs.push({ from: day, to: day, names: [name] });
  }
  return runs.map(({ from, to, names }) => ({ kind: 'skipped', from, to, name: names.join('、') }));
};

/** A holiday on the day itself, from which a due day rolls on, is skipped too. */
const rolled = (day: LocalDate, calendar: WorkCalendar): Readonly<{ day: LocalDate; skipped: readonly DerivationStep[] }> => {
  const to = workingDayFrom(day, calendar);
  return { day: to, skipped: to === day ? [] : holidaysBetween(addDays(day, -1), to, calendar) };
};

type Account = Readonly<{
  day: LocalDate | null;
  /** The exact moment, of a clock in hours; such a clock does not ask the calendar. */
  moment: Instant | null;
  source: DueSource;
  steps: readonly DerivationStep[];
  since: LocalDate | null;
}>;
const NOTHING: Account = { day: null, moment: null, source: 'rule', steps: [], since: null };

const later = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString() as Instant;
const HOUR_MS = 3_600_000;

const dayOf = ({ day }: Account): LocalDate => {
  if (day === null) throw new RangeError('a derivation must begin with a delivery or a given day');
  return day;
};

/** From the delivery itself, whatever the hour and the day: what is urgent does not wait for the office to open. */
const inHours = (account: Account, step: Extract<DerivationStep, { kind: 'rule' }>): Account => {
  const delivered = account.steps.at(-1);
  if (delivered?.kind !== 'delivered') throw new RangeError('hours are counted from a delivery');
  const moment = later(delivered.at, step.days * HOUR_MS);
  const day = localDateOf(moment);
  const counts = { ...delivered, countsFrom: localDateOf(delivered.at) };
  return { ...account, day, moment, since: day, steps: [...account.steps.slice(0, -1), counts, step] };
};

/** Adds one step to an account. Steps that depend on the calendar are worked out anew, so that replaying an account under another calendar corrects it. */
const take = (account: Account, step: DerivationStep, calendar: WorkCalendar): Account => {
  switch (step.kind) {
    case 'delivered': {
      const countsFrom = effectiveDelivery(step.at, calendar);
      return { ...account, day: countsFrom, since: countsFrom, steps: [...account.steps, { ...step, countsFrom }] };
    }
    case 'rule': {
      const from = dayOf(account);
      if (step.unit === 'hours') return inHours(account, step);
      if (step.unit === 'working') {
        const day = addWorkingDays(from, step.days, calendar);
        return { ...account, day, steps: [...account.steps, step, ...holidaysBetween(from, day, calendar)] };
      }
      const { day, skipped } = rolled(addDays(from, step.days), calendar);
      return { ...account, day, steps: [...account.steps, step, ...skipped] };
    }
    case 'given': {
      // The county may not read an upper level's date as a later one (R23).
      const { day, skipped } = step.source === 'upper' ? { day: step.due, skipped: [] } : rolled(step.due, calendar);
      return { day, moment: null, source: step.source, since: step.due, steps: [...account.steps, step, ...skipped] };
    }
    case 'inner': {
      const upperDue = dayOf(account);
      return { ...account, day: addWorkingDays(upperDue, -step.earlierBy, calendar), steps: [...account.steps, { ...step, upperDue }] };
    }
    case 'paused': {
      const from = dayOf(account);
      const days = workingDaysBetween(step.from, step.to, calendar);
      const day = addWorkingDays(from, days, calendar);
      return { ...account, day, steps: [...account.steps, { ...step, days }, ...holidaysBetween(from, day, calendar)] };
    }
    case 'stood': {
      if (account.moment === null) throw new RangeError('only a clock in hours stands for hours');
      const moment = later(account.moment, Math.max(0, Date.parse(step.to) - Date.parse(step.from)));
      const day = localDateOf(moment);
      return { ...account, day, moment, since: day, steps: [...account.steps, step] };
    }
    case 'extended': {
      const { day, skipped } = rolled(step.until, calendar);
      return { ...account, day, moment: null, since: step.until, steps: [...account.steps, step, ...skipped] };
    }
    case 'skipped':
      return account;
    case 'calendar':
      return { ...account, steps: [...account.steps, step] };
    default:
      return assertNever(step);
  }
};

/** The earliest and the latest day the due time rests on since something last fixed it. */
const spanOf = (account: Account): readonly [LocalDate, LocalDate] => {
  const day = dayOf(account);
  const since = account.since ?? day;
  return since < day ? [since, day] : [day, since];
};

const settle = (account: Account, calendar: WorkCalendar): DueTime => {
  const day = dayOf(account);
  const [from, to] = spanOf(account);
  return {
    at: account.moment ?? instantAt(day, END_OF_WORK),
    day,
    source: account.source,
    // A year is provisional as a whole, so its two ends tell for a span that is never longer than a year or two.
    provisional: account.moment === null && (calendar.isProvisional(from) || calendar.isProvisional(to)),
    calendarVersion: calendar.versionFor(from, to),
    steps: account.steps,
  };
};

const sinceOf = (steps: readonly DerivationStep[]): LocalDate | null =>
  steps.reduce<LocalDate | null>(
    (since, step) =>
      step.kind === 'delivered' ? step.countsFrom : step.kind === 'given' ? step.due : step.kind === 'extended' ? step.until : since,
    null,
  );
/** How many hours the rule gave to a clock that runs in hours; null for one that runs in days. */
export const hoursOf = ({ steps }: Pick<DueTime, 'steps'>): number | null =>
  steps.reduce<number | null>((hours, step) => {
    if (step.kind === 'rule') return step.unit === 'hours' ? step.days : null;
    return step.kind === 'given' || step.kind === 'extended' ? null : hours;
  }, null);
const isInHours = (due: DueTime): boolean => hoursOf(due) !== null;
const accountOf = (due: DueTime): Account => {
  const moment = isInHours(due) ? due.at : null;
  return { day: due.day, moment, source: due.source, steps: due.steps, since: moment === null ? sinceOf(due.steps) : due.day };
};

export type DueAfter = Readonly<{
  deliveredAt: Instant;
  /** How many of the unit. */
  days: number;
  unit: RuleUnit;
  calendar: WorkCalendar;
  rule: Readonly<{ id: string; version: number }>;
}>;

/** Due so many days after a delivery, whose own day does not count; 17:30 of a working day. Hours run from the delivery. RangeError when `days` is not a whole number from 0. */
export const dueAfter = ({ deliveredAt, days, unit, calendar, rule }: DueAfter): DueTime => {
  if (!Number.isSafeInteger(days) || days < 0) throw new RangeError(`not a number of days: ${String(days)}`);
  const delivered = take(NOTHING, { kind: 'delivered', at: deliveredAt, countsFrom: localDateOf(deliveredAt) }, calendar);
  return settle(take(delivered, { kind: 'rule', ruleId: rule.id, ruleVersion: rule.version, days, unit }, calendar), calendar);
};

export type DueGiven = Readonly<{ day: LocalDate; source: Exclude<DueSource, 'rule'>; reference: string; calendar: WorkCalendar }>;

/** A day that somebody wrote down. It rolls to the next working day, an upper level's does not. */
export const dueGiven = ({ day, source, reference, calendar }: DueGiven): DueTime =>
  settle(take(NOTHING, { kind: 'given', source, due: day, reference }, calendar), calendar);

/** The county's own deadline inside an upper level's (R18). */
export const innerOfUpper = (upperDue: DueTime, calendar: WorkCalendar): DueTime =>
  settle(take(accountOf(upperDue), { kind: 'inner', upperDue: upperDue.day, earlierBy: INNER_EARLIER_BY }, calendar), calendar);

/** Moves a deadline by the working days its clock stood (R19), one in hours by the time itself; which pauses move it is the caller's to know. */
export const shiftedByPause = (
  due: DueTime,
  from: Instant,
  to: Instant,
  because: PauseGround,
  calendar: WorkCalendar,
  reference?: string,
): DueTime => {
  const cited = reference === undefined ? {} : { reference };
  const step: DerivationStep = isInHours(due)
    ? { kind: 'stood', from, to, because, ...cited }
    : { kind: 'paused', from: localDateOf(from), to: localDateOf(to), days: 0, because, ...cited };
  return settle(take(accountOf(due), step, calendar), calendar);
};

/** Never later than a day that somebody above has given (R23); the account of how it came that far is kept. */
export const notAfter = (due: DueTime, latest: DueTime | null, calendar: WorkCalendar): DueTime => {
  if (latest === null || due.at <= latest.at) return due;
  const given = latest.steps.find((step) => step.kind === 'given');
  return given === undefined ? latest : settle(take(accountOf(due), given, calendar), calendar);
};

/** The new day of a granted extension, rolled to a working day. */
export const extendedTo = (
  due: DueTime,
  until: LocalDate,
  reference: string,
  calendar: WorkCalendar,
  grantedBy?: ExtensionLevel,
): DueTime => {
  const step = { kind: 'extended', until, reference, ...(grantedBy === undefined ? {} : { grantedBy }) } as const;
  return settle(take(accountOf(due), step, calendar), calendar);
};

/**
 * The same deadline under another calendar (R42), from its own derivation alone: with a `calendar` step when it moved or is no
 * longer provisional (or became so), else the very object that was given.
 */
export const recomputed = (due: DueTime, calendar: WorkCalendar): DueTime => {
  const account = due.steps.reduce((so, step) => take(so, step, calendar), NOTHING);
  const fresh = settle(account, calendar);
  if (fresh.at === due.at && fresh.provisional === due.provisional) return due;
  return { ...fresh, steps: [...fresh.steps, { kind: 'calendar', oldVersion: due.calendarVersion, newVersion: fresh.calendarVersion }] };
};

const STRENGTH: Readonly<Record<DueSource, number>> = { upper: 0, instruction: 1, 'list-row': 2, rule: 3 };

/** Which of several due times holds (R18); of two of the same source the earlier. RangeError when there is none. */
export const strongest = (candidates: readonly DueTime[]): DueTime => {
  const [best] = [...candidates].sort((a, b) => STRENGTH[a.source] - STRENGTH[b.source] || (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  if (best === undefined) throw new RangeError('no due time to choose from');
  return best;
};

/** Working days still to go, the due day itself not counted: 0 on the due day; once overdue, how many have passed since. */
export const remaining = (due: DueTime, now: Instant, calendar: WorkCalendar): Readonly<{ overdue: boolean; workingDays: number }> => {
  const today = localDateOf(now);
  return now > due.at
    ? { overdue: true, workingDays: workingDaysBetween(due.day, today, calendar) }
    : { overdue: false, workingDays: workingDaysBetween(today, due.day, calendar) };
};
