import { type CalendarService } from '@app/calendar';
import { CommandRunner, EventStore, type EventToAppend, type ExpectedRevision } from '@app/event-store';
import { DeadlineCommands, FindingCommandHandler, KnocksInBulk, type HandleFinding } from '@app/findings';
import type { World } from '@app/findings';
import type { Clock, SeededRandom } from '@app/kernel';
import type { CommandBus } from '@nestjs/cqrs';
import { DeadlineReconciler } from '../../apps/worker/src/deadlines/deadline-reconciler';
import type { VirtualTime } from '../faults/virtual-time';
import type { Agenda } from './agenda';
import { RowsOfLife, type LaggingRows } from './lagging-rows';
import { JobsOfLife, type LosingQueue } from './losing-queue';
import type { Sweep } from './oracle';
import { clockOf, ClockOfLife, Died, Life, MachineClock } from './simulated-host';
import { START_MS } from './virtual-year';

/** What of the product runs on a host; a test plants its faults here. */
export type Parts = Readonly<{
  clock: (life: Life, machine: MachineClock, database: MachineClock) => Clock;
  Reconciler: typeof DeadlineReconciler;
  Runner: typeof CommandRunner;
}>;
export const PARTS: Parts = { clock: clockOf, Reconciler: DeadlineReconciler, Runner: CommandRunner };

export type Surroundings = Readonly<{
  random: SeededRandom;
  time: VirtualTime;
  store: EventStore;
  rows: LaggingRows;
  queue: LosingQueue;
  database: MachineClock;
  world: Readonly<{ current: World }>;
  sweeps: Sweep[];
  failed: (error: unknown) => void;
  agenda: Agenda;
}>;

const KILL_RATE = 0.003;
const EVERY_MS = 30_000;
const MINUTE_MS = 60_000;
const LOOK_MS = 10_000;
let lives = 0;

type Work = Readonly<{
  life: Life;
  number: number;
  rows: RowsOfLife;
  clock: Clock;
  reconciler: DeadlineReconciler;
  commands: DeadlineCommands;
  calendars: CalendarService;
}>;

/** A machine on which a worker runs, dies and is started again. */
export class Host {
  readonly machine: MachineClock;
  deaths = 0;
  private work: Work | null = null;
  private readonly planned = new Set<number>();
  private readonly phase: number;
  private killRate = KILL_RATE;
  private sweeping: Promise<void> | null = null;
  private lookedAt = Number.NEGATIVE_INFINITY;
  private alarmAt: number | null = null;

  constructor(
    private readonly around: Surroundings,
    private readonly parts: Parts,
  ) {
    this.machine = new MachineClock(around.time);
    this.phase = around.random.next() * EVERY_MS;
  }

  get living(): boolean {
    return this.work !== null && !this.work.life.ended;
  }

  start(): void {
    const { around, parts } = this;
    const { random, world } = around;
    const life = new Life(random.fork(), this.killRate, () => this.hasDied());
    const rows = new RowsOfLife(life, around.rows);
    const jobs = new JobsOfLife(life, around.queue);
    const clock = parts.clock(life, this.machine, around.database);
    const ported = storeOf(life, around.store);
    const runner = new parts.Runner(ported);
    const worlds = { now: () => life.ask(async () => world.current) };
    const handler = new FindingCommandHandler(runner, clock, worlds, undefined as never);
    const bus = { execute: (command: HandleFinding) => handler.execute(command) } as unknown as CommandBus;
    const commands = new DeadlineCommands(bus, rows);
    const calendars = { calendar: () => world.current.calendar, rules: () => world.current.rules } as unknown as CalendarService;
    const bulk = new KnocksInBulk(runner, worlds, clock, commands);
    const reconciler = new parts.Reconciler(jobs, rows, commands, bulk, calendars, clock);
    this.work = { life, number: (lives += 1), rows, clock, reconciler, commands, calendars };
    this.lookedAt = Number.NEGATIVE_INFINITY;
    void jobs.work('deadlines', (job) => reconciler.knock(job));
    for (let n = 0; n < 3; n += 1) around.agenda.at(around.time.now() + 100 + n * EVERY_MS, () => void this.sweep());
  }

  /** Comparisons around a moment at which something knocks; those at other times would find nothing to do. */
  lookAround(ms: number): void {
    const { agenda, random, time } = this.around;
    const first = Math.ceil((ms - this.phase) / EVERY_MS);
    for (const n of [-1 - random.below(19), -1, 0, 1, 2, 3]) {
      const at = this.phase + (first + n) * EVERY_MS;
      if (at <= time.now() || this.planned.has(first + n)) continue;
      this.planned.add(first + n);
      agenda.at(at, () => {
        this.planned.delete(first + n);
        void this.sweep();
      });
    }
  }

  sweep(): Promise<void> {
    const { work } = this;
    if (work === null || work.life.ended) return Promise.resolve();
    this.sweeping ??= this.once(work).finally(() => {
      this.sweeping = null;
    });
    return this.sweeping;
  }

  /** True when it could do all of it. */
  async moveAll(year: number): Promise<boolean> {
    const { work, around } = this;
    if (work === null) return false;
    try {
      await work.rows.caughtUp();
      await work.commands.moveAll(work.calendars.calendar(), year, 'the-year-was-loaded');
      return true;
    } catch (error) {
      if (!(error instanceof Died)) around.failed(error);
      return false;
    }
  }

  kill(): void {
    this.work?.life.end();
  }

  /** Nobody dies any more. */
  calm(): void {
    this.kill();
    this.killRate = 0;
    this.machine.ahead = 0;
    this.start();
  }

  private async once({ life, number, rows, clock, reconciler }: Work): Promise<void> {
    const { around } = this;
    try {
      if (around.time.now() - this.lookedAt > LOOK_MS && clock instanceof ClockOfLife) {
        await clock.look();
        this.lookedAt = around.time.now();
        const { sure, notFollowed } = clock.state();
        // It looks every few seconds; here as long as there is something to see.
        if (!sure || notFollowed !== 0) around.agenda.at(around.time.now() + MINUTE_MS, () => void this.sweep());
      }
      const begun = START_MS + around.time.now();
      const sure = clock.isSure();
      const { nextInMs } = await reconciler.sweep();
      if (nextInMs !== null) around.agenda.at(around.time.now() + nextInMs, () => void this.sweep());
      this.setAlarm();
      if (sure && !life.ended) around.sweeps.push({ life: number, begun, ended: START_MS + around.time.now(), rows: rows.answeredAt });
    } catch (error) {
      if (!(error instanceof Died)) around.failed(error);
    }
  }

  /** As the worker's loop does it. */
  private setAlarm(): void {
    const { work, around } = this;
    const ms = work === null || work.life.ended ? null : work.reconciler.ringsInMs();
    if (ms === null || this.alarmAt === around.time.now() + ms) return;
    const at = around.time.now() + ms;
    this.alarmAt = at;
    around.agenda.at(at + 1, () => {
      if (this.alarmAt === at) void this.ring();
    });
  }

  private async ring(): Promise<void> {
    const { work, around } = this;
    if (work === null || work.life.ended) return;
    try {
      await work.reconciler.ring();
    } catch (error) {
      if (!(error instanceof Died)) around.failed(error);
    }
    this.setAlarm();
  }

  private hasDied(): void {
    this.deaths += 1;
    this.work = null;
    const { random, agenda, time } = this.around;
    const down = random.pick([0.02, 0.1, 0.5, 2, 10, 60]) * MINUTE_MS * random.next();
    if (this.killRate > 0) agenda.at(time.now() + down, () => this.living || this.start());
  }
}

/**
 * The store over the network: the process may end before the store has heard of an append, and before it hears the answer. Many appends
 * go one by one, which is where a process that ends leaves the most behind.
 */
export const storeOf = (life: Life, store: EventStore): EventStore =>
  Object.assign(Object.create(EventStore.prototype) as EventStore, {
    append: (stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]) =>
      life.ask(() => store.append(stream, expected, events)),
    heads: (streams: readonly string[]) => life.ask(() => store.heads(streams)),
    readStream: (stream: string, from?: bigint, limit?: number) => life.ask(() => store.readStream(stream, from, limit)),
    readAll: (after: bigint, limit: number) => life.ask(() => store.readAll(after, limit)),
  });
