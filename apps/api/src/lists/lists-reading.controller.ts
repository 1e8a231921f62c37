import { ClearanceQueries, type Zero } from '@app/findings';
import { localDateOf, type Actor, type ListId } from '@app/kernel';
import {
  ListQueries,
  NumberRegister,
  type ListRowView,
  type ListSummary,
  type ListSupplement,
  type RowContent,
  type RowSubject,
  type TakenNumber,
} from '@app/lists';
import { Controller, Get, Param, Query, Res, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { unitId } from '../findings/finding.requests';
import { etagOf } from '../platform/etag';
import { notFound } from '../platform/problem';
import { PEOPLE, ReaderContext } from '../reading/reader-context';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { Access, CurrentActor } from '../security/access';
import { listId, pageQuery, rowsQuery, type Body as Of } from './list.requests';

/** 整改清零 and 销号清零 with their days, and the days of their loss; null for who sees a part of the list. */
export type ListZeros = Readonly<{ zeros: readonly Zero[] | null }>;
export type ListWithZeros = ListSummary & ListZeros;

/** The sealed part of a subject stays inside: it is read by its own recorded act. */
export type ShownRowContent = Omit<RowContent, 'subject'> & Readonly<{ subject: Omit<RowSubject, 'sealed'> }>;
export type ShownListRow = Omit<ListRowView, 'content'> & Readonly<{ content: ShownRowContent }>;
export type ListRows = Readonly<{ rows: readonly ShownListRow[]; next: string | null }>;

const year = z.coerce.number().int().min(2000).max(2100);

/** Lists with what became of their rows, as far as the reader may see the findings. */
@ApiTags('lists 清单')
@Controller('lists')
@UseInterceptors(ReadYourWritesInterceptor)
export class ListsReadingController {
  constructor(
    private readonly lists: ListQueries,
    private readonly numbers: NumberRegister,
    private readonly clearance: ClearanceQueries,
    private readonly readers: ReaderContext,
  ) {}

  @Get()
  @Access({ roles: PEOPLE, note: 'lists 清单一览: those with a row one may see' })
  async all(
    @Query({ schema: pageQuery }) { limit }: Of<typeof pageQuery>,
    @CurrentActor() by: Actor,
  ): Promise<Readonly<{ lists: readonly ListWithZeros[] }>> {
    const { scope, now } = await this.readers.of(by);
    const lists = await this.lists.lists(scope, now, limit);
    // A zero is the whole list's (R37): who sees a part of it is not told of one.
    const zeros = scope.all ? await this.clearance.allZeros('list', localDateOf(now)) : null;
    return { lists: lists.map((list) => ({ ...list, zeros: zeros === null ? null : (zeros.get(list.listId) ?? []) })) };
  }

  /** Every number of a unit's series in a year: a gap is explained by what was refused. */
  @Get('numbers/:unitId/:year')
  @Access({ roles: ['office', 'office-head', 'auditor'], note: 'numbers of lists 清单文号登记' })
  async register(
    @Param('unitId', { schema: unitId }) issuer: string,
    @Param('year', { schema: year }) inYear: number,
  ): Promise<Readonly<{ numbers: readonly TakenNumber[] }>> {
    return { numbers: await this.numbers.explain(`问清-${issuer}-${String(inYear)}`) };
  }

  /** Numbers of findings that were taken and stand on none, with the refusal that came between. */
  @Get('numbers/findings/:year/gaps')
  @Access({ roles: ['office', 'office-head', 'auditor'], note: 'gaps in the numbers of findings 问题编号缺号' })
  async gaps(@Param('year', { schema: year }) inYear: number): Promise<Readonly<{ gaps: readonly TakenNumber[] }>> {
    return { gaps: await this.numbers.findingGaps(inYear, 500) };
  }

  @Get(':id')
  @Access({ roles: PEOPLE, note: 'a list with its counts 清单: with a row one may see' })
  async one(
    @Param('id', { schema: listId }) id: ListId,
    @CurrentActor() by: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ListWithZeros & Readonly<{ supplementsIssued: readonly ListSupplement[] }>> {
    const { scope, now } = await this.readers.of(by);
    const list = await this.lists.list(id, scope, now);
    if (list === null) throw notFound();
    void reply.header('etag', etagOf(BigInt(list.revision)));
    const zeros = scope.all ? await this.clearance.zeros('list', id, localDateOf(now)) : null;
    return { ...list, supplementsIssued: await this.lists.supplements(id), zeros };
  }

  @Get(':id/rows')
  @Access({ roles: PEOPLE, note: 'rows of a list 清单的行: those one may see' })
  async rows(
    @Param('id', { schema: listId }) id: ListId,
    @Query({ schema: rowsQuery }) { after, limit, only }: Of<typeof rowsQuery>,
    @CurrentActor() by: Actor,
  ): Promise<ListRows> {
    const { scope, now } = await this.readers.of(by);
    if ((await this.lists.list(id, scope, now)) === null) throw notFound();
    const rows = await this.lists.rows(id, scope, now, after ?? null, limit, only);
    return { rows: rows.map(shown), next: rows.length < limit ? null : (rows.at(-1)?.seq ?? null) };
  }
}

const shown = ({ content: { subject, ...content }, ...row }: ListRowView): ShownListRow => ({
  ...row,
  content: {
    ...content,
    subject: { kind: subject.kind, label: subject.label, subjectId: subject.subjectId, sensitive: subject.sensitive },
  },
});
