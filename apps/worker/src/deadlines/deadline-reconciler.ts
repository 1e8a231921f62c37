import { CalendarService } from '@app/calendar';
import { DeadlineCommands, DeadlineQueries, knocksOf, latestDueWithReminderBy, type Knock, type WaitingClock } from '@app/findings';
import { Jobs, JobsUnavailable, type JobToAdd, type RunningJob } from '@app/jobs';
import { Clock, instantFromMs, msOf, type Instant } from '@app/kernel';
import { Inject, Injectable, Logger } from '@nestjs/common';

/** How far ahead knocks are put into the queue. Far more than the time between two comparisons, far less than all there is. */
const HORIZON_MS = 10 * 60_000;
/** A knock that was given to the queue this long ago, and whose time has been over for as long, is done here. */
const PATIENCE_MS = 20_000;
/** The queue's timer may be a moment early; a knock before its time would be for nothing. */
const SLACK_MS = 5;
const SOON_MS = 1_000;
const AT_A_TIME = 8;
/** Comparisons after a change of the calendar in which deadlines are looked for that were computed with the old one. */
const CALENDAR_LOOKS = 3;

export type SweepReport = Readonly<{
  /** Knocks that are due by the horizon and have not had their effect. */
  waiting: number;
  armed: number;
  /** Done without the queue, because it was late or away. */
  direct: number;
  moved: number;
  /** The queue had lost jobs. */
  lost: boolean;
  queueAway: boolean;
}>;

type Wanted = Knock & Readonly<{ id: string; findingId: WaitingClock['findingId'] }>;

export const knockId = (findingId: string, { key, dueAt, which, before }: Knock): string =>
  `knock_${findingId}_${key.replaceAll(/[^\w-]/g, '_')}_${String(msOf(dueAt))}_${which}${String(before)}`;

/**
 * Compares the read model of deadlines with the queue and puts in what is missing. The queue only remembers when to knock; what a
 * knock does is decided by the finding, once, by the server's clock. Everything here may be lost or done twice.
 */
@Injectable()
export class DeadlineReconciler {
  private readonly log = new Logger(DeadlineReconciler.name);
  /** Knocks given to the queue and not yet done here, with the machine's own time of it. */
  private readonly armed = new Map<string, number>();
  private seenCalendar = '';
  private calendarLooks = 0;

  constructor(
    @Inject(Jobs) private readonly jobs: Jobs,
    @Inject(DeadlineQueries) private readonly queries: DeadlineQueries,
    @Inject(DeadlineCommands) private readonly commands: DeadlineCommands,
    @Inject(CalendarService) private readonly calendars: CalendarService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** One comparison. Errors: what the database throws; an outage of the queue is in the report. */
  async sweep(): Promise<SweepReport> {
    const moved = await this.moveStale();
    const wanted = await this.wanted();
    this.forget(wanted);
    let queueAway = false;
    let lost = false;
    let fresh: readonly Wanted[] = [];
    try {
      const repaired = await this.jobs.repair();
      const pending = await this.jobs.pending('deadlines');
      // Counted after the queue was asked: a job leaves this list before it leaves the queue.
      lost = repaired || pending < this.armed.size;
      fresh = lost ? wanted : wanted.filter(({ id }) => !this.armed.has(id));
      await this.arm(fresh);
    } catch (error) {
      if (!(error instanceof JobsUnavailable)) throw error;
      this.log.error(error.message);
      queueAway = true;
    }
    const direct = await this.doOverdue(wanted, queueAway);
    return { waiting: wanted.length, armed: queueAway ? 0 : fresh.length, direct, moved, lost, queueAway };
  }

  /** What the queue calls. Early by a moment: waits; early by more: left to the next comparison. */
  async knock({ id, data }: RunningJob<'deadlines'>): Promise<void> {
    const early = msOf(data.knockAt as Instant) - msOf(this.clock.now());
    if (early > 0 && early <= SOON_MS) await new Promise((resolve) => setTimeout(resolve, early));
    if (early <= SOON_MS)
      await this.commands.reach(data.findingId as WaitingClock['findingId'], data.key, data.dueAt as Instant, data.before);
    this.armed.delete(id);
  }

  private async wanted(): Promise<readonly Wanted[]> {
    const now = this.clock.now();
    const horizon = instantFromMs(msOf(now) + HORIZON_MS);
    const calendar = this.calendars.calendar();
    const reminders = { three: latestDueWithReminderBy(horizon, 3, calendar), one: latestDueWithReminderBy(horizon, 1, calendar) };
    const wanted: Wanted[] = [];
    for await (const page of this.queries.waiting({ dueBy: horizon, now, reminders })) {
      for (const clock of page) {
        for (const knock of knocksOf(clock, now, calendar)) {
          if (knock.at <= horizon) wanted.push({ ...knock, findingId: clock.findingId, id: knockId(clock.findingId, knock) });
        }
      }
    }
    return wanted;
  }

  private forget(wanted: readonly Wanted[]): void {
    const still = new Set(wanted.map(({ id }) => id));
    for (const id of this.armed.keys()) if (!still.has(id)) this.armed.delete(id);
  }

  private async arm(knocks: readonly Wanted[]): Promise<void> {
    const now = msOf(this.clock.now());
    const jobs = knocks.map(({ id, findingId, key, dueAt, before, at }): JobToAdd<'deadlines'> => ({
      id,
      data: { findingId, key, dueAt, before, knockAt: at },
      delayMs: msOf(at) > now ? msOf(at) - now + SLACK_MS : 0,
    }));
    if (jobs.length > 0) await this.jobs.add('deadlines', jobs);
    for (const { id } of jobs) this.armed.set(id, performance.now());
  }

  /** The guarantee that rests on no queue: what it should have done by now is done here. */
  private async doOverdue(wanted: readonly Wanted[], queueAway: boolean): Promise<number> {
    const now = this.clock.now();
    const machine = performance.now();
    const late = wanted.filter(({ id, at, which }) => {
      if (which === 'after' || at > now) return false;
      if (queueAway) return true;
      return msOf(now) - msOf(at) > PATIENCE_MS && machine - (this.armed.get(id) ?? machine) > PATIENCE_MS;
    });
    for (let n = 0; n < late.length; n += AT_A_TIME) {
      const some = late.slice(n, n + AT_A_TIME);
      await Promise.all(some.map(({ findingId, key, dueAt, before }) => this.commands.reach(findingId, key, dueAt, before)));
    }
    return late.length;
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
