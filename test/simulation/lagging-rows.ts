import type { RecordedEvent } from '@app/event-store';
import {
  DeadlineQueries,
  findingIdOf,
  waitingClocks,
  type ClockFold,
  type DeadlineRow,
  type DueClock,
  type WaitingClock,
} from '@app/findings';
import type { FindingEvent } from '@app/findings';
import { localDate, type FindingId, type Instant } from '@app/kernel';
import type { WorkCalendar } from '@app/worktime';
import type { DataSource } from 'typeorm';
import { EMPTY_FOLD, foldClock } from '../../libs/findings/src/deadlines/clock-fold';
import type { Sought } from '../../libs/findings/src/deadlines/deadline.queries';
import { CLOCK_EVENTS } from '../../libs/findings/src/deadlines/finding-deadline.projection';
import { clocksOf, knocksOf } from '../../libs/findings/src/deadlines/finding-deadlines.policy';
import type { Life } from './simulated-host';
import { sleep } from './virtual-year';

const PAGE = 200;
const BEFORE_ALL = '' as Instant;
const MOVES = new Set(CLOCK_EVENTS);
type Told = Readonly<{ event: RecordedEvent; visibleAt: number }>;

const KNOWN = new WeakMap<WorkCalendar, ReadonlySet<string>>();
/** How this calendar marks what it works out. */
const versionsOf = (calendar: WorkCalendar): ReadonlySet<string> => {
  const known = KNOWN.get(calendar);
  if (known !== undefined) return known;
  const days = [2025, 2026, 2027, 2028, 2029].map((year) => localDate(`${year}-01-01`));
  const versions = new Set(days.flatMap((from, i) => days.slice(i).map((to) => calendar.versionFor(from, to))));
  KNOWN.set(calendar, versions);
  return versions;
};

/** The read model of deadlines as the database has it: behind the log by a moment, now and then by minutes. */
export class LaggingRows {
  private readonly folds = new Map<FindingId, ClockFold>();
  /** Of findings with a knock to come, when the first of them comes. */
  private readonly next = new Map<FindingId, Instant>();
  private readonly ofAnother = new Set<FindingId>();
  private waiting: Told[] = [];
  private seen = 0n;
  /** Milliseconds by which rows come later; what is told while they stand still comes when they go on. */
  lag: () => number = () => 0;
  private last = 0;

  constructor(private calendar: WorkCalendar) {}

  /** When reminders come depends on it. */
  use(calendar: WorkCalendar): void {
    this.calendar = calendar;
    for (const [id, fold] of this.folds) this.note(id, fold);
  }

  tell(event: RecordedEvent): void {
    this.last = Math.max(this.last, performance.now() + this.lag());
    this.waiting.push({ event, visibleAt: this.last });
  }

  /** Position up to which everything shows. */
  position(): bigint {
    const now = performance.now();
    let n = 0;
    for (; n < this.waiting.length && (this.waiting[n] as Told).visibleAt <= now; n += 1) this.take((this.waiting[n] as Told).event);
    this.waiting.splice(0, n);
    return this.seen;
  }

  /** When everything told so far will show. */
  get behind(): number {
    return Math.max(0, this.last - performance.now());
  }

  page(sought: Sought): readonly WaitingClock[] {
    this.position();
    const found: WaitingClock[] = [];
    for (const [id, next] of this.next) {
      if (next > sought.dueBy) continue;
      const fold = this.folds.get(id) ?? EMPTY_FOLD;
      for (const clock of waitingClocks(id, fold, sought)) found.push({ ...clock, seen: this.seenOf(fold, clock.key) });
    }
    return found.sort((a, b) => (a.due.at < b.due.at ? -1 : a.due.at > b.due.at ? 1 : 0));
  }

  /** Those that another calendar than this one was asked for. */
  clocks(): readonly DeadlineRow[] {
    this.position();
    return [...this.ofAnother].flatMap((findingId) =>
      clocksOf(this.folds.get(findingId)?.state ?? EMPTY_FOLD.state).map((clock) => ({ findingId, ...clock })),
    );
  }

  private seenOf({ state }: ClockFold, key: string): WaitingClock['seen'] {
    if (state.phase === 'absent') return null;
    const open = state.core.deadlines[key];
    const independent = 'work' in state ? (state.work?.independent?.unitId ?? null) : null;
    return open === undefined ? null : { legId: open.legId, unitId: open.unitId, independent, position: this.seen };
  }

  private take(event: RecordedEvent): void {
    this.seen = event.position;
    if (!MOVES.has(event.type)) return;
    const id = findingIdOf(event.stream);
    const fold = foldClock(this.folds.get(id) ?? EMPTY_FOLD, { type: event.type, data: event.data } as FindingEvent);
    this.folds.set(id, fold);
    this.note(id, fold);
  }

  private note(id: FindingId, { state, since }: ClockFold): void {
    const versions = versionsOf(this.calendar);
    if (clocksOf(state).some(({ due }) => !versions.has(due.calendarVersion))) this.ofAnother.add(id);
    else this.ofAnother.delete(id);
    const { deadlines, knocked } = state.phase === 'absent' ? { deadlines: {}, knocked: {} as Record<string, true> } : state.core;
    let next: Instant | null = null;
    for (const { key, kind, due } of Object.values(deadlines)) {
      const isGiven = (before: number): boolean => knocked[`${key}|${due.at}|${before}`] === true;
      const clock = { key, kind, due, since: since[key] ?? BEFORE_ALL, given: [], passed: isGiven(0) };
      for (const { at, before } of knocksOf(clock, BEFORE_ALL, this.calendar))
        if (!isGiven(before) && (next === null || at < next)) next = at;
    }
    if (next === null) this.next.delete(id);
    else this.next.set(id, next);
  }
}

/** The queries as one life of a worker asks them. */
export class RowsOfLife extends DeadlineQueries {
  /** Position of the rows when the last question for waiting clocks was answered. */
  answeredAt = 0n;

  constructor(
    private readonly life: Life,
    private readonly rows: LaggingRows,
  ) {
    super(undefined as unknown as DataSource);
  }

  override async *waiting(sought: Sought): AsyncGenerator<readonly WaitingClock[]> {
    yield* this.asked(sought, () => true);
  }

  override async *due(now: Instant): AsyncGenerator<readonly DueClock[]> {
    const due = this.asked({ dueBy: now, now, reminders: { three: now, one: now } }, ({ passed, due: { at } }) => !passed && at <= now);
    for await (const page of due)
      yield page.map(({ findingId, key, kind, seen, due: { at } }) => ({ findingId, key, kind, seen, dueAt: at }));
  }

  override async *toRemind(sought: Sought): AsyncGenerator<readonly WaitingClock[]> {
    yield* this.asked(sought, ({ passed, due }) => passed || due.at > sought.dueBy);
  }

  private async *asked(sought: Sought, isWanted: (clock: WaitingClock) => boolean): AsyncGenerator<readonly WaitingClock[]> {
    const found = await this.life.ask(async () => {
      this.answeredAt = this.rows.position();
      return this.rows.page(sought).filter(isWanted);
    });
    for (let n = 0; n < found.length; n += PAGE) yield found.slice(n, n + PAGE);
  }

  override ofOtherCalendars(): AsyncGenerator<readonly DeadlineRow[]> {
    return this.clocks();
  }

  override async *clocks(): AsyncGenerator<readonly DeadlineRow[]> {
    yield await this.life.ask(async () => this.rows.clocks());
  }

  override async caughtUp(): Promise<boolean> {
    await sleep(this.rows.behind + 1);
    return true;
  }
}
