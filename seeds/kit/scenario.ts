import { Readable } from 'node:stream';
import { HandleBulletin, type BulletinDraft } from '@app/bulletins';
import { CalendarService, HandleDeadlineRule, type DeadlineRuleCommand } from '@app/calendar';
import { CoreModule, Readers, ReadersModule } from '@app/core';
import { HandleLadder, type LadderIntent } from '@app/escalation';
import { EvidenceStore, type StoredFile } from '@app/evidence';
import {
  DeadlineCommands,
  DeadlineQueries,
  FindingReadsModule,
  FindingNumbers,
  latestDueWithReminderBy,
  type HandleFinding,
} from '@app/findings';
import {
  localDateOf,
  stampOf,
  SYSTEM,
  type Act,
  type Actor,
  type CategoryCode,
  type Instant,
  type LocalDate,
  type PersonId,
  type PostId,
  type UnitId,
  type FindingId,
  type LegId,
} from '@app/kernel';
import { HandleExamination, HandleInspection, type ExaminationTold, type InspectionId, type InspectionIntent } from '@app/inspections';
import type { HandleList } from '@app/lists';
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
import { HandleNotice, NoticeQueries, type NoticeId, type NoticeIntent, type NoticeReference } from '@app/notices';
import { HandlePlaceholder, type PlaceholderId, type PlaceholderIntent } from '@app/placeholders';
import { Sealer } from '@app/privacy';
import type { Settings } from '@app/settings';
import { HandleSupervision, type SupervisionId, type SupervisionIntent } from '@app/supervision';
import type { WorkCalendar } from '@app/worktime';
import type { INestApplicationContext } from '@nestjs/common';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { knockAt } from './knocks';
import { Teller } from './teller';
import { inParallel } from './timeline';
import { SeedClock } from './scenario-clock';

@Module({})
class ScenarioModule {
  static with(settings: Settings, clock: SeedClock): DynamicModule {
    return { module: ScenarioModule, imports: [CoreModule.forRoot(settings, clock), ReadersModule, FindingReadsModule] };
  }
}

/** The product in one process on a clock of its own; everything that happens goes through the bus. */
export class Scenario extends Teller {
  private view: DirectoryView | null = null;

  private constructor(
    private readonly app: INestApplicationContext,
    readonly clock: SeedClock,
  ) {
    super();
  }

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
  get numbers(): FindingNumbers {
    return this.get<FindingNumbers>(FindingNumbers);
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
  placeholder(id: PlaceholderId, intent: PlaceholderIntent, by: Actor): Promise<unknown> {
    return this.bus.execute(new HandlePlaceholder(id, intent, { commandId: this.next(`placeholder-${id}`), by }));
  }
  inspection(id: InspectionId, intent: InspectionIntent, by: Actor): Promise<unknown> {
    return this.bus.execute(new HandleInspection(id, intent, by, this.next(`inspection-${id}`)));
  }
  examined(told: ExaminationTold, by: Actor): Promise<unknown> {
    return this.bus.execute(new HandleExamination(told, by, this.next(`examined-${told.unitId}-${told.kind}`)));
  }
  supervision(id: SupervisionId, intent: SupervisionIntent, by: Actor): Promise<unknown> {
    return this.bus.execute(new HandleSupervision(id, intent, { commandId: this.next(`supervision-${id}`), by }));
  }
  notice(id: NoticeId, intent: NoticeIntent, by: Actor): Promise<unknown> {
    return this.bus.execute(new HandleNotice(id, intent, { commandId: this.next(`notice-${id}`), by }));
  }
  ladder(findingId: FindingId, legId: LegId, intent: LadderIntent, by: Actor): Promise<unknown> {
    return this.bus.execute(new HandleLadder(findingId, legId, intent, { commandId: this.next(`ladder-${findingId}`), by }));
  }
  /** As another notice names it; null where it was never issued. */
  async noticeNamed(noticeId: NoticeId): Promise<NoticeReference | null> {
    await this.catchUp();
    const found = await this.get<NoticeQueries>(NoticeQueries).one(noticeId, this.clock.now());
    return found && { noticeId, kind: found.kind, number: found.number, issuedOn: found.issuedOn };
  }
  /** With figures of everything so far. */
  async bulletin(draft: BulletinDraft, by: PersonId): Promise<unknown> {
    await this.settle();
    const commandId = this.next(`bulletin-${draft.kind}`);
    return this.bus.execute(new HandleBulletin({ type: 'IssueBulletin', data: draft }, { commandId, by: this.actor(by) }));
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
          await knockAt(
            deadlines,
            page.filter(({ findingId }) => findingId === id),
            now,
            calendar,
          );
        }),
      );
    }
  }

  protected execute(command: HandleFinding | HandleList): Promise<unknown> {
    return this.bus.execute(command);
  }
  private get bus(): CommandBus {
    return this.get(CommandBus);
  }
  private act(): Act {
    return { at: this.clock.now(), on: this.today, by: stampOf(SYSTEM) };
  }
}
