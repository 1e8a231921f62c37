import { NeighbourQueries, type FindingStage, type Likeness, type Neighbour, type SubjectKind } from '@app/findings';
import type { Actor, FindingId } from '@app/kernel';
import type { DirectoryView } from '@app/organisation';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { labelOf } from '../findings/subjects';
import { WithoutIdempotencyKey } from '../platform/idempotency';
import { notFound } from '../platform/problem';
import { Access, CurrentActor } from '../security/access';
import { PEOPLE, ReaderContext } from './reader-context';
import { ReadYourWritesInterceptor } from './read-your-writes.interceptor';
import { categoryName } from './reading.answers';
import { detailQuery, findingParam, twinsRequest } from './reading.requests';

const SHOWN = 10;
const TWINS_SHOWN = 20;

export type NeighbourUnit = Readonly<{ id: string; name: string }>;
export type NeighbourFinding = Readonly<{
  findingId: string;
  number: string;
  stage: FindingStage;
  open: boolean;
  town: NeighbourUnit;
  village: NeighbourUnit | null;
  category: Readonly<{ code: string; name: string }>;
  /** Masked where it is a person or a household. */
  subject: Readonly<{ kind: SubjectKind; label: string }>;
  text: string;
  filedAt: string;
  dueAt: string | null;
}>;
export type SimilarFinding = NeighbourFinding & Readonly<{ reasons: readonly Likeness[] }>;
export type SimilarFindings = Readonly<{ findings: readonly SimilarFinding[] }>;
export type Twins = Readonly<{ findings: readonly NeighbourFinding[] }>;

/** What is there already that looks the same: for triage, and before filing. */
@ApiTags('reading 查阅')
@Controller('findings')
@UseInterceptors(ReadYourWritesInterceptor)
export class NeighboursController {
  constructor(
    @Inject(NeighbourQueries) private readonly neighbours: NeighbourQueries,
    @Inject(ReaderContext) private readonly context: ReaderContext,
  ) {}

  /** Up to ten, open ones first, each with why it is similar. Only what the reader may see. */
  @Get(':id/similar')
  @Access({ roles: PEOPLE, note: 'similar findings 相似问题: whoever may see it, else 404' })
  async similar(
    @Param('id', { schema: findingParam }) id: FindingId,
    @Query({ schema: detailQuery }) _: z.output<typeof detailQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<SimilarFindings> {
    const { scope, view } = await this.context.of(actor);
    const found = await this.neighbours.similar(id, scope, SHOWN);
    if (found === null) throw notFound();
    return { findings: found.map((one) => ({ ...neighbourAnswer(one, view), reasons: one.reasons })) };
  }

  /**
   * Open findings of the village (or town) and category, about the same masked name where one is given. Nothing of the question is
   * kept. Two people of one surname look the same: the reader decides.
   */
  @Post('twins')
  @HttpCode(200)
  @WithoutIdempotencyKey()
  @Access({
    roles: ['inspector', 'team-head', 'office', 'office-head', 'clerk', 'deputy', 'head'],
    note: 'open already 已有未销号的同类问题: those one may see',
  })
  async twins(@Body({ schema: twinsRequest }) asked: z.output<typeof twinsRequest>, @CurrentActor() actor: Actor): Promise<Twins> {
    const { scope, view } = await this.context.of(actor);
    const { townId = null, villageId = null, category, subject = null } = asked;
    const label = subject === null ? null : labelOf(subject);
    const found = await this.neighbours.twins({ townId, villageId, category, label }, scope, TWINS_SHOWN);
    return { findings: found.map((one) => neighbourAnswer(one, view)) };
  }
}

const neighbourAnswer = (one: Neighbour, view: DirectoryView): NeighbourFinding => ({
  findingId: one.findingId,
  number: one.number,
  stage: one.stage,
  open: one.open,
  town: { id: one.townId, name: one.townName },
  village: one.villageId === null ? null : { id: one.villageId, name: one.villageName ?? one.villageId },
  category: { code: one.category, name: categoryName(view, one.category) },
  subject: { kind: one.subjectKind, label: one.subjectLabel },
  text: one.text,
  filedAt: one.filedAt,
  dueAt: one.dueAt,
});
