import { ExaminationQueries, HandleExamination, InspectionQueries, type ExaminationRow, type InspectionId } from '@app/inspections';
import { addDays, type Actor } from '@app/kernel';
import type { DirectoryView } from '@app/organisation';
import { Body, Controller, Get, Inject, Param, Put, Query, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Body as Of } from '../findings/finding.requests';
import { notFound } from '../platform/problem';
import { InWriting, type Writing } from '../platform/writing';
import { PEOPLE } from '../reading/reader-context';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access, CurrentActor } from '../security/access';
import { examinedRequest, selfCheckRequest, selfChecksQuery } from './examination.requests';
import { InspectionDesk } from './inspection-desk';
import { inspectionId } from './inspection.requests';

export type ExaminedShown = Omit<ExaminationRow, 'toldBy'> & Readonly<{ unitName: string }>;
export type ExaminedList = Readonly<{ examined: readonly ExaminedShown[] }>;
export type ExaminedWritten = Readonly<{ examinationId: string; revision: string; position: string; changed: boolean }>;

const DAYS_BACK = 366;
const MOST = 500;

const shown = (rows: readonly ExaminationRow[], view: DirectoryView): ExaminedList => ({
  examined: rows.map(({ toldBy: _by, ...row }) => ({ ...row, unitName: view.unit(row.unitId)?.name ?? row.unitId })),
});

/** 检查覆盖: how many were examined. Findings are set against it, so that who looks and files much does not stand worse for it. */
@ApiTags('inspections 检查任务')
@Controller()
@UseInterceptors(ReadYourWritesInterceptor)
export class ExaminationsController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(ExaminationQueries) private readonly queries: ExaminationQueries,
    @Inject(InspectionQueries) private readonly inspections: InspectionQueries,
    @Inject(InspectionDesk) private readonly desk: InspectionDesk,
  ) {}

  @Get('inspections/:inspectionId/examined')
  @Access({ roles: PEOPLE, note: 'what a task examined 检查覆盖: as the task' })
  async ofTask(
    @Param('inspectionId', { schema: inspectionId }) id: InspectionId,
    @Query({ schema: selfChecksQuery }) _: Of<typeof selfChecksQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<ExaminedList> {
    const { scope, today, view } = await this.desk.reading(actor);
    if ((await this.inspections.one(id, scope, today)) === null) throw notFound();
    return shown(await this.queries.ofInspection(id), view);
  }

  /** The number as it shall be; one told before changes with a reason. */
  @Put('inspections/:inspectionId/examined')
  @Access({
    roles: ['inspector', 'team-head', 'office', 'office-head', 'independent-verifier'],
    note: 'tell what was examined 登记检查覆盖: members of the task, its planners',
  })
  tell(
    @Param('inspectionId', { schema: inspectionId }) id: InspectionId,
    @Body({ schema: examinedRequest }) data: Of<typeof examinedRequest>,
    @InWriting() writing: Writing,
  ): Promise<ExaminedWritten> {
    return this.send({ ...data, of: { inspectionId: id } }, writing);
  }

  /** Of the last year, the newest first: what the own town examined, by itself and by others. */
  @Get('self-checks')
  @Access({ roles: ['clerk', 'deputy', 'head'], note: 'what was examined in the own town 本镇街检查覆盖' })
  async own(@Query({ schema: selfChecksQuery }) _: Of<typeof selfChecksQuery>, @CurrentActor() actor: Actor): Promise<ExaminedList> {
    const { today, view } = await this.desk.reading(actor);
    const towns = view.allUnits().flatMap(({ id }) => (view.currentOf(id) === actor.unitId ? [id] : []));
    return shown(await this.queries.ofTowns(towns, addDays(today, -DAYS_BACK), today, MOST), view);
  }

  @Put('self-checks')
  @Access({ roles: ['clerk', 'deputy', 'head'], note: 'tell what the own town checked 登记自查覆盖' })
  tellOwn(
    @Body({ schema: selfCheckRequest }) { from, to, ...data }: Of<typeof selfCheckRequest>,
    @InWriting() writing: Writing,
  ): Promise<ExaminedWritten> {
    return this.send({ ...data, of: { from, to } }, writing);
  }

  private async send(told: HandleExamination['told'], writing: Writing): Promise<ExaminedWritten> {
    const { revision, position, changed, examinationId } = await this.bus.execute(
      new HandleExamination(told, writing.by, writing.commandId),
    );
    writing.tag(revision);
    return { examinationId, revision: String(revision), position: String(position), changed };
  }
}
