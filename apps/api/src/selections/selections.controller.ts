import { FindingQueries } from '@app/findings';
import type { Actor, FindingId } from '@app/kernel';
import { NO_COUNTS, Selections, type RowFilter, type SelectionJob, type SelectionRow } from '@app/selections';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { OfferDesk } from '../findings/offer-desk';
import { notFound, ProblemError } from '../platform/problem';
import { InWriting, type Writing } from '../platform/writing';
import { PEOPLE, ReaderContext } from '../reading/reader-context';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { filterOf, pathOf } from '../reading/reading.requests';
import { Access, CurrentActor, FORBIDDEN } from '../security/access';
import {
  commonOf,
  rowShown,
  sampledShown,
  summaryOf,
  type SelectionAnswer,
  type SelectionRowsShown,
  type SelectionSummary,
} from './selection.answers';
import {
  emptyRequest,
  exceptionsFor,
  exceptionsRequest,
  openRequest,
  rowsQuery,
  runRequest,
  saidFor,
  sampleFinding,
  sampleRequest,
  selectionId,
  type AskedFilter,
  type Body as Of,
  type Invalid,
} from './selection.requests';

/** One step on many rows: looked at first, then run, each row with its own result. Only the unit that opened one sees it. */
@ApiTags('selections 批量办理')
@Controller('selections')
@UseInterceptors(ReadYourWritesInterceptor)
export class SelectionsController {
  constructor(
    @Inject(Selections) private readonly selections: Selections,
    @Inject(ReaderContext) private readonly context: ReaderContext,
    @Inject(FindingQueries) private readonly findings: FindingQueries,
    @Inject(OfferDesk) private readonly offers: OfferDesk,
  ) {}

  /** Fixes the rows, given by ids or by a filter that is asked once; looking at each goes on behind. */
  @Post()
  @HttpCode(202)
  @Access({ roles: PEOPLE, note: 'open a selection 批量办理' })
  async open(
    @Body({ schema: openRequest }) body: Of<typeof openRequest>,
    @InWriting() { by, commandId }: Writing,
  ): Promise<SelectionAnswer> {
    const { step, title = '', rows = [], filter } = body;
    if (!this.offers.opens(step, by)) throw new ProblemError(403, 'forbidden', FORBIDDEN);
    const said = orInvalid(saidFor(step, body.data));
    const exceptions = orInvalid(exceptionsFor(step, said, body.exceptions));
    const asked = filter === undefined ? rows : await this.filterOf(filter, by);
    return this.answer(await this.selections.open({ step, title, rows: asked, said, exceptions }, by, commandId), by);
  }

  @Get()
  @Access({ roles: PEOPLE, note: 'selections of the own unit 本单位的批量办理' })
  async all(@CurrentActor() by: Actor): Promise<Readonly<{ selections: readonly SelectionSummary[] }>> {
    const [{ view }, jobs] = await Promise.all([this.context.of(by), this.selections.list(by)]);
    const counts = await this.selections.counts(jobs.map((job) => job.selectionId));
    return { selections: jobs.map((job) => summaryOf(job, counts.get(job.selectionId) ?? NO_COUNTS, view)) };
  }

  /** State, counts and progress; the sample where one was drawn. */
  @Get(':id')
  @Access({ roles: PEOPLE, note: 'a selection 批量办理详情: of the own unit, else 404' })
  async one(@Param('id', { schema: selectionId }) id: string, @CurrentActor() by: Actor): Promise<SelectionAnswer> {
    return this.answer(await this.mustFind(id, by), by);
  }

  /** What would happen to each row, or what happened. */
  @Get(':id/rows')
  @Access({ roles: PEOPLE, note: 'rows of a selection 批量办理的行: of the own unit, else 404' })
  async rows(
    @Param('id', { schema: selectionId }) id: string,
    @Query({ schema: rowsQuery }) { after, limit, only }: Of<typeof rowsQuery>,
    @CurrentActor() by: Actor,
  ): Promise<SelectionRowsShown> {
    const job = await this.mustFind(id, by);
    const rows = await this.selections.rows(job.selectionId, after, limit, only);
    const found = await this.seen(rows, by);
    return {
      rows: rows.map((row) => rowShown(row, found.get(row.findingId))),
      next: rows.length < limit ? null : (rows.at(-1)?.n ?? null),
    };
  }

  /** These exceptions in place of the earlier ones; the rows they concern are looked at again. */
  @Put(':id/exceptions')
  @HttpCode(202)
  @Access({ roles: PEOPLE, note: 'exceptions by row 逐行例外' })
  async except(
    @Param('id', { schema: selectionId }) id: string,
    @Body({ schema: exceptionsRequest }) body: Of<typeof exceptionsRequest>,
    @InWriting() { by }: Writing,
  ): Promise<SelectionAnswer> {
    const job = await this.mustFind(id, by);
    if (job.said === null || job.step === 'Prepared') throw notFound();
    const exceptions = orInvalid(exceptionsFor(job.step, job.said, body.exceptions));
    return this.answer(await this.selections.setExceptions(job, exceptions), by);
  }

  /** Confirms count and list. Verifying draws its sample first; everything else begins. */
  @Post(':id/run')
  @HttpCode(202)
  @Access({ roles: PEOPLE, note: 'run a selection 确认办理' })
  async run(
    @Param('id', { schema: selectionId }) id: string,
    @Body({ schema: runRequest }) { evenIfChanged }: Of<typeof runRequest>,
    @InWriting() { by }: Writing,
  ): Promise<SelectionAnswer> {
    const job = await this.mustFind(id, by);
    if (job.step !== 'Prepared' && !this.offers.opens(job.step, by)) throw new ProblemError(403, 'forbidden', FORBIDDEN);
    return this.answer(await this.selections.run(job, evenIfChanged, by), by);
  }

  /** Rows that are done stay done. */
  @Post(':id/cancel')
  @HttpCode(202)
  @Access({ roles: PEOPLE, note: 'cancel a selection 取消批量办理' })
  async cancel(
    @Param('id', { schema: selectionId }) id: string,
    @Body({ schema: emptyRequest }) _: Of<typeof emptyRequest>,
    @InWriting() { by }: Writing,
  ): Promise<SelectionAnswer> {
    return this.answer(await this.selections.cancel(await this.mustFind(id, by), by), by);
  }

  /** What the check of one sample showed. One that failed blocks the batch; when all have passed the rest runs. */
  @Put(':id/sample/:findingId')
  @Access({ roles: PEOPLE, note: 'judge a sample 抽查结论' })
  async judge(
    @Param('id', { schema: selectionId }) id: string,
    @Param('findingId', { schema: sampleFinding }) finding: FindingId,
    @Body({ schema: sampleRequest }) judgement: Of<typeof sampleRequest>,
    @InWriting() { by }: Writing,
  ): Promise<SelectionAnswer> {
    return this.answer(await this.selections.judge(await this.mustFind(id, by), finding, judgement, by), by);
  }

  private async mustFind(id: string, by: Actor): Promise<SelectionJob> {
    const job = await this.selections.find(id, by);
    if (job === null) throw notFound();
    return job;
  }

  private async filterOf(asked: AskedFilter, by: Actor): Promise<RowFilter> {
    const { view } = await this.context.of(by);
    switch (asked.of) {
      case 'findings':
        return { of: 'findings', filter: filterOf(asked, view) };
      case 'legs': {
        const { line, duty, stage, category, overdue, list } = asked;
        return { of: 'legs', filter: { unitPath: pathOf(asked.unit, view), line, duty, stage, category, overdue, listId: list } };
      }
      case 'inbox':
        return { of: 'inbox', whole: asked.whose, work: asked.work, overdue: asked.overdue };
    }
  }

  private async seen(rows: readonly SelectionRow[], by: Actor) {
    const { scope } = await this.context.of(by);
    return this.findings.among(scope, [...new Set(rows.map((row) => row.findingId))]);
  }

  private async answer(job: SelectionJob, by: Actor): Promise<SelectionAnswer> {
    const [{ view }, counts] = await Promise.all([this.context.of(by), this.selections.counts([job.selectionId])]);
    const counted = counts.get(job.selectionId) ?? NO_COUNTS;
    const sampled = counted.sample === 0 ? [] : await this.selections.sample(job.selectionId);
    const found = await this.seen(sampled, by);
    const seed = sampled.length === 0 ? null : await this.selections.seed(job.selectionId);
    return {
      ...summaryOf(job, counted, view),
      data: commonOf(job),
      sample: sampled.length === 0 ? null : sampled.map((row) => sampledShown(row, found.get(row.findingId), view)),
      seed,
    };
  }
}

const orInvalid = <T extends object>(read: T | Invalid): T => {
  if (!('issues' in read)) return read;
  const { issues } = read;
  throw new ProblemError(400, 'invalid', { zh: '内容不符合要求，见 issues。', en: 'The content is not valid, see issues.' }, { issues });
};
