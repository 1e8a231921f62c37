import { CalendarService } from '@app/calendar';
import {
  DeadlineCommands,
  DeadlineQueries,
  knocksOf,
  KnocksInBulk,
  knockWhenDue,
  latestDueWithReminderBy,
  type Knock,
  type KnockAtClock,
  type WaitingClock,
} from '@app/findings';
import { Jobs, JobsUnavailable, type JobToAdd, type RunningJob } from '@app/jobs';
import { Clock, instantFromMs, msOf, type Instant } from '@app/kernel';
import type { WorkCalendar } from '@app/worktime';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { Groups } from './groups';
import { OwnAlarms } from './own-alarms';

/** How far ahead knocks are put into the queue. Far more than the time between two comparisons, far less than all there is. */
const HORIZON_MS = 10 * 60_000;
/** A knock whose time has been over for this long is not left to the queue. */
const PATIENCE_MS = 20_000;
/** A timer may be a moment early; a comparison before the time of a crowd would be for nothing. */
const SLACK_MS = 5;
const SOON_MS = 1_000;
/** The queue's alarms come so much later than this process's own, which have mostly been by then. */
const QUEUE_AFTER_MS = 1_000;
/** More knocks than this of one moment are a crowd: they are taken from the rows in groups when it comes, and no alarm is set for each. */
const CROWD = 200;
/** The most knocks of the horizon that are looked at; what comes after them waits for another comparison. */
const MOST_AHEAD = 2_000;
/** Knocks that are stored together. Larger groups would keep the commands of people waiting. */
const GROUP = 200;
/** What was done is not done again for this long, until its rows show it. Should a clock run again with the due time it had, this is its delay. */
const DONE_FOR_MS = 60_000;
/** The rows of a crowd take longer. */
const CROWD_DONE_FOR_MS = 10 * 60_000;
/** Comparisons after a change of the calendar in which deadlines are looked for that were computed with the old one. */
const CALENDAR_LOOKS = 3;

export type SweepReport = Readonly<{
  /** Knocks that are due by the horizon and have not had their effect. */
  waiting: number;
  armed: number;
  /** Done without the queue, because it was late or away. */
  direct: number;
  /** Of those, done because they are a crowd. */
  crowd: number;
  /** A crowd comes in so many milliseconds: then is the next comparison to be made. */
  nextInMs: number | null;
  moved: number;
  /** The queue had lost jobs. */
  lost: boolean;
  queueAway: boolean;
  /** Nobody could say what time it is, so nothing was done. */
  unsure: boolean;
}>;

const NOT_NOW: SweepReport = {
  waiting: 0,
  armed: 0,
  direct: 0,
  crowd: 0,
  nextInMs: null,
  moved: 0,
  lost: false,
  queueAway: false,
  unsure: true,
};

type Wanted = KnockAtClock & Readonly<{ id: string }>;
type Ahead = Readonly<{ wanted: readonly Wanted[]; next: Instant | null }>;

export const knockId = (findingId: string, { key, dueAt, which, before }: Knock): string =>
  `knock_${findingId}_${key.replaceAll(/[^\w-]/g, '_')}_${String(msOf(dueAt))}_${which}${String(before)}`;

const idOf = ({ clock, knock }: KnockAtClock): string => knockId(clock.findingId, knock);

/**
 * Compares the read model of deadlines with the queue and puts in what is missing. The queue only remembers when to knock; what a
 * knock does is decided by the finding, once, by the server's clock. Everything here may be lost or done twice.
 */
@Injectable()
export class DeadlineReconciler {
  private readonly log = new Logger(DeadlineReconciler.name);
  /** Knocks given to the queue and not yet done here. */
  private readonly armed = new Set<string>();
  private readonly own = new OwnAlarms<Wanted>();
  /** Knocks that were done here, with the machine's own time until which that is remembered. */
  private readonly done = new Map<string, number>();
  /** It has looked once at everything that was due. */
  private begun = false;
  private seenCalendar = '';
  private calendarLooks = 0;

  constructor(
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(DeadlineQueries) private readonly queries: DeadlineQueries,
    @Inject(DeadlineCommands) private readonly commands: DeadlineCommands,
    @Inject(KnocksInBulk) private readonly bulk: KnocksInBulk,
    @Inject(CalendarService) private readonly calendars: CalendarService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /**
   * One comparison; `near` is called as soon as it is known when to ring, since the queue may take its time with what it is given.
   * Errors: what the database throws; an outage of the queue is in the report.
   */
  async sweep(near: () => void = () => undefined): Promise<SweepReport> {
    if (!this.clock.isSure()) return NOT_NOW;
    const moved = await this.moveStale();
    let queueAway = false;
    let lost = false;
    try {
      const repaired = await this.jobs.repair();
      // Counted after the queue was asked: a job leaves this list before it leaves the queue.
      const pending = await this.jobs.pending('deadlines');
      lost = repaired || this.isLost(pending);
    } catch (error) {
      if (!(error instanceof JobsUnavailable)) throw error;
      this.log.error(error.message);
      queueAway = true;
    }
    const { direct, crowd } = await this.takeDue(queueAway);
    const { wanted, next } = await this.ahead();
    this.forget(wanted);
    this.own.set(wanted);
    near();
    const nextInMs = next === null ? null : Math.max(0, msOf(next) - msOf(this.clock.now())) + SLACK_MS;
    const fresh = lost ? wanted : wanted.filter(({ id }) => !this.armed.has(id));
    if (!queueAway) {
      try {
        await this.arm(fresh);
      } catch (error) {
        if (!(error instanceof JobsUnavailable)) throw error;
        this.log.error(error.message);
        queueAway = true;
      }
    }
    return { waiting: wanted.length, armed: queueAway ? 0 : fresh.length, direct, crowd, nextInMs, moved, lost, queueAway, unsure: false };
  }

  /** When this process is to ring by itself; null when nothing is near. */
  ringsInMs(): number | null {
    return this.own.nextInMs(this.clock.now());
  }

  /** Knocks at what has come since. What fails here is done by the queue's alarm or the next comparison. Errors: what the store throws. */
  async ring(): Promise<void> {
    for (;;) {
      const come = this.own.take(this.clock.now(), GROUP);
      if (come.length === 0) return;
      // The queue's alarms and the comparisons wait until the time is sure again.
      if (!this.clock.isSure()) continue;
      await this.bulk.reachAll(come);
      this.remember(come, DONE_FOR_MS);
    }
  }

  /** What the queue calls. Early by a moment: waits; early by more, or by a clock that is in doubt: left to the next comparison. */
  async knock(job: RunningJob<'deadlines'>): Promise<void> {
    const { id, data } = job;
    const early = msOf(data.knockAt as Instant) - msOf(this.clock.now());
    if (!this.isDone(job) && this.clock.isSure() && early <= SOON_MS) {
      if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
      await this.commands.reach(data.findingId as WaitingClock['findingId'], data.key, data.dueAt as Instant, data.before);
      this.remember([job], DONE_FOR_MS);
    }
    this.armed.delete(id);
  }

  /** The guarantee that rests on no queue: what it should have done by now is done here, and so is a crowd. */
  protected async takeDue(queueAway: boolean): Promise<Readonly<{ direct: number; crowd: number }>> {
    this.forgetDone();
    const now = this.clock.now();
    // Who has just begun does not know what the queue was asked of those before, and whether they lived to do it.
    const late = this.begun ? instantFromMs(msOf(now) - PATIENCE_MS) : now;
    const groups = new Groups();
    let [direct, crowd] = [0, 0];
    for await (const page of this.comeBy(now)) {
      const fresh = page.map((one): Wanted => ({ ...one, id: idOf(one) })).filter((one) => !this.isDone(one));
      const isCrowd = fresh.length > CROWD;
      const own = fresh.filter(({ knock }) => queueAway || isCrowd || knock.at <= late);
      direct += own.length;
      if (isCrowd) crowd += own.length;
      for (let n = 0; n < own.length; n += GROUP) {
        const group = own.slice(n, n + GROUP);
        await groups.add(async () => {
          await this.bulk.reachAll(group);
          if (isCrowd) this.remember(group, CROWD_DONE_FOR_MS);
        });
      }
    }
    await groups.end();
    this.begun = true;
    return { direct, crowd };
  }

  /** What was to be knocked at by now, page by page. */
  private async *comeBy(now: Instant): AsyncGenerator<readonly KnockAtClock[]> {
    for await (const page of this.queries.due(now)) yield page.map((clock) => ({ clock, knock: knockWhenDue(clock.key, clock.dueAt) }));
    const calendar = this.calendars.calendar();
    for await (const page of this.queries.toRemind({ dueBy: now, now, reminders: remindersBy(now, calendar) })) {
      yield page.flatMap((clock) =>
        knocksOf(clock, now, calendar).flatMap((knock) => (knock.which === 'before' && knock.at <= now ? [{ clock, knock }] : [])),
      );
    }
  }

  private remember(knocks: readonly Readonly<{ id: string }>[], forMs: number): void {
    for (const { id } of knocks) this.done.set(id, performance.now() + forMs);
  }
  private isDone({ id }: Readonly<{ id: string }>): boolean {
    return (this.done.get(id) ?? 0) > performance.now();
  }
  private forgetDone(): void {
    for (const [id, until] of this.done) if (until <= performance.now()) this.done.delete(id);
  }

  /** What comes within the horizon, without crowds; and when the first crowd comes. */
  private async ahead(): Promise<Ahead> {
    const now = this.clock.now();
    const horizon = instantFromMs(msOf(now) + HORIZON_MS);
    const calendar = this.calendars.calendar();
    const wanted: Wanted[] = [];
    for await (const page of this.queries.waiting({ dueBy: horizon, now, reminders: remindersBy(horizon, calendar) })) {
      for (const clock of page) {
        for (const knock of knocksOf(clock, now, calendar)) {
          if (knock.at > horizon) continue;
          const one = { clock, knock, id: idOf({ clock, knock }) };
          if (!this.isDone(one)) wanted.push(one);
        }
      }
      if (wanted.length >= MOST_AHEAD) break;
    }
    return withoutCrowds(wanted, now);
  }

  private forget(wanted: readonly Wanted[]): void {
    const still = new Set(wanted.map(({ id }) => id));
    for (const id of this.armed.keys()) if (!still.has(id)) this.armed.delete(id);
  }

  /** Fewer jobs than this process has given to the queue and not seen done. */
  protected isLost(pending: number): boolean {
    return pending < this.armed.size;
  }

  private async arm(knocks: readonly Wanted[]): Promise<void> {
    const now = msOf(this.clock.now());
    const jobs = knocks.map(({ id, clock: { findingId }, knock: { key, dueAt, before, at } }): JobToAdd<'deadlines'> => ({
      id,
      data: { findingId, key, dueAt, before, knockAt: at },
      delayMs: Math.max(0, msOf(at) - now) + QUEUE_AFTER_MS,
    }));
    if (jobs.length > 0) await this.jobs.add('deadlines', jobs);
    for (const { id } of jobs) this.armed.add(id);
  }

  /** Deadlines computed with a calendar that holds no longer: after a newer product was installed, or while a year was being loaded. */
  private async moveStale(): Promise<number> {
    const calendar = this.calendars.calendar();
    if (calendar.version !== this.seenCalendar) {
      this.seenCalendar = calendar.version;
      this.calendarLooks = CALENDAR_LOOKS;
    }
    if (this.calendarLooks === 0) return 0;
    this.calendarLooks -= 1;
    return this.commands.moveAll(calendar, null, null);
  }
}

const remindersBy = (by: Instant, calendar: WorkCalendar) => ({
  three: latestDueWithReminderBy(by, 3, calendar),
  one: latestDueWithReminderBy(by, 1, calendar),
});

const withoutCrowds = (wanted: readonly Wanted[], now: Instant): Ahead => {
  const count = new Map<Instant, number>();
  for (const { knock } of wanted) count.set(knock.at, (count.get(knock.at) ?? 0) + 1);
  const isCrowd = ({ knock }: Wanted): boolean => (count.get(knock.at) ?? 0) > CROWD;
  const next = [...count].reduce<Instant | null>(
    (first, [at, n]) => (n > CROWD && at > now && (first === null || at < first) ? at : first),
    null,
  );
  return { wanted: wanted.filter((one) => !isCrowd(one)), next };
};
