import { renderPdf } from '@app/documents';
import { DeadlineQueries, FindingDetailQueries, type SeenFinding } from '@app/findings';
import type { Actor, FindingId } from '@app/kernel';
import { Controller, Get, Inject, Param, Query, StreamableFile, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { notFound } from '../platform/problem';
import { Access, CurrentActor } from '../security/access';
import { deadlinePaper } from './deadline-paper';
import { PEOPLE, ReaderContext, type Reading } from './reader-context';
import { ReadYourWritesInterceptor } from './read-your-writes.interceptor';
import { categoryName, deadlineAnswer, type ToldDeadline } from './reading.answers';
import { detailQuery, findingParam } from './reading.requests';

/** 期限溯源: how the due times of a finding came about, on the page and on paper. */
@ApiTags('reading 查阅')
@Controller('findings')
@UseInterceptors(ReadYourWritesInterceptor)
export class DeadlinesReadingController {
  constructor(
    @Inject(FindingDetailQueries) private readonly details: FindingDetailQueries,
    @Inject(DeadlineQueries) private readonly deadlines: DeadlineQueries,
    @Inject(ReaderContext) private readonly context: ReaderContext,
  ) {}

  /** Every clock of the finding that runs or stands, earliest first, with the account of its due time in words (期限溯源). */
  @Get(':id/deadlines')
  @Access({ roles: PEOPLE, note: 'deadlines 期限溯源: whoever may see it, else 404' })
  async clocks(
    @Param('id', { schema: findingParam }) id: FindingId,
    @Query({ schema: detailQuery }) _: z.output<typeof detailQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<Readonly<{ deadlines: readonly ToldDeadline[] }>> {
    const { deadlines } = await this.told(id, await this.context.of(actor));
    return { deadlines };
  }

  /** The same as a PDF, with who printed it and when (R40). */
  @Get(':id/deadlines.pdf')
  @Access({ roles: PEOPLE, note: 'deadlines on paper 期限溯源（打印）: whoever may see it, else 404' })
  async paper(
    @Param('id', { schema: findingParam }) id: FindingId,
    @Query({ schema: detailQuery }) _: z.output<typeof detailQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<StreamableFile> {
    const reading = await this.context.of(actor);
    const { finding, deadlines } = await this.told(id, reading);
    const { view, now } = reading;
    const printed = {
      by: view.person(actor.personId)?.name ?? actor.personId,
      unit: view.unit(actor.unitId)?.name ?? actor.unitId,
      at: now,
      category: categoryName(view, finding.category),
    };
    const bytes = await renderPdf(deadlinePaper(finding, deadlines, printed));
    return new StreamableFile(bytes, {
      type: 'application/pdf',
      length: bytes.length,
      disposition: 'attachment; filename="deadlines.pdf"',
    });
  }

  private async told(id: FindingId, reading: Reading): Promise<Readonly<{ finding: SeenFinding; deadlines: readonly ToldDeadline[] }>> {
    const finding = await this.details.seen(id, reading.scope);
    if (finding === null) throw notFound();
    const rows = await this.deadlines.ofFinding(id);
    return { finding, deadlines: rows.map((row) => deadlineAnswer(row, reading)) };
  }
}
