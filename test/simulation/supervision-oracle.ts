import { addDays, instantAt, localDateOf, msOf, type LocalDate } from '@app/kernel';
import type { Cadence, SupervisionEvent } from '@app/supervision';
import type { WorkCalendar } from '@app/worktime';
import { trueTime, START_MS } from './virtual-year';
import type { Turn, Violation, YearRecord } from './oracle';

/** Processes that die again and again, and doubt their clocks for ten minutes each time, have done it by then; any that looked, at once. */
const PATIENCE_MS = 6 * 3_600_000;
/** The clock of a process that looks may be so late. */
const BEHIND_MS = 5_000;
/** A command that began before a year was loaded may end so long after it. */
const ON_ITS_WAY_MS = 60_000;

type Period = {
  readonly period: number;
  readonly dueAt: number;
  readonly position: bigint;
  inTime: boolean;
  given: boolean;
  missed: boolean;
};
/** A unit on the list; `periods` whose report was asked for, the last of them running. */
type Listing = Readonly<{ round: number; cadence: Cadence; on: LocalDate; periods: Period[] }>;
export type ReportJudgement = Readonly<{
  violations: readonly Violation[];
  asked: number;
  missed: number;
  inTime: number;
  /** How late the latest effect was against its time, ms. */
  behind: number;
}>;

const on = (ms: number): LocalDate => localDateOf(trueTime(ms - START_MS));

/** So many working days later, or so many days and then on to a working day; at half past five in the afternoon. */
const dueAfter = (day: LocalDate, { every, unit }: Cadence, calendar: WorkCalendar): number => {
  let at = unit === 'natural' ? addDays(day, every) : day;
  if (unit === 'natural') while (!calendar.isWorkingDay(at)) at = addDays(at, 1);
  for (let left = unit === 'working' ? every : 0; left > 0;) {
    at = addDays(at, 1);
    if (calendar.isWorkingDay(at)) left -= 1;
  }
  return msOf(instantAt(at, '17:30'));
};

/** Holds the reports of one subject against what had to happen. */
class OneSubject {
  private listing: Listing | null = null;

  constructor(
    private readonly stream: string,
    private readonly calendars: YearRecord['calendars'],
    private readonly looked: (from: number, until: number, position: bigint) => Turn | undefined,
    private readonly say: (kind: Violation['kind'], detail: string) => void,
    private readonly count: (what: 'asked' | 'missed' | 'inTime', lateMs: number) => void,
  ) {}

  take(event: SupervisionEvent, position: bigint, at: number): void {
    const { data } = event;
    if (event.type === 'PutUnderSupervision') {
      this.listing = { round: data.round, cadence: event.data.cadence, on: on(at), periods: [] };
      return;
    }
    if (event.type === 'SupervisionRemoved') {
      this.end(at);
      if ((this.listing?.periods.at(-1)?.dueAt ?? at) <= at) this.say('missed', `${this.stream} ${data.round}: removed over it`);
      this.listing = null;
      return;
    }
    if (!('period' in data)) return;
    const { listing } = this;
    const name = `${this.stream} ${data.round} ${event.type} ${data.period} at ${new Date(at).toISOString()}`;
    if (listing?.round !== data.round) this.say('stale', `${name}: not on the list`);
    else if (event.type === 'SupervisionReportAsked')
      this.asked(listing, { period: data.period, dueAt: msOf(event.data.dueAt), position }, at, name);
    else {
      const period = listing.periods[data.period - 1];
      if (period === undefined) this.say('stale', `${name}: never asked for`);
      else if (event.type === 'SupervisionReportGiven') this.given(period, event.data.onTime, at, name);
      else this.missed(period, period === listing.periods.at(-1), at, name);
    }
  }

  end(now: number): void {
    if (this.listing === null) return;
    const last = this.listing.periods.at(-1);
    const which = `${this.stream} ${this.listing.round} ${last?.period ?? 0}`;
    if (last === undefined) this.say('missed', `${which}: no report was ever asked for`);
    else this.inTime(last, now, which);
  }

  private asked(
    { cadence, on: listedOn, periods }: Listing,
    asked: Pick<Period, 'period' | 'dueAt' | 'position'>,
    at: number,
    name: string,
  ): void {
    const { period, dueAt } = asked;
    const last = periods.at(-1);
    if (period <= periods.length) return this.say('twice', name);
    if (period > periods.length + 1) this.say('missed', `${name}: none before it`);
    if (last !== undefined) {
      this.atItsTime(last, at, name);
      if (!last.inTime && !last.missed) this.say('missed', `${name}: nobody said that the one before was missed`);
    }
    const { before, after, changedAt } = this.calendars;
    const holding = at < changedAt ? [before] : at < changedAt + ON_ITS_WAY_MS ? [before, after] : [after];
    const right = holding.map((calendar) => dueAfter(last === undefined ? listedOn : on(last.dueAt), cadence, calendar));
    if (!right.includes(dueAt)) this.say(dueAt < Math.min(...right) ? 'early' : 'missed', `${name}: due ${new Date(dueAt).toISOString()}`);
    periods.push({ ...asked, inTime: false, given: false, missed: false });
    this.count('asked', last === undefined ? 0 : at - last.dueAt);
  }

  private missed(period: Period, isLast: boolean, at: number, name: string): void {
    if (period.missed) return this.say('twice', name);
    period.missed = true;
    if (!isLast || period.inTime) this.say('stale', `${name}: ${period.inTime ? 'it was given in time' : 'another runs'}`);
    this.atItsTime(period, at, name);
    this.count('missed', at - period.dueAt);
  }

  private given(period: Period, onTime: boolean, at: number, name: string): void {
    if (period.given) this.say('twice', name);
    period.given = true;
    period.inTime = at < period.dueAt;
    if (onTime !== period.inTime) this.say('stale', `${name}: ${onTime ? 'it was too late' : 'it was in time'}`);
    if (period.inTime) this.count('inTime', 0);
  }

  private atItsTime(period: Period, at: number, name: string): void {
    if (at < period.dueAt) this.say('early', `${name}, not before ${new Date(period.dueAt).toISOString()}`);
    this.inTime(period, at, name);
  }

  /** Nobody looked in between who must have seen to it. */
  private inTime({ dueAt, position }: Period, at: number, name: string): void {
    const by = this.looked(dueAt + BEHIND_MS, at, position)?.ended ?? dueAt + PATIENCE_MS;
    if (by < at) this.say('missed', `${name}, due ${new Date(dueAt).toISOString()}: not by ${new Date(by).toISOString()}`);
  }
}

/** Holds the reports of a year against what had to happen, from the log alone. */
export const judgeReports = ({ log, storedAt, turns, calendars }: YearRecord, endMs: number): ReportJudgement => {
  const violations: Violation[] = [];
  const counts = { asked: 0, missed: 0, inTime: 0 };
  let behind = 0;
  const say = (kind: Violation['kind'], detail: string): void => void violations.push({ kind, detail });
  const count = (what: keyof typeof counts, lateMs: number): void => {
    counts[what] += 1;
    behind = Math.max(behind, lateMs);
  };
  const inOrder = [...turns].sort((a, b) => a.begun - b.begun);
  const looked = (from: number, until: number, position: bigint): Turn | undefined => {
    let [low, high] = [0, inOrder.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((inOrder[middle]?.begun ?? 0) < from) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < inOrder.length && (inOrder[i]?.begun ?? until) < until; i += 1)
      if ((inOrder[i]?.rows ?? 0n) >= position && (inOrder[i]?.ended ?? until) < until) return inOrder[i];
    return undefined;
  };
  const subjects = new Map<string, OneSubject>();
  log.forEach(({ stream, type, data, position }, i) => {
    const one = subjects.get(stream) ?? new OneSubject(stream, calendars, looked, say, count);
    subjects.set(stream, one);
    one.take({ type, data } as SupervisionEvent, position, storedAt[i] ?? 0);
  });
  for (const one of subjects.values()) one.end(endMs);
  return { violations, ...counts, behind };
};
