import { EventStore, type RecordedEvent } from '@app/event-store';
import {
  DeadlineCommands,
  DeadlineQueries,
  FamilyPolicy,
  FindingCommandHandler,
  findingIdOf,
  latestDueWithReminderBy,
  OnTheSpotPolicy,
  RelapsePolicy,
  waitingClocks,
  WorldSource,
  type FindingNumbers,
  type FindingState,
  type HandleFinding,
} from '@app/findings';
import type { Actor, LocalDate, PersonId } from '@app/kernel';
import { localDateOf } from '@app/kernel';
import { HandleList, ListCommandHandler, ListIssuingPolicy, ListReader } from '@app/lists';
import type { DirectoryView } from '@app/organisation';
import { MasterKey, SealerAhead } from '@app/privacy';
import { RegisterNumbers } from '@app/core';
import type { WorkCalendar } from '@app/worktime';
import type { CommandBus } from '@nestjs/cqrs';
import { DataSource } from 'typeorm';
import { knockAt } from '../kit/knocks';
import type { Scenario } from '../kit/scenario';
import { Teller } from '../kit/teller';
import type { Timeline } from '../kit/timeline';
import { DirectPolicies } from './direct-policies';
import { DirectRunner, type Told } from './direct-runner';
import { ToldLists } from './told-lists';
import { ClaimsAhead, NumbersAhead, ReferencesAhead, SameDirectory, SameWorld, ToldHistories } from './ports-ahead';

/** What was told in a stretch of time, to be stored: first what stands beside the events, then the events in their order. */
export type Stretch = Readonly<{ beside: () => Promise<void>; events: readonly RecordedEvent[] }>;

/**
 * Takes the commands of a story in this process: the product's own handlers, deciders and policies, with the world, the numbers and
 * the streams in memory. Nothing is stored before `collect` is asked for it.
 */
export class DirectTeller extends Teller {
  private told: RecordedEvent[] = [];
  private readonly actors = new Map<string, Actor>();
  private actorsOn: LocalDate | null = null;

  private constructor(
    private readonly scenario: Scenario,
    readonly sealer: SealerAhead,
    readonly calendar: WorkCalendar,
    private readonly parts: Readonly<{
      runner: DirectRunner;
      policies: DirectPolicies;
      findings: FindingCommandHandler;
      lists: ListCommandHandler;
      deadlines: DeadlineCommands;
      numbers: NumbersAhead;
      named: FindingNumbers;
      claims: ClaimsAhead;
      references: ReferencesAhead;
    }>,
  ) {
    super();
  }

  /** `scenario` has the organisation, and goes on only when this one has ended. */
  static async beside(scenario: Scenario): Promise<DirectTeller> {
    const { clock, directory, calendar } = scenario;
    const database = scenario.get<DataSource>(DataSource);
    const store = scenario.get<EventStore>(EventStore);
    const world = new SameWorld(await scenario.get<WorldSource>(WorldSource).now());
    const view = new SameDirectory(directory);
    const sealer = await SealerAhead.open(database, scenario.get(MasterKey), clock);
    const hears: { event: (event: RecordedEvent) => void } = { event: () => undefined };
    const runner = new DirectRunner(store, (event) => hears.event(event));
    const numbers = new NumbersAhead(database, clock);
    const named = new RegisterNumbers(numbers, clock);
    const claims = new ClaimsAhead(database);
    const references = new ReferencesAhead(database);
    const findings = new FindingCommandHandler(runner, clock, world, references);
    const lists = new ListCommandHandler(runner, numbers, claims, view, clock);
    const bus = {
      execute: (command: HandleFinding | HandleList) =>
        command instanceof HandleList ? lists.execute(command) : findings.execute(command),
    } as unknown as CommandBus;
    const histories = new ToldHistories(store, runner);
    const issued = new ToldLists(runner, store);
    const policies = new DirectPolicies([
      new FamilyPolicy(bus, histories),
      new RelapsePolicy(bus, histories, named),
      new OnTheSpotPolicy(bus, histories),
      new ListIssuingPolicy(new ListReader(runner, readerOf(runner)), bus, numbers, view),
    ]);
    const deadlines = new DeadlineCommands(bus, scenario.get<DeadlineQueries>(DeadlineQueries));
    const parts = { runner, policies, findings, lists, deadlines, numbers, named, claims, references };
    const teller = new DirectTeller(scenario, sealer, calendar, parts);
    hears.event = (event) => {
      teller.told.push(event);
      issued.hear(event);
      policies.hear(event);
    };
    return teller;
  }

  get clock(): Scenario['clock'] {
    return this.scenario.clock;
  }
  get numbers(): FindingNumbers {
    return this.parts.named;
  }
  get directory(): DirectoryView {
    return this.scenario.directory;
  }
  /** Streams that are kept in memory. */
  get open(): number {
    return this.parts.runner.streams.size;
  }

  /** Who somebody is changes with the day at most. */
  override actor(person: PersonId, inPlaceOf?: PersonId): Actor {
    const today = localDateOf(this.clock.now());
    if (today !== this.actorsOn) this.actors.clear();
    this.actorsOn = today;
    const key = `${person} ${inPlaceOf ?? ''}`;
    const actor = this.actors.get(key) ?? super.actor(person, inPlaceOf);
    this.actors.set(key, actor);
    return actor;
  }

  settle(): Promise<void> {
    return this.parts.policies.drain();
  }

  /** Every knock that is due by now, as `Scenario.knock` gives it. */
  async knock(): Promise<void> {
    const { clock, calendar } = this;
    const now = clock.now();
    const reminders = { three: latestDueWithReminderBy(now, 3, calendar), one: latestDueWithReminderBy(now, 1, calendar) };
    for (const [stream, { state, finding }] of this.parts.runner.streams) {
      if (finding === null) continue;
      const fold = { state: state as FindingState, since: finding.since };
      const clocks = waitingClocks(findingIdOf(stream), fold, { dueBy: now, now, reminders });
      await knockAt(this.parts.deadlines, clocks, now, calendar);
    }
  }

  /** Forgets streams that are over: nothing is planned in their lane, and no clock of theirs can knock. */
  forgetWhatIsOver(timeline: Timeline): void {
    for (const [stream, told] of this.parts.runner.streams) {
      const lane = stream.slice(stream.indexOf('-') + 1);
      if (timeline.hasMore(lane) || !isOver(told)) continue;
      this.parts.runner.streams.delete(stream);
      this.forget(stream);
    }
  }

  /** What was told since the last time. */
  collect(): Stretch {
    const { sealer, parts } = this;
    const keys = sealer.take();
    const beside = [parts.numbers.collect(), parts.claims.collect(), parts.references.collect(), () => sealer.store(keys)];
    const events = this.told;
    this.told = [];
    return {
      events,
      beside: async () => {
        for (const store of beside) await store();
      },
    };
  }

  protected execute(command: HandleFinding | HandleList): Promise<unknown> {
    return command instanceof HandleList ? this.parts.lists.execute(command) : this.parts.findings.execute(command);
  }
}

/** What is read of streams that are being told: lists, by who carries out their rows. */
const readerOf = ({ streams }: DirectRunner): EventStore => {
  const readStream: EventStore['readStream'] = async (stream, from = 0n, limit = 1_000) =>
    (streams.get(stream)?.events ?? []).slice(Number(from), Number(from) + limit);
  return { readStream } as Pick<EventStore, 'readStream'> as EventStore;
};

const isOver = ({ state, finding }: Told): boolean => {
  // A list carries out its rows with its issuing; later steps would be planned.
  if (finding === null) return true;
  const { phase } = state as FindingState;
  return phase === 'cleared' || phase === 'long-term' || phase === 'ended';
};
