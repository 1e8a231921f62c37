import { Readable } from 'node:stream';
import { CalendarService, HandleDeadlineRule, type DeadlineRuleCommand } from '@app/calendar';
import { CoreModule, Readers, ReadersModule } from '@app/core';
import { EvidenceStore, type StoredFile } from '@app/evidence';
import {
  DeadlineCommands,
  DeadlineQueries,
  FindingReadsModule,
  HandleFinding,
  knocksOf,
  latestDueWithReminderBy,
  type FindingIntent,
} from '@app/findings';
import {
  DomainError,
  idFrom,
  localDateOf,
  stampOf,
  SYSTEM,
  type Act,
  type Actor,
  type CategoryCode,
  type CommandId,
  type FindingId,
  type Instant,
  type ListId,
  type LocalDate,
  type PersonId,
  type PostId,
  type UnitId,
} from '@app/kernel';
import { HandleInspection, type InspectionId, type InspectionIntent } from '@app/inspections';
import { HandleList, type ListIntent } from '@app/lists';
import {
  Directory,
  HandleCategory,
  HandlePerson,
  HandlePost,
  HandleUnit,
  type CategoryRequest,
  type DirectoryView,
  type PersonRequest,
  type PostRequest,
  type UnitRequest,
} from '@app/organisation';
import { HandlePlaceholder, type PlaceholderId, type PlaceholderIntent } from '@app/placeholders';
import { Sealer } from '@app/privacy';
import type { Settings } from '@app/settings';
import type { WorkCalendar } from '@app/worktime';
import type { INestApplicationContext } from '@nestjs/common';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { inParallel } from './timeline';
import { SeedClock } from './scenario-clock';

@Module({})
class ScenarioModule {
  static with(settings: Settings, clock: SeedClock): DynamicModule {
    return { module: ScenarioModule, imports: [CoreModule.forRoot(settings, clock), ReadersModule, FindingReadsModule] };
  }
}

/** The product in one process on a clock of its own; everything that happens goes through the bus. */
export class Scenario {
  /** Steps that the rules did not allow: a mistake in the story, which goes on without them. */
  readonly refusals: string[] = [];
  private view: DirectoryView | null = null;
  private readonly sent = new Map<string, number>();

  private constructor(
    private readonly app: INestApplicationContext,
    readonly clock: SeedClock,
  ) {}

  static async open(settings: Settings, start: Instant): Promise<Scenario> {
    const clock = new SeedClock(start);
    const app = await NestFactory.createApplicationContext(ScenarioModule.with(settings, clock), { logger: ['error', 'warn'] });
    return new Scenario(app, clock);
  }

  async close(): Promise<void> {
    await this.app.close();
  }

  get<T>(token: Parameters<INestApplicationContext['get']>[0]): T {
    return this.app.get<T>(token, { strict: false });
  }
  get today(): LocalDate {
    return localDateOf(this.clock.now());
  }
  get calendar(): WorkCalendar {
    return this.get<CalendarService>(CalendarService).calendar();
  }
  get sealer(): Sealer {
    return this.get(Sealer);
  }

  /** Lets read models and policies catch up, and sees the organisation as it then is. */
  async settle(): Promise<void> {
    await this.get<Readers>(Readers).drain();
    this.view = await this.get<Directory>(Directory).view();
  }
  /** Read models alone, for what reads them before the next `settle`. */
  async catchUp(): Promise<void> {
    await this.get<Readers>(Readers).projections.drain();
  }
  get directory(): DirectoryView {
    if (this.view === null) throw new Error('settle first');
    return this.view;
  }
  /** The person as of now, with the roles of their own post or, in place of somebody, of that one's. */
  actor(person: PersonId, inPlaceOf?: PersonId): Actor {
    return this.directory.actorFor(person, undefined, this.clock.now(), inPlaceOf === undefined ? {} : { inPlaceOf });
  }

  unit(id: UnitId, request: UnitRequest): Promise<unknown> {
    return this.bus.execute(new HandleUnit(id, request, this.act(), this.next(`unit-${id}`)));
  }
  person(id: PersonId, request: PersonRequest): Promise<unknown> {
    return this.bus.execute(new HandlePerson(id, request, this.act(), this.next(`person-${id}`)));
  }
  post(id: PostId, request: PostRequest): Promise<unknown> {
    return this.bus.execute(new HandlePost(id, request, this.act(), this.next(`post-${id}`)));
  }
  category(code: CategoryCode, request: CategoryRequest): Promise<unknown> {
    return this.bus.execute(new HandleCategory(code, request, this.act(), this.next(`category-${code}`)));
  }
  rule(data: Extract<DeadlineRuleCommand, { type: 'SetDeadlineRule' }>['data'], by: Actor): Promise<unknown> {
    const command: DeadlineRuleCommand = { type: 'SetDeadlineRule', data, by, at: this.clock.now(), on: this.today };
    return this.bus.execute(new HandleDeadlineRule(command, this.next(`rule-${data.ruleId}`)));
  }
  /** `on`: the day claimed, where it is not today (R15). */
  async finding(id: FindingId, intent: FindingIntent, by: Actor, on?: LocalDate): Promise<void> {
    try {
      await this.bus.execute(new HandleFinding(id, intent, { commandId: this.next(`finding-${id}`), by, on }));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.refusals.push(`${this.clock.now()} ${intent.type} ${error.code} ${id}`);
    }
  }
  list(id: ListId, intent: ListIntent, by: Actor): Promise<unknown> {
    return this.bus.execute(new HandleList(id, intent, { commandId: this.next(`list-${id}`), by }));
  }
  placeholder(id: PlaceholderId, intent: PlaceholderIntent, by: Actor): Promise<unknown> {
    return this.bus.execute(new HandlePlaceholder(id, intent, { commandId: this.next(`placeholder-${id}`), by }));
  }
  inspection(id: InspectionId, intent: InspectionIntent, by: Actor): Promise<unknown> {
    return this.bus.execute(new HandleInspection(id, intent, by, this.next(`inspection-${id}`)));
  }
  file(bytes: Uint8Array, name: string): Promise<StoredFile> {
    return this.get<EvidenceStore>(EvidenceStore).put(Readable.from([Buffer.from(bytes)]), name);
  }

  /** Every knock that is due by now, as the worker would give it. */
  async knock(): Promise<void> {
    const now = this.clock.now();
    const calendar = this.calendar;
    const deadlines = this.get<DeadlineCommands>(DeadlineCommands);
    const reminders = { three: latestDueWithReminderBy(now, 3, calendar), one: latestDueWithReminderBy(now, 1, calendar) };
    for await (const page of this.get<DeadlineQueries>(DeadlineQueries).waiting({ dueBy: now, now, reminders })) {
      const findings = [...new Set(page.map((clock) => clock.findingId))];
      await inParallel(
        findings.map((id) => async () => {
          for (const clock of page.filter(({ findingId }) => findingId === id)) {
            const due = knocksOf(clock, now, calendar).filter((knock) => knock.at <= now && knock.which !== 'after');
            for (const { key, dueAt, before } of due) await deadlines.reach(id, key, dueAt, before);
          }
        }),
      );
    }
  }

  private get bus(): CommandBus {
    return this.get(CommandBus);
  }
  private act(): Act {
    return { at: this.clock.now(), on: this.today, by: stampOf(SYSTEM) };
  }
  /** The same place in the same stream has the same id, so that a seed that was broken off goes on where it stopped. */
  private next(stream: string): CommandId {
    const n = this.sent.get(stream) ?? 0;
    this.sent.set(stream, n + 1);
    return idFrom('seed', stream, n) as CommandId;
  }
}
