import { CommandRunner } from '@app/event-store';
import { FINDING_EVENT_TYPES, FINDING_STREAMS, findingStream } from '@app/findings';
import { idFrom, msOf, seededRandom, type CommandId, type FindingId, type SeededRandom } from '@app/kernel';
import { localDateOf, stampOf } from '@app/kernel';
import { Logger } from '@nestjs/common';
import { knocksOf } from '../../libs/findings/src/deadlines/finding-deadlines.policy';
import { findingDecider } from '../../libs/findings/src/domain/finding.decider';
import type { FindingCommand } from '../../libs/findings/src/domain/finding.commands';
import { aWorld } from '../../libs/findings/src/testing/cast';
import { promisesAlone, VirtualTime } from '../faults/virtual-time';
import { Agenda } from './agenda';
import { foldingOnce } from './fold-once';
import { LaggingRows } from './lagging-rows';
import { LosingQueue } from './losing-queue';
import { judge, type Judgement, type Sweep, type Turn, type YearRecord } from './oracle';
import { firstAct, nextAct, waitMs } from './people';
import { Died, MachineClock } from './simulated-host';
import { CALENDARS, RULES, sleep, START_MS, trueTime, YEAR_MS } from './virtual-year';
import { WatchedStore } from './watched-store';
import { Host, PARTS, type Parts } from './worker-host';
import { judgeSides, ofStreams, sidesOf, type SideJudgement, type SideMeasure, type SideParts, type YearSide } from './year-sides';

/** Reminders are not all that goes out: what else does is beside it. */
export type Measure = SideMeasure & Readonly<{ seed: number; findings: number }>;
export type YearParts = Parts & SideParts;
export type Judged = Judgement &
  SideJudgement &
  Readonly<{
    seed: number;
    events: number;
    deaths: number;
    sweeps: number;
    jobs: LosingQueue['counts'];
    refused: number;
  }>;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** When 2027 is published and loaded. */
const LOADED_AFTER = 250 * DAY_MS;
const CALM_MS = 10 * MINUTE_MS;
const LIMIT_MS = YEAR_MS + DAY_MS;

class Year {
  readonly world = { current: aWorld({ calendar: CALENDARS.before, rules: RULES }) };
  private readonly agenda = new Agenda();
  private readonly rows = new LaggingRows(CALENDARS.before);
  private readonly store = new WatchedStore((from) => this.heard(from));
  private readonly api = new (foldingOnce(CommandRunner))(this.store, 20_000);
  private readonly failures: string[] = [];
  private readonly sweeps: Sweep[] = [];
  private readonly turns: Turn[] = [];
  private readonly watched = new Set<string>();
  private readonly queue: LosingQueue;
  private readonly database: MachineClock;
  private readonly hosts: readonly Host[];
  private changedAt = Number.POSITIVE_INFINITY;
  private refused = 0;
  private readonly sides: readonly YearSide[];
  private stalledUntil = 0;

  constructor(
    private readonly measure: Measure,
    private readonly random: SeededRandom,
    private readonly time: VirtualTime,
    parts: YearParts,
  ) {
    const failed = (error: unknown): void => {
      if (!(error instanceof Died)) this.failures.push(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    };
    this.database = new MachineClock(time);
    this.queue = new LosingQueue(random.fork(), { lost: 0.02, twice: 0.05, early: 0.03, late: 0.03, days: 0.2 }, failed);
    const { store, rows, queue, database, world, sweeps } = this;
    this.hosts = [0, 1].map(
      () =>
        new Host(
          { random: random.fork(), time, store, rows, queue, database, world, sweeps, failed, agenda: this.agenda },
          { ...parts, Runner: foldingOnce(parts.Runner) },
        ),
    );
    const { agenda } = this;
    const machines = this.hosts.map(({ machine }) => machine);
    this.sides = sidesOf(measure, { seed: measure.seed, store, agenda, machines, database, world, turns: this.turns, failed }, parts);
  }

  async run(): Promise<YearRecord> {
    const { agenda, measure, random } = this;
    for (const host of this.hosts) host.start();
    for (const side of this.sides) side.start();
    for (let n = 0; n < measure.findings; n += 1) this.plan(n);
    this.planTrouble();
    agenda.at(LOADED_AFTER + random.next() * 80 * DAY_MS, () => void this.loadYear());
    await agenda.run(YEAR_MS - CALM_MS);
    await this.calmDown();
    return {
      log: await this.store.readAll(0n, 10_000_000),
      storedAt: this.store.storedAt,
      sweeps: this.sweeps,
      turns: this.turns,
      calendars: { ...CALENDARS, changedAt: this.changedAt },
      failures: this.failures,
    };
  }

  get counts(): Pick<Judged, 'deaths' | 'sweeps' | 'jobs' | 'refused'> {
    const deaths = this.hosts.reduce((sum, host) => sum + host.deaths, 0);
    return { deaths, sweeps: this.sweeps.length, jobs: this.queue.counts, refused: this.refused };
  }

  /** One finding's life: what people do with it, by how it stands. */
  private plan(n: number): void {
    const random = seededRandom(this.measure.seed * 1_000_003 + n);
    const id = idFrom('simulated', this.measure.seed, n) as FindingId;
    // In the first ten months, in office hours and now and then not.
    const day = random.below(300) * DAY_MS;
    const first = day + (random.chance(0.1) ? random.next() * DAY_MS : random.next() * 10 * HOUR_MS);
    let acts = 0;
    const act = async (): Promise<void> => {
      const now = trueTime(this.time.now());
      const { state } = await this.api.load({ stream: findingStream(id), decider: findingDecider, types: FINDING_EVENT_TYPES });
      const next = acts === 0 ? firstAct(random, n, now) : nextAct(random, state, now);
      if (next !== null) await this.send(id, `${acts}`, { ...next.intent, by: next.by });
      acts += 1;
      const wait = waitMs(random);
      if (wait !== null && acts < 60) agendaAt(wait);
    };
    const agendaAt = (wait: number): void =>
      this.agenda.at(this.time.now() + wait, () => void act().catch((error) => this.failures.push(String(error))));
    this.agenda.at(first, () => void act().catch((error) => this.failures.push(String(error))));
  }

  private async send(id: FindingId, key: string, given: Pick<FindingCommand, 'type' | 'data' | 'by'>): Promise<void> {
    const at = trueTime(this.time.now());
    const command = { ...given, at, on: localDateOf(at), world: this.world.current } as FindingCommand;
    try {
      await this.api.run({
        stream: findingStream(id),
        decider: findingDecider,
        command,
        commandId: idFrom('act', id, key) as CommandId,
        types: FINDING_EVENT_TYPES,
        act: { at, on: localDateOf(at), by: stampOf(given.by) },
      });
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'DomainError') throw error;
      this.refused += 1;
    }
  }

  /** Rows come later; and where something will knock, the workers will be looking. */
  private async heard(from: bigint): Promise<void> {
    const streams = new Set<string>();
    for (const event of await this.store.readAll(from, 1_000)) {
      if (event.stream.startsWith(FINDING_STREAMS)) {
        this.rows.tell(event);
        streams.add(event.stream);
      } else this.sides.find((side) => event.stream.startsWith(side.streams))?.tell(event);
    }
    for (const stream of streams) void this.watch(stream);
  }

  private async watch(stream: string): Promise<void> {
    const { state } = await this.api.load({ stream, decider: findingDecider, types: FINDING_EVENT_TYPES });
    if (state.phase === 'absent') return;
    const now = trueTime(this.time.now());
    for (const { key, kind, due } of Object.values(state.core.deadlines)) {
      const id = `${stream}|${key}|${due.at}|${String(this.changedAt < START_MS + this.time.now())}`;
      if (this.watched.has(id)) continue;
      this.watched.add(id);
      const clock = { key, kind, due, since: '' as never, given: [], passed: false };
      for (const { at, which } of knocksOf(clock, now, this.world.current.calendar)) {
        if (which !== 'after') this.lookAround(msOf(at) - START_MS);
      }
    }
  }

  private lookAround(ms: number): void {
    for (const host of this.hosts) host.lookAround(ms);
  }

  private planTrouble(): void {
    const { agenda, random, queue, rows, hosts, database } = this;
    rows.lag = () => (this.stalledUntil > performance.now() ? this.stalledUntil - performance.now() : random.next() * 200);
    const often = (times: number, trouble: (at: number) => void): void => {
      for (let n = 0; n < times; n += 1) {
        // Where it hurts: around the hour at which most is due.
        const at = random.below(364) * DAY_MS + 9.4 * HOUR_MS + random.next() * 20 * MINUTE_MS;
        agenda.at(at, () => trouble(at));
        agenda.at(random.next() * (YEAR_MS - DAY_MS), () => trouble(this.time.now()));
      }
    };
    const around = (at: number): void => {
      this.lookAround(at);
    };
    often(30, () => queue.empty());
    often(15, (at) => {
      queue.away = true;
      const until = at + random.next() * 20 * MINUTE_MS;
      agenda.at(until, () => {
        queue.away = false;
        around(until);
      });
    });
    often(20, (at) => {
      const until = at + random.next() * 10 * MINUTE_MS;
      this.stalledUntil = Math.max(this.stalledUntil, until);
      around(until);
    });
    often(20, () => random.pick(hosts).kill());
    often(15, (at) => {
      const { machine } = random.pick(hosts);
      // All clocks wrong alike is what nobody can tell.
      if (database.ahead !== 0) return;
      machine.ahead = random.pick([-HOUR_MS, 30 * DAY_MS, 5 * MINUTE_MS, -5 * MINUTE_MS, 0, 0]);
      around(at);
    });
    // The clock of the database jumps and is set right again before it is believed.
    often(10, (at) => {
      for (const { machine } of hosts) machine.ahead = random.pick([0, 2_000, -2_000]);
      database.ahead = random.pick([-HOUR_MS, 30 * DAY_MS]);
      agenda.at(at + random.next() * 8 * MINUTE_MS, () => {
        database.ahead = 0;
      });
      around(at);
    });
    // A queue that loses everything again and again, for as long as an hour.
    often(1, (at) => {
      for (let n = 0; n < 120; n += 1) agenda.at(at + n * 29_000, () => queue.empty());
      for (let n = 0; n < 60; n += 5) this.lookAround(at + n * MINUTE_MS);
    });
  }

  /** An administrator loads the year that was supposed so far; what rests on it moves, whoever dies on the way. */
  private async loadYear(): Promise<void> {
    this.world.current = aWorld({ calendar: CALENDARS.after, rules: RULES });
    this.changedAt = START_MS + this.time.now();
    this.rows.use(CALENDARS.after);
    const streams = new Set((await this.store.readAll(0n, 10_000_000)).map((event) => event.stream));
    for (const stream of streams) if (stream.startsWith(FINDING_STREAMS)) await this.watch(stream);
    for (;;) {
      const host = this.hosts.find(({ living }) => living);
      if (host !== undefined && (await host.moveAll(2027))) return;
      await sleep(30_000);
    }
  }

  /** Everything works again; now nothing may be left. */
  private async calmDown(): Promise<void> {
    this.queue.away = false;
    this.database.ahead = 0;
    for (const host of this.hosts) host.calm();
    for (const side of this.sides) side.calm();
    await sleep(this.rows.behind + 1_000);
    for (let n = 0; n < 4; n += 1) {
      await Promise.all(this.hosts.map((host) => host.sweep()));
      await Promise.all(this.sides.map((side) => side.look()));
      await sleep(30_000);
    }
  }
}

/** A year of so many findings in virtual time; the same seed does the same each time. */
export const simulate = async (measure: Measure, parts: YearParts = PARTS): Promise<Judged> => {
  const random = seededRandom(measure.seed ^ 0xca1e);
  const time = new VirtualTime(random.fork().next, Number.POSITIVE_INFINITY, promisesAlone);
  Logger.overrideLogger(false);
  const counted = await time.run(async () => {
    const year = new Year(measure, random, time, parts);
    const record = await year.run();
    return { record, counts: year.counts };
  }, LIMIT_MS);
  const { record, counts } = counted;
  const endMs = START_MS + YEAR_MS;
  const judgement = judge(ofStreams(record, FINDING_STREAMS), endMs);
  const { violations, ...sides } = judgeSides(record, endMs, measure);
  return {
    ...judgement,
    violations: [...judgement.violations, ...violations],
    ...counts,
    ...sides,
    seed: measure.seed,
    events: record.log.length,
  };
};
