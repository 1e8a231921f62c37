import { UnitBurdenQueries, type FigureEntry } from '@app/findings';
import { ExaminationQueries, type ExaminationRow } from '@app/inspections';
import type { Actor, LocalDate } from '@app/kernel';
import {
  CaseFigureService,
  daysListed,
  HandleSupervision,
  supervisionIdOf,
  SupervisionQueries,
  type CaseCursor,
  type CaseRow,
  type CriterionCheck,
  type Grounds,
  type SupervisionFlag,
  type SupervisionId,
  type SupervisionIntent,
  type SupervisionRights,
} from '@app/supervision';
import { Body, Controller, Get, Inject, Param, Post, Put, Query, Res, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Body as Of } from '../findings/finding.requests';
import { etagOf } from '../platform/etag';
import { notFound } from '../platform/problem';
import { InWriting, type Writing } from '../platform/writing';
import { PEOPLE } from '../reading/reader-context';
import { ReadYourWritesInterceptor } from '../reading/read-your-writes.interceptor';
import { orBadCursor } from '../reading/reading-problems';
import { Access, CurrentActor } from '../security/access';
import { SupervisionDesk } from './supervision-desk';
import { caseAnswer, mayAnswer, namesForPlan, shownAnswer, type SupervisionCaseAnswer, type SupervisionShown } from './supervision.answers';
import {
  approvalRequest,
  behindQuery,
  casesQuery,
  declineRequest,
  flagsQuery,
  listingRequest,
  oneQuery,
  proposalRequest,
  refusalRequest,
  removalRequest,
  reportRequest,
  roundParam,
  supervisionId,
} from './supervision.requests';

const PROPOSERS = ['office', 'office-head', 'leader'] as const;
const DECIDERS = ['leader', 'office-head'] as const;
const UNIT = ['clerk', 'deputy', 'head'] as const;

export type SupervisionPage = Readonly<{ cases: readonly SupervisionShown[]; next: string | null }>;
export type SupervisionDetail = Readonly<{
  /** The newest first. */
  cases: readonly SupervisionCaseAnswer[];
  may: SupervisionRights;
  /** The criteria beside today's figures, while on the list. */
  today: readonly CriterionCheck[];
  /** Whom a plan may name, for who may put it on the list. */
  leaders: readonly Readonly<{ id: string; name: string }>[];
  rectifiers: readonly Readonly<{ id: string; name: string }>[];
}>;
export type SupervisionFlags = Readonly<{
  units: readonly Readonly<{ unitId: string; supervisionId: string; listedOn: LocalDate; days: number }>[];
  findings: readonly Readonly<{ findingId: string; supervisionId: string; listedOn: LocalDate; days: number }>[];
}>;
export type SupervisionWritten = Readonly<{ supervisionId: string; revision: string; position: string; changed: boolean }>;
/** What a proposal rests on: the legs counted, and what was examined. */
export type SupervisionBehind = Readonly<{
  grounds: Grounds;
  rows: readonly FigureEntry[];
  next: string | null;
  /** More was examined than is listed here, which is the newest. */
  examinedMore: boolean;
  examined: readonly (Omit<ExaminationRow, 'toldBy'> & Readonly<{ unitName: string }>)[];
}>;

const MOST_EXAMINED = 500;
const cursorOf = (next: CaseCursor | null): string | null =>
  next === null ? null : `${next.changedAt}~${next.supervisionId}~${String(next.round)}`;

/** 挂牌督办: who is on the list, who is proposed, what is reported, and how a case ends. */
@ApiTags('supervision 挂牌督办')
@Controller('supervision')
@UseInterceptors(ReadYourWritesInterceptor)
export class SupervisionController {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(SupervisionQueries) private readonly queries: SupervisionQueries,
    @Inject(SupervisionDesk) private readonly desk: SupervisionDesk,
    @Inject(CaseFigureService) private readonly figures: CaseFigureService,
    @Inject(UnitBurdenQueries) private readonly burdens: UnitBurdenQueries,
    @Inject(ExaminationQueries) private readonly examinations: ExaminationQueries,
  ) {}

  /** Last changed first. Units on the list are public; proposals and findings are for those they concern. */
  @Get()
  @Access({ roles: PEOPLE, note: 'supervision 挂牌督办: units on the list are public, the rest to those concerned' })
  async list(@Query({ schema: casesQuery }) asked: Of<typeof casesQuery>, @CurrentActor() actor: Actor): Promise<SupervisionPage> {
    const { scope, view, today } = await this.desk.reading(actor);
    const { states, limit, cursor } = asked;
    const page = await this.queries.page({ states, scope, after: cursor ?? null, limit });
    return { cases: page.cases.map((row) => shownAnswer(row, view, today)), next: cursorOf(page.next) };
  }

  /** The sign 挂牌 beside units; with `findingId` also beside that finding. */
  @Get('flags')
  @Access({ roles: PEOPLE, note: 'signs of supervision 挂牌标志: of units to all, of a finding to those who may know it' })
  async flags(
    @Query({ schema: flagsQuery }) { findingId }: Of<typeof flagsQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<SupervisionFlags> {
    const { view, today } = await this.desk.reading(actor);
    const known = findingId !== undefined && (await this.desk.knowsFinding(findingId, actor));
    const flags = await this.queries.flags();
    const shown = ({ supervisionId, listedOn }: SupervisionFlag) => ({
      supervisionId,
      listedOn,
      days: daysListed({ listedOn, removedOn: null }, today),
    });
    return {
      units: flags.flatMap((flag) => {
        const [unitId] = flag.unitIds;
        return flag.kind === 'unit' && unitId !== undefined ? [{ unitId: view.currentOf(unitId), ...shown(flag) }] : [];
      }),
      findings: flags.flatMap((flag) =>
        known && flag.kind === 'finding' && flag.subjectId === findingId ? [{ findingId: flag.subjectId, ...shown(flag) }] : [],
      ),
    };
  }

  /** Every case of one subject. ETag is the revision to send as If-Match. */
  @Get(':id')
  @Access({ roles: PEOPLE, note: 'a case of supervision 挂牌督办详情: those it concerns, else 404' })
  async one(
    @Param('id', { schema: supervisionId }) id: SupervisionId,
    @Query({ schema: oneQuery }) _: Of<typeof oneQuery>,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SupervisionDetail> {
    const reading = await this.desk.reading(actor);
    const cases = await this.desk.cases(id, reading);
    const { view, today } = reading;
    const [newest] = cases;
    void reply.header('etag', etagOf(BigInt(newest.revision)));
    const { state, plan, subject } = newest;
    const may = mayAnswer(newest, actor, view, today);
    return {
      cases: cases.map((row) => caseAnswer(row, view, today)),
      may,
      ...(may.decideListing ? namesForPlan(subject, view, today) : { leaders: [], rectifiers: [] }),
      today: state === 'listed' && plan !== null ? await this.figures.check(subject, plan.criteria) : [],
    };
  }

  /** The lists behind the numbers of a proposal, as of its day. 404 where no figures were compared. */
  @Get(':id/rounds/:round/grounds')
  @Access({ roles: PEOPLE, note: 'grounds of a proposal 挂牌依据: those it concerns, else 404' })
  async grounds(
    @Param('id', { schema: supervisionId }) id: SupervisionId,
    @Param('round', { schema: roundParam }) round: number,
    @Query({ schema: behindQuery }) { limit, cursor }: Of<typeof behindQuery>,
    @CurrentActor() actor: Actor,
  ): Promise<SupervisionBehind> {
    const reading = await this.desk.reading(actor);
    const row = (await this.desk.cases(id, reading)).find((one) => one.round === round);
    const grounds = row?.proposed.grounds ?? null;
    if (row === undefined || grounds === null || row.subject.kind !== 'unit') throw notFound();
    const { unitId } = row.subject;
    const { view } = reading;
    const when = { asOf: grounds.to, since: grounds.from };
    const page = await orBadCursor(this.burdens.behind(unitId, grounds.measure, when, { after: cursor ?? null, limit }));
    const { from, to } = grounds;
    const towns = view.allUnits().flatMap((unit) => (view.currentOf(unit.id) === view.currentOf(unitId) ? [unit.id] : []));
    const examined =
      grounds.of === 'department'
        ? await this.examinations.byTeams(from, to, MOST_EXAMINED + 1)
        : await this.examinations.ofTowns(towns, from, to, MOST_EXAMINED + 1);
    return {
      grounds,
      rows: page.rows,
      next: page.next,
      examinedMore: examined.length > MOST_EXAMINED,
      examined: examined
        .slice(0, MOST_EXAMINED)
        .map(({ toldBy: _by, ...one }) => ({ ...one, unitName: view.unit(one.unitId)?.name ?? one.unitId })),
    };
  }

  @Post()
  @Access({ roles: PROPOSERS, note: 'propose for the list 建议挂牌: the office, leaders' })
  async propose(
    @Body({ schema: proposalRequest }) { subject: asked, reason }: Of<typeof proposalRequest>,
    @InWriting() writing: Writing,
  ): Promise<SupervisionWritten> {
    const subject = await this.desk.subject(asked, writing.by);
    const data = { subject, origin: { kind: 'person' }, reason, grounds: null, quietDays: 0 } as const;
    return this.send(supervisionIdOf(subject), { type: 'ProposeListing', data }, writing);
  }

  @Put(':id/declination')
  @Access({ roles: DECIDERS, note: 'decline a proposal 不予挂牌: the leader in charge, the head of the office; 404 for others' })
  decline(
    @Param('id', { schema: supervisionId }) id: SupervisionId,
    @Body({ schema: declineRequest }) data: Of<typeof declineRequest>,
    @InWriting() writing: Writing,
  ): Promise<SupervisionWritten> {
    return this.act(id, { type: 'DeclineListing', data }, writing);
  }

  @Put(':id/listing')
  @Access({ roles: DECIDERS, note: 'put on the list 挂牌: the leader in charge, the head of the office; 404 for others' })
  listing(
    @Param('id', { schema: supervisionId }) id: SupervisionId,
    @Body({ schema: listingRequest }) data: Of<typeof listingRequest>,
    @InWriting() writing: Writing,
  ): Promise<SupervisionWritten> {
    return this.act(id, { type: 'PutOnList', data }, writing);
  }

  @Post(':id/reports')
  @Access({ roles: UNIT, note: 'report under supervision 挂牌进展报告: the unit itself; 404 for others' })
  report(
    @Param('id', { schema: supervisionId }) id: SupervisionId,
    @Body({ schema: reportRequest }) data: Of<typeof reportRequest>,
    @InWriting() writing: Writing,
  ): Promise<SupervisionWritten> {
    return this.act(id, { type: 'GiveReport', data }, writing);
  }

  /** Each criterion is checked against today's figures, and the check is stored beside the answers. */
  @Post(':id/removal-requests')
  @Access({ roles: ['deputy', 'head', 'office', 'office-head'], note: 'ask for removal 申请摘牌: who signs for the unit, the office' })
  askRemoval(
    @Param('id', { schema: supervisionId }) id: SupervisionId,
    @Body({ schema: removalRequest }) data: Of<typeof removalRequest>,
    @InWriting() writing: Writing,
  ): Promise<SupervisionWritten> {
    return this.act(id, { type: 'AskRemoval', data }, writing);
  }

  @Put(':id/removal-refusal')
  @Access({ roles: ['leader'], note: 'refuse the removal 不予摘牌: the leader in charge; 404 for others' })
  refuseRemoval(
    @Param('id', { schema: supervisionId }) id: SupervisionId,
    @Body({ schema: refusalRequest }) data: Of<typeof refusalRequest>,
    @InWriting() writing: Writing,
  ): Promise<SupervisionWritten> {
    return this.act(id, { type: 'RefuseRemoval', data }, writing);
  }

  /** Where a criterion is not met by the figures of the day, only with a reason. */
  @Put(':id/removal')
  @Access({ roles: ['leader'], note: 'approve the removal 摘牌: the leader in charge; 404 for others' })
  approveRemoval(
    @Param('id', { schema: supervisionId }) id: SupervisionId,
    @Body({ schema: approvalRequest }) data: Of<typeof approvalRequest>,
    @InWriting() writing: Writing,
  ): Promise<SupervisionWritten> {
    return this.act(id, { type: 'ApproveRemoval', data }, writing);
  }

  private async act(id: SupervisionId, intent: SupervisionIntent, writing: Writing): Promise<SupervisionWritten> {
    const known: CaseRow = await this.desk.mustKnow(id, writing.by);
    return this.send(known.supervisionId, intent, writing);
  }

  private async send(id: SupervisionId, intent: SupervisionIntent, writing: Writing): Promise<SupervisionWritten> {
    const { by, commandId } = writing;
    const ack = await this.bus.execute(new HandleSupervision(id, intent, { by, commandId, expected: writing.seen() }));
    writing.tag(ack.revision);
    return { supervisionId: id, revision: String(ack.revision), position: String(ack.position), changed: ack.changed };
  }
}
