import type { CalendarService } from '@app/calendar';
import type { CommandRunner, EventStore } from '@app/event-store';
import { LadderSweep, type HandleLadder } from '@app/escalation';
import { FindingReader } from '@app/findings';
import type { World } from '@app/findings';
import type { Clock, SeededRandom } from '@app/kernel';
import type { Directory } from '@app/organisation';
import type { CommandBus } from '@nestjs/cqrs';
import { LadderCommandHandler } from '../../libs/escalation/src/application/ladder.command-handler';
import { LadderPolicy } from '../../libs/escalation/src/policies/ladder.policy';
import { UNITS } from '../../libs/findings/src/testing/cast';
import { type LaddersOfLife, type LadderRows } from './ladder-rows';
import { ClockOfLife, Died, Life, type MachineClock } from './simulated-host';
import { storeOf, type Parts } from './worker-host';
import { sleep } from './virtual-year';

/** What of the ladder runs on a host; a test plants its faults here. */
export type LadderParts = Pick<Parts, 'clock' | 'Runner'> & Readonly<{ Queries: typeof LaddersOfLife }>;
export type LadderSurroundings = Readonly<{
  random: SeededRandom;
  store: EventStore;
  rows: LadderRows;
  machine: MachineClock;
  database: MachineClock;
  world: Readonly<{ current: World }>;
  /** Position up to which the policy has reacted, as the database keeps it. */
  checkpoint: { at: bigint };
  failed: (error: unknown) => void;
}>;
type Work = Readonly<{ life: Life; store: EventStore; clock: Clock; sweep: LadderSweep; policy: LadderPolicy }>;

const KILL_RATE = 0.003;
const PAGE = 500;
const MINUTE_MS = 60_000;

/** An organisation in which every unit stands for itself and nobody's name is known. */
export const directory = {
  view: async () => ({
    unit: () => undefined,
    allPosts: () => [],
    leadersOf: () => [],
    managingOffice: () => ({ id: UNITS.office }),
  }),
} as unknown as Directory;

export const ladderHandler = (runner: CommandRunner, world: LadderSurroundings['world'], clock: Clock): LadderCommandHandler => {
  const calendars = { calendar: () => world.current.calendar } as unknown as CalendarService;
  return new LadderCommandHandler(runner, new FindingReader(runner), directory, calendars, clock);
};

/** The process that keeps the ladders: it dies at any step and is started again. */
export class LadderHost {
  deaths = 0;
  private work: Work | null = null;
  private killRate = KILL_RATE;
  private turn: Promise<void> | null = null;

  constructor(
    private readonly around: LadderSurroundings,
    private readonly parts: LadderParts,
  ) {}

  start(): void {
    const { random, rows, machine, database, world } = this.around;
    const life = new Life(random.fork(), this.killRate, () => this.hasDied());
    const store = storeOf(life, this.around.store);
    const clock = this.parts.clock(life, machine, database);
    const runner = new this.parts.Runner(store);
    const handler = ladderHandler(runner, world, clock);
    const bus = { execute: (command: HandleLadder) => handler.execute(command) } as unknown as CommandBus;
    const calendars = { calendar: () => world.current.calendar } as unknown as CalendarService;
    const sweep = new LadderSweep(new this.parts.Queries(life, rows), calendars, bus, clock);
    this.work = { life, store, clock, sweep, policy: new LadderPolicy(bus, new FindingReader(runner)) };
  }

  /** Follows the log to its end and proposes what was reached. */
  async look(): Promise<void> {
    const { work } = this;
    if (work === null) return;
    this.turn ??= this.once(work).finally(() => {
      this.turn = null;
    });
    return this.turn;
  }

  calm(): void {
    this.work?.life.end();
    this.killRate = 0;
    this.start();
  }

  private async once({ life, store, clock, sweep, policy }: Work): Promise<void> {
    const { checkpoint, failed } = this.around;
    try {
      if (clock instanceof ClockOfLife) {
        await clock.look();
        const { sure, notFollowed } = clock.state();
        if (!sure || notFollowed !== 0) void sleep(MINUTE_MS).then(() => this.look());
      }
      for (;;) {
        const page = await store.readAll(checkpoint.at, PAGE);
        for (const event of page) {
          if (policy.handles.includes(event.type)) await policy.react(event);
          // Kept after the effect: whoever dies between the two does it once more.
          if (checkpoint.at < event.position && !life.ended) checkpoint.at = event.position;
        }
        if (page.length < PAGE) break;
      }
      await sweep.sweep();
    } catch (error) {
      if (!(error instanceof Died)) failed(error);
    }
  }

  private hasDied(): void {
    this.deaths += 1;
    this.work = null;
    const { random } = this.around;
    const down = random.pick([0.1, 2, 60]) * MINUTE_MS * random.next();
    if (this.killRate > 0) void sleep(down).then(() => this.work ?? this.start());
  }
}
