import type { Ack } from '@app/event-store';
import { VillageQueries } from '@app/findings';
import { HandleInspection, InspectionQueries, type InspectionId, type InspectionIntent } from '@app/inspections';
import { idFrom, type Actor } from '@app/kernel';
import { Body, Controller, Get, Inject, Param, Post, Put, Query, Res, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Body as Of } from '../findings/finding.requests';
import { etagOf } from '../platform/etag';
import { notFound } from '../platform/problem';
import { InWriting, type Writing } from '../platform/writing';
import { PEOPLE, ReaderContext } from '../reading/reader-context';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access, CurrentActor } from '../security/access';
import { inspectionAnswer, villageAnswer, type InspectionAnswer, type InspectionVillage } from './inspection.answers';
import { InspectionDesk } from './inspection-desk';
import { endRequest, inspectionId, inspectionsQuery, planRequest, todayQuery } from './inspection.requests';

export type InspectionPage = Readonly<{ inspections: readonly InspectionAnswer[]; next: string | null }>;
export type InspectionWritten = Readonly<{ inspectionId: string; revision: string; position: string; changed: boolean }>;
/** 本村未销号、今天要复核、上次到村. */
export type VillageToday = InspectionVillage & Readonly<{ openCount: number; toVerifyToday: number; lastVisit: string | null }>;
export type InspectionToday = Readonly<{
  today: string;
  /** Null: the person is not out on a task today. */
  task: InspectionAnswer | null;
  /** Villages of the task, in the order of the plan. */
  villages: readonly VillageToday[];
  /** Further tasks of the same day. */
  others: readonly InspectionAnswer[];
}>;

const PLANNERS = ['team-head', 'office', 'office-head'] as const;

/** 检查任务: who goes to which villages when. The inspected unit learns of it when it is over. */
@ApiTags('inspections 检查任务')
@Controller('inspections')
@UseInterceptors(ReadYourWritesInterceptor)
export class InspectionsController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(InspectionQueries) private readonly queries: InspectionQueries,
    @Inject(InspectionDesk) private readonly desk: InspectionDesk,
    @Inject(VillageQueries) private readonly villages: VillageQueries,
    @Inject(ReaderContext) private readonly context: ReaderContext,
  ) {}

  /** Latest first; `mine`: those one is a member of. */
  @Get()
  @Access({ roles: PEOPLE, note: 'inspection tasks 检查任务: own team; the inspected when it is over' })
  async list(
    @Query({ schema: inspectionsQuery }) asked: Of<typeof inspectionsQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<InspectionPage> {
    const reading = await this.desk.reading(actor);
    const { of, limit, cursor } = asked;
    const rows = await this.queries.page(reading.scope, reading.today, { mine: of === 'mine', limit, after: cursor ?? null });
    const last = rows.at(-1);
    return {
      inspections: rows.map((row) => inspectionAnswer(row, reading.view, reading)),
      next: rows.length === limit && last !== undefined ? `${last.from}~${last.inspectionId}` : null,
    };
  }

  /** Where the reader is out today, and what is known of each village there: fills in team, date, village, source and manner. */
  @Get('today')
  @Access({ roles: PEOPLE, note: 'own task today 今日任务' })
  async today(@Query({ schema: todayQuery }) _: Of<typeof todayQuery>, @CurrentActor() actor: Actor): Promise<InspectionToday> {
    const reading = await this.desk.reading(actor);
    const rows = await this.desk.underWay(reading);
    const { scope } = await this.context.of(actor);
    const numbers = await this.villages.numbers(rows[0]?.villages ?? [], scope);
    const [task = null, ...others] = rows.map((row) => inspectionAnswer(row, reading.view, reading));
    return {
      today: reading.today,
      task,
      villages: numbers.map(({ villageId, open, toVerify, lastVisit }) => ({
        ...villageAnswer(villageId, reading.view),
        openCount: open,
        toVerifyToday: toVerify,
        lastVisit,
      })),
      others,
    };
  }

  /** ETag is the revision to send as If-Match. */
  @Get(':inspectionId')
  @Access({ roles: PEOPLE, note: 'an inspection task 检查任务详情: own team; the inspected when it is over, else 404' })
  async one(
    @Param('inspectionId', { schema: inspectionId }) id: InspectionId,
    @Query({ schema: todayQuery }) _: Of<typeof todayQuery>,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<InspectionAnswer> {
    const reading = await this.desk.reading(actor);
    const row = await this.queries.one(id, reading.scope, reading.today);
    if (row === null) throw notFound();
    void reply.header('etag', etagOf(BigInt(row.revision)));
    return inspectionAnswer(row, reading.view, reading);
  }

  @Post()
  @Access({ roles: PLANNERS, note: 'plan an inspection 安排检查: the office; a head for the own team' })
  plan(@Body({ schema: planRequest }) data: Of<typeof planRequest>, @InWriting() writing: Writing): Promise<InspectionWritten> {
    return this.send(idFrom(writing.commandId, 'inspection') as InspectionId, { type: 'PlanInspection', data }, writing);
  }

  /** The whole plan anew. */
  @Put(':inspectionId')
  @Access({ roles: PLANNERS, note: 'change an inspection 调整检查: the office; a head for the own team' })
  change(
    @Param('inspectionId', { schema: inspectionId }) id: InspectionId,
    @Body({ schema: planRequest }) data: Of<typeof planRequest>,
    @InWriting() writing: Writing,
  ): Promise<InspectionWritten> {
    return this.send(id, { type: 'ChangeInspection', data }, writing);
  }

  /** Before its last day; from now on the inspected units may see that it took place. */
  @Put(':inspectionId/end')
  @Access({ roles: PLANNERS, note: 'end an inspection 结束检查: the office; a head for the own team' })
  end(
    @Param('inspectionId', { schema: inspectionId }) id: InspectionId,
    @Body({ schema: endRequest }) data: Of<typeof endRequest>,
    @InWriting() writing: Writing,
  ): Promise<InspectionWritten> {
    return this.send(id, { type: 'EndInspection', data }, writing);
  }

  private async send(id: InspectionId, intent: InspectionIntent, writing: Writing): Promise<InspectionWritten> {
    const ack: Ack = await this.bus.execute(new HandleInspection(id, intent, writing.by, writing.commandId, writing.seen()));
    writing.tag(ack.revision);
    return { inspectionId: id, revision: String(ack.revision), position: String(ack.position), changed: ack.changed };
  }
}
