import type { CalendarService } from '@app/calendar';
import type { CommandRunner, EventStore } from '@app/event-store';
import type { World } from '@app/findings';
import { msOf, type Clock, type SeededRandom, type UnitId } from '@app/kernel';
import type { Directory } from '@app/organisation';
import {
  ReportClocks,
  type CaseFigureService,
  type DailyEvaluation,
  type HandleSupervision,
  type SupervisionNumbers,
} from '@app/supervision';
import type { CommandBus } from '@nestjs/cqrs';
import { SupervisionLoop } from '../../apps/worker/src/supervision/supervision-loop';
import { SupervisionCommandHandler } from '../../libs/supervision/src/application/supervision.command-handler';
import type { Turn } from './oracle';
import { ClockOfLife, Died, Life, type MachineClock } from './simulated-host';
import type { CasesOfLife, SupervisionRows } from './supervision-rows';
import { sleep, START_MS, trueTime } from './virtual-year';
import { storeOf, type Parts } from './worker-host';

/** What of 挂牌督办 runs on a host; a test plants its faults here. */
export type SupervisionParts = Pick<Parts, 'clock' | 'Runner'> & Readonly<{ Cases: typeof CasesOfLife }>;
export type SupervisionSurroundings = Readonly<{
  random: SeededRandom;
  store: EventStore;
  rows: SupervisionRows;
  machine: MachineClock;
  database: MachineClock;
  world: Readonly<{ current: World }>;
  turns: Turn[];
  failed: (error: unknown) => void;
}>;
type Work = { readonly life: Life; readonly clock: Clock; readonly reports: ReportClocks; awake: Promise<void> | null };

const MINUTE_MS = 60_000;
const KILL_RATE = 0.01;
const LOOKS_EVERY_MS = MINUTE_MS;
const LONGEST_MS = 300 * MINUTE_MS;

/** An organisation of towns that all stand, in which any leader decides. */
const directory = {
  view: async () => ({
    unit: () => ({ status: 'active', kind: 'town' }),
    managingOffice: () => ({ id: 'office' as UnitId }),
    succession: () => ({}),
    currentOf: (unit: UnitId) => unit,
    leadersOf: () => [],
    postsOf: () => [{ post: { roles: ['leader'] } }],
  }),
} as unknown as Directory;
/** No figure is looked at, numbers are those of another test, and no rule proposes anything. */
const figures = { check: async () => [] } as unknown as CaseFigureService;
const numbers = { take: async () => '挂牌〔2026〕0001号', settle: async () => undefined } as unknown as SupervisionNumbers;
const rules = { run: async () => 0 } as unknown as DailyEvaluation;

export const supervisionHandler = (
  runner: CommandRunner,
  world: SupervisionSurroundings['world'],
  clock: Clock,
): SupervisionCommandHandler => {
  const calendars = { calendar: () => world.current.calendar } as unknown as CalendarService;
  return new SupervisionCommandHandler(runner, directory, calendars, figures, numbers, clock);
};

/** The process that asks for reports: it dies at any step and is started again. */
export class SupervisionHost {
  deaths = 0;
  private work: Work | null = null;
  private killRate = KILL_RATE;
  private until = 0;

  constructor(
    private readonly around: SupervisionSurroundings,
    private readonly parts: SupervisionParts,
  ) {}

  start(): void {
    const { random, rows, machine, database, world } = this.around;
    const life = new Life(random.fork(), this.killRate, () => this.hasDied());
    const clock = this.parts.clock(life, machine, database);
    const handler = supervisionHandler(new this.parts.Runner(storeOf(life, this.around.store)), world, clock);
    const bus = { execute: (command: HandleSupervision) => handler.execute(command) } as unknown as CommandBus;
    const reports = new ReportClocks(bus, new this.parts.Cases(life, rows), clock);
    this.work = { life, clock, reports, awake: null };
    void this.wake(performance.now() + MINUTE_MS);
  }

  /** Its loop runs until then, and on while anything is due; between two due times nobody would notice it. */
  wake(until: number): Promise<void> {
    const { work } = this;
    this.until = Math.max(this.until, until);
    if (work === null) return Promise.resolve();
    work.awake ??= this.keep(work).finally(() => {
      work.awake = null;
    });
    return work.awake;
  }

  calm(): void {
    this.work?.life.end();
    this.killRate = 0;
    this.start();
  }

  private async keep(work: Work): Promise<void> {
    const { life, clock, reports } = work;
    const loop = new SupervisionLoop({ knock: () => this.heard(reports) } as unknown as ReportClocks, rules, clock);
    const look = async (): Promise<void> => {
      if (clock instanceof ClockOfLife) await clock.look();
    };
    try {
      await look();
      loop.onApplicationBootstrap();
      while (performance.now() < this.until || this.owes()) {
        await sleep(LOOKS_EVERY_MS);
        if (life.ended) break;
        await look();
      }
    } catch (error) {
      if (!(error instanceof Died)) this.around.failed(error);
    } finally {
      await loop.onApplicationShutdown();
    }
  }

  /** The loop keeps its failures to its log. */
  private async heard(reports: ReportClocks): Promise<number> {
    const { rows, turns } = this.around;
    const [begun, shown] = [START_MS + performance.now(), rows.position()];
    try {
      const moved = await reports.knock();
      turns.push({ begun, ended: START_MS + performance.now(), rows: shown });
      return moved;
    } catch (error) {
      if (!(error instanceof Died)) this.around.failed(error);
      throw error;
    }
  }

  /** What has been due for longer than that is not waited for. */
  private owes(): boolean {
    const now = performance.now();
    return this.around.rows.due(trueTime(now), Number.POSITIVE_INFINITY).some(({ dueAt }) => msOf(dueAt) - START_MS > now - LONGEST_MS);
  }

  private hasDied(): void {
    this.deaths += 1;
    this.work = null;
    const { random } = this.around;
    const down = random.pick([0.1, 2, 20]) * MINUTE_MS * random.next();
    if (this.killRate > 0) void sleep(down).then(() => this.work ?? this.start());
  }
}
