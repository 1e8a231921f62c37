import type { RecordedEvent } from '@app/event-store';
import type { FindingEvent, FindingState } from '@app/findings';
import { addDays, instantAt, localTimeOf, msOf, type LocalDate } from '@app/kernel';
import { hoursOf, type WorkCalendar } from '@app/worktime';
import { findingDecider } from '../../libs/findings/src/domain/finding.decider';

/** A comparison that a worker finished, in milliseconds since 1970 of the time that counts. */
export type Sweep = Readonly<{ life: number; begun: number; ended: number; /** Position that the rows showed. */ rows: bigint }>;
/** A turn of the loop that asks for reports, through to its end. */
export type Turn = Omit<Sweep, 'life'>;
export type YearRecord = Readonly<{
  log: readonly RecordedEvent[];
  /** When each event was stored, by its place in the log. */
  storedAt: readonly number[];
  sweeps: readonly Sweep[];
  turns: readonly Turn[];
  calendars: Readonly<{ before: WorkCalendar; after: WorkCalendar; changedAt: number }>;
  failures: readonly string[];
}>;
export type Violation = Readonly<{ kind: 'missed' | 'twice' | 'early' | 'stale' | 'failed'; detail: string }>;
/** Effects that stand, and how late the latest was against its time, ms. */
export type Judgement = Readonly<{ violations: readonly Violation[]; effects: number; reminders: number; deemed: number; latest: number }>;

/** What the rules of the field say, written down a second time. */
const REMINDED: Readonly<Record<string, readonly number[]>> = {
  ...{ triage: [], sign: [], rectify: [3, 1], stage: [3, 1] },
  ...Object.fromEntries(['guide', 'opinion', 'review', 'verify', 'ruling', 'instruction', 'pause'].map((kind) => [kind, [1]])),
};
const HOUR_MS = 3_600_000;
const HORIZON_MS = 10 * 60_000;
/** A worker leaves a knock to the queue for so long, by a clock that may be a second late. */
const PATIENCE_MS = 22_000;

type Clock = Readonly<{
  key: string;
  kind: string;
  dueAt: string;
  dueDay: LocalDate;
  from: number;
  position: bigint;
  hours: number | null;
}>;
type Effect = Readonly<{ at: number; position: bigint }>;

const told = new WeakMap<WorkCalendar, Map<string, LocalDate>>();
const workingDaysBefore = (day: LocalDate, n: number, calendar: WorkCalendar): LocalDate => {
  const ofThis = told.get(calendar) ?? new Map<string, LocalDate>();
  told.set(calendar, ofThis);
  const found = ofThis.get(`${day} ${n}`) ?? countedBack(day, n, calendar);
  ofThis.set(`${day} ${n}`, found);
  return found;
};

const countedBack = (day: LocalDate, n: number, calendar: WorkCalendar): LocalDate => {
  let at = day;
  for (let left = n; left > 0;) {
    at = addDays(at, -1);
    if (calendar.isWorkingDay(at)) left -= 1;
  }
  return at;
};

/** Of a clock in hours: at half of its time and two hours before. */
const remindersOf = ({ kind, hours }: Clock): readonly number[] => {
  const days = REMINDED[kind];
  if (days === undefined) throw new Error(`nothing is written here about clocks of kind ${kind}`);
  return hours === null || days.length === 0 ? days : [Math.floor(hours / 2), 2].filter((ahead, i) => (i === 0 ? ahead > 2 : hours > 2));
};

class OneStream {
  private readonly open = new Map<string, Clock>();
  private readonly effects = new Map<string, Effect>();
  private state: FindingState = findingDecider.initial;

  constructor(
    private readonly stream: string,
    private readonly record: YearRecord,
    private readonly sweepsFrom: (ms: number) => Iterable<readonly [Sweep, Sweep]>,
    private readonly say: (kind: Violation['kind'], detail: string) => void,
    private readonly count: (what: 'passed' | 'reminded' | 'deemed', lateMs: number) => void,
  ) {}

  take(event: RecordedEvent, storedAt: number): void {
    const told = { type: event.type, data: event.data } as FindingEvent;
    this.judgeEffect(told, event.position, storedAt);
    this.state = findingDecider.evolve(this.state, told);
    const now = this.state.phase === 'absent' ? {} : this.state.core.deadlines;
    for (const [key, clock] of [...this.open]) {
      if (now[key]?.due.at === clock.dueAt) continue;
      this.judgeMissed(clock, storedAt);
      this.open.delete(key);
    }
    for (const [key, { kind, due }] of Object.entries(now)) {
      if (this.open.has(key)) continue;
      this.open.set(key, {
        key,
        kind,
        dueAt: due.at,
        dueDay: due.day,
        from: storedAt,
        position: event.position,
        hours: hoursOf(due),
      });
    }
  }

  end(now: number): void {
    for (const clock of this.open.values()) this.judgeMissed(clock, now);
  }

  private judgeEffect({ type, data }: FindingEvent, position: bigint, at: number): void {
    if (type === 'LegSignedFor' && data.deemed) return this.stands(`sign/${data.legId}`, null, 0, at, position, 'deemed');
    if (type === 'PauseEnded') {
      return data.because === 'limit' ? this.stands(`pause/${data.legId}`, null, 0, at, position, 'deemed') : undefined;
    }
    if (type === 'DeadlinePassed') this.stands(data.key, data.dueAt, 0, at, position, 'passed');
    if (type === 'DeadlineApproached') this.stands(data.key, data.dueAt, data.before, at, position, 'reminded');
  }

  private stands(
    key: string,
    dueAt: string | null,
    before: number,
    at: number,
    position: bigint,
    what: 'passed' | 'reminded' | 'deemed',
  ): void {
    const clock = this.open.get(key);
    const name = `${this.stream} ${key} ${dueAt ?? ''} ${before} at ${new Date(at).toISOString()}`;
    if (clock === undefined || (dueAt !== null && clock.dueAt !== dueAt)) return this.say('stale', name);
    const id = `${key}|${clock.dueAt}|${before}`;
    if (this.effects.has(id)) this.say('twice', name);
    this.effects.set(id, { at, position });
    const time = this.timeOf(clock, before, at);
    if (at < time) this.say('early', `${name}, not before ${new Date(time).toISOString()}`);
    if (before > 0 && at >= msOf(clock.dueAt as never)) this.say('stale', `${name}: a reminder of what has passed`);
    this.count(what, at - Math.max(time, clock.from));
  }

  private timeOf({ dueAt, dueDay, hours }: Clock, before: number, now: number): number {
    if (before === 0) return msOf(dueAt as never);
    if (hours !== null) return msOf(dueAt as never) - before * HOUR_MS;
    const { calendars } = this.record;
    const calendar = now < calendars.changedAt ? calendars.before : calendars.after;
    return msOf(instantAt(workingDaysBefore(dueDay, before, calendar), localTimeOf(dueAt as never)));
  }

  private judgeMissed(clock: Clock, until: number): void {
    const { changedAt } = this.record.calendars;
    const due = msOf(clock.dueAt as never);
    for (const before of [...remindersOf(clock), 0]) {
      // What a new calendar does to reminders of these very days is left open.
      if (before > 0 && clock.hours === null && changedAt > this.timeOf(clock, before, 0) - 5 * 86_400_000 && changedAt < due) continue;
      const time = this.timeOf(clock, before, changedAt < this.timeOf(clock, before, 0) ? changedAt : clock.from);
      const end = before === 0 ? until : Math.min(until, due);
      if (time >= end || (before > 0 && time <= clock.from)) continue;
      const chance = this.chanceOf(clock, time, end);
      if (chance === null) continue;
      const effect = this.effects.get(`${clock.key}|${clock.dueAt}|${before}`);
      if (effect !== undefined && effect.at <= chance.ended) continue;
      const when = effect === undefined ? 'never' : new Date(effect.at).toISOString();
      const by = new Date(chance.ended).toISOString();
      this.say('missed', `${this.stream} ${clock.key} ${clock.dueAt} ${before}: ${when}, not by ${by} (life ${chance.life})`);
    }
  }

  /** The first comparison that had to see to it: of a worker that had looked once before and given the queue its time. */
  private chanceOf({ from, position }: Clock, time: number, end: number): Sweep | null {
    for (const [first, second] of this.sweepsFrom(Math.max(time + PATIENCE_MS, from))) {
      if (second.begun >= end) return null;
      const saw = first.rows >= position && first.begun >= time - HORIZON_MS && first.ended <= second.begun - PATIENCE_MS;
      if (saw && second.ended < end) return second;
    }
    return null;
  }
}

/** Holds the log of a year against what had to happen, from the log alone. */
export const judge = (record: YearRecord, endMs: number): Judgement => {
  const violations: Violation[] = record.failures.map((detail) => ({ kind: 'failed', detail }));
  const counts = { passed: 0, reminded: 0, deemed: 0 };
  let latest = 0;
  const before = new Map<number, Sweep>();
  const pairs: (readonly [Sweep, Sweep])[] = [];
  for (const sweep of [...record.sweeps].sort((a, b) => a.begun - b.begun)) {
    const first = before.get(sweep.life);
    if (first !== undefined) pairs.push([first, sweep]);
    before.set(sweep.life, sweep);
  }
  const sweepsFrom = function* (ms: number): Iterable<readonly [Sweep, Sweep]> {
    let [low, high] = [0, pairs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[middle]?.[1].begun ?? 0) < ms) low = middle + 1;
      else high = middle;
    }
    for (let i = low; i < pairs.length; i += 1) yield pairs[i] as readonly [Sweep, Sweep];
  };
  const streams = new Map<string, OneStream>();
  const say = (kind: Violation['kind'], detail: string): void => void violations.push({ kind, detail });
  const count = (what: keyof typeof counts, lateMs: number): void => {
    counts[what] += 1;
    latest = Math.max(latest, lateMs);
  };
  record.log.forEach((event, i) => {
    const one = streams.get(event.stream) ?? new OneStream(event.stream, record, sweepsFrom, say, count);
    streams.set(event.stream, one);
    one.take(event, record.storedAt[i] ?? 0);
  });
  for (const one of streams.values()) one.end(endMs);
  return { violations, effects: counts.passed, reminders: counts.reminded, deemed: counts.deemed, latest };
};
