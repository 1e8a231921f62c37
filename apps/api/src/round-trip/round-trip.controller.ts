import { createHash } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { SecurityLog } from '@app/identity';
import { LIMITS } from '@app/imports';
import type { Actor } from '@app/kernel';
import { FillInWorkbooks, RoundTrips, type RoundTripJob, type RoundTripRow } from '@app/round-trip';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Logger,
  Param,
  Post,
  Query,
  Req,
  StreamableFile,
  UseInterceptors,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FormBody } from '../platform/api-document';
import { fileNameOf, fileRequired } from '../platform/form';
import { keyReused } from '../platform/idempotency';
import { notFound } from '../platform/problem';
import { InWriting, type Writing } from '../platform/writing';
import { ReaderContext } from '../reading/reader-context';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { categoryName } from '../reading/reading.answers';
import { pathOf } from '../reading/reading.requests';
import { Access, CurrentAccount, CurrentActor, type SignedIn } from '../security/access';
import { roundTripId, rowsQuery, runRequest, workbookQuery, type Body as Of } from './round-trip.requests';

/** Whoever may work on a leg. */
const UNIT = ['clerk', 'deputy', 'head', 'office', 'office-head'] as const;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const noFields = z.strictObject({});

/** Of a workbook that came back, without who sent it. */
export type RoundTripAnswer = Omit<RoundTripJob, 'actor' | 'unitId'>;
/** A row with the cells that say something else than the system does. */
export type RoundTripRowShown = Omit<RoundTripRow, 'steps'>;
/** `next` goes into `after`. */
export type RoundTripRowsShown = Readonly<{ rows: readonly RoundTripRowShown[]; next: number | null }>;

/** The ledger goes out as a workbook made for filling in, and comes back as commands (R29). */
@ApiTags('round trip 台账往返')
@Controller('round-trip')
export class RoundTripController {
  private readonly logger = new Logger(RoundTripController.name);

  constructor(
    @Inject(RoundTrips) private readonly roundTrips: RoundTrips,
    @Inject(FillInWorkbooks) private readonly workbooks: FillInWorkbooks,
    @Inject(ReaderContext) private readonly context: ReaderContext,
    @Inject(SecurityLog) private readonly log: SecurityLog,
  ) {}

  /** The unit's open rows, made for filling in: reader, time and purpose above them (R40). Every export is logged. */
  @Get('workbook.xlsx')
  @UseInterceptors(ReadYourWritesInterceptor)
  @Access({ roles: UNIT, note: 'workbook to fill in 导出填报表' })
  async workbook(
    @Query({ schema: workbookQuery }) asked: Of<typeof workbookQuery>,
    @CurrentActor() actor: Actor,
    @CurrentAccount() account: SignedIn,
  ): Promise<StreamableFile> {
    const { scope, view, now } = await this.context.of(actor);
    const { line, duty, stage, category, overdue, purpose } = asked;
    const filter = { unitPath: pathOf(asked.unit ?? actor.unitId, view), line, duty, stage, category, overdue, listId: asked.list };
    await this.workbooks.mustFit(scope, filter);
    await this.log.record({
      kind: 'exported',
      accountId: account.accountId,
      personId: account.personId,
      detail: { what: 'round-trip', unit: actor.unitId },
    });
    const file = new PassThrough();
    this.workbooks
      .write(file, scope, filter, {
        reader: view.person(actor.personId)?.name ?? actor.personId,
        unit: { id: actor.unitId, name: view.unit(actor.unitId)?.name ?? actor.unitId },
        at: now,
        purpose,
        categoryName: (code) => categoryName(view, code),
      })
      .catch((error: unknown) => {
        this.logger.error('a workbook broke off');
        file.destroy(error instanceof Error ? error : new Error('a workbook broke off'));
      });
    return new StreamableFile(file, { type: XLSX, disposition: 'attachment; filename="round-trip.xlsx"' });
  }

  /** multipart/form-data with `file`, the filled workbook. It is read and previewed behind. */
  @Post()
  @HttpCode(202)
  @FormBody(noFields)
  @Access({ roles: UNIT, note: 'send a filled workbook back 交回填报表' })
  async upload(@Req() request: FastifyRequest, @InWriting() { by, commandId }: Writing): Promise<RoundTripAnswer> {
    const part = request.isMultipart() ? await request.file({ limits: { fileSize: LIMITS.fileBytes } }) : undefined;
    if (part === undefined) throw fileRequired();
    const bytes = await part.toBuffer();
    const job = await this.roundTrips.receive(bytes, fileNameOf(part.filename), by, commandId);
    // A repeated key answers with the first one: another file under it was not taken.
    if (job.fileHash !== createHash('sha256').update(bytes).digest('hex')) throw keyReused();
    return answer(job);
  }

  /** Of the own unit, newest first. */
  @Get()
  @Access({ roles: UNIT, note: 'workbooks that came back 本单位交回的填报表' })
  async all(@CurrentActor() by: Actor): Promise<Readonly<{ roundTrips: readonly RoundTripAnswer[] }>> {
    return { roundTrips: (await this.roundTrips.list(by)).map(answer) };
  }

  /** State and progress; once read, how many rows would change something. */
  @Get(':id')
  @Access({ roles: UNIT, note: 'a workbook that came back 填报表预览' })
  async one(@Param('id', { schema: roundTripId }) id: string, @CurrentActor() by: Actor): Promise<RoundTripAnswer> {
    return answer(await this.mustFind(id, by));
  }

  /** Cell by cell: before, after, what it becomes or why not; after the run what became of each row. */
  @Get(':id/rows')
  @Access({ roles: UNIT, note: 'its rows cell by cell 填报表各行各格' })
  async rows(
    @Param('id', { schema: roundTripId }) id: string,
    @Query({ schema: rowsQuery }) { after, limit, only }: Of<typeof rowsQuery>,
    @CurrentActor() by: Actor,
  ): Promise<RoundTripRowsShown> {
    await this.mustFind(id, by);
    const rows = await this.roundTrips.rows(id, after, limit, only);
    return { rows: rows.map(shown), next: rows.length < limit ? null : (rows.at(-1)?.n ?? null) };
  }

  /** The changed rows become commands, behind. */
  @Post(':id/run')
  @HttpCode(202)
  @Access({ roles: UNIT, note: 'run the changed rows 办理填报内容' })
  async run(
    @Param('id', { schema: roundTripId }) id: string,
    @Body({ schema: runRequest }) body: Of<typeof runRequest>,
    @InWriting() { by }: Writing,
  ): Promise<RoundTripAnswer> {
    return answer(await this.roundTrips.run(await this.mustFind(id, by), body, by));
  }

  /** What was done stays done. */
  @Delete(':id')
  @Access({ roles: UNIT, note: 'cancel 取消填报' })
  async cancel(@Param('id', { schema: roundTripId }) id: string, @InWriting() { by }: Writing): Promise<RoundTripAnswer> {
    return answer(await this.roundTrips.cancel(await this.mustFind(id, by), by));
  }

  private async mustFind(id: string, by: Actor): Promise<RoundTripJob> {
    const job = await this.roundTrips.find(id, by);
    if (job === null) throw notFound();
    return job;
  }
}

const answer = ({ actor: _actor, unitId: _unit, ...job }: RoundTripJob): RoundTripAnswer => job;
/** Field by field: what is stored of a row says more than is shown. */
const shown = (row: RoundTripRow): RoundTripRowShown => ({
  n: row.n,
  sheetRow: row.sheetRow,
  number: row.number,
  findingId: row.findingId,
  legId: row.legId,
  state: row.state,
  reasons: row.reasons,
  since: row.since,
  cells: row.cells,
  confirmPersonal: row.confirmPersonal,
});
