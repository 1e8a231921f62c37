import { FindingRehearsals, type FindingIntent } from '@app/findings';
import type { Actor, FindingId, UnitId } from '@app/kernel';
import { Directory, type DirectoryView } from '@app/organisation';
import type { DueTime } from '@app/worktime';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { WithoutIdempotencyKey } from '../platform/idempotency';
import { accounted, type AccountedDue } from '../reading/reading.answers';
import { Access, CurrentActor } from '../security/access';
import { FindingAccess } from './finding-access';
import { findingId, transferPreviewRequest, type Body as Of } from './finding.requests';
import { Proposals } from './proposals';

export type PreviewedUnit = Readonly<{ id: string; name: string }>;
export type PreviewedLeg = Readonly<{
  legId: string;
  unit: PreviewedUnit;
  line: 'territorial' | 'sectoral' | 'owner';
  duty: 'acts' | 'guides';
  leads: boolean;
  /** With every step of how it came about, as the delivery would say it now. */
  due: AccountedDue;
  signDue: DueTime;
}>;
export type TransferPreview = Readonly<{
  findingId: string;
  revision: number;
  legs: readonly PreviewedLeg[];
  assisting: readonly PreviewedUnit[];
  copies: readonly PreviewedUnit[];
  overruledBecause: string | null;
  singleLegBecause: string | null;
}>;

/** The deadlines of a transfer before it is confirmed. */
@ApiTags('office 督查办')
@Controller('findings')
export class TransferPreviewsController {
  constructor(
    private readonly access: FindingAccess,
    private readonly proposals: Proposals,
    private readonly rehearsals: FindingRehearsals,
    private readonly directory: Directory,
  ) {}

  /**
   * Changes nothing. Refused as the transfer would be. An untriaged finding needs its `acceptance` beside: deadlines follow from
   * the kind of rectification.
   */
  @Post(':id/transfer-previews')
  @HttpCode(200)
  @WithoutIdempotencyKey()
  @Access({ roles: ['office', 'office-head', 'team-head'], note: 'preview a transfer 预览交办' })
  async preview(
    @Param('id', { schema: findingId }) id: FindingId,
    @Body({ schema: transferPreviewRequest }) { on, acceptance, ...body }: Of<typeof transferPreviewRequest>,
    @CurrentActor() by: Actor,
  ): Promise<TransferPreview> {
    await this.access.mustKnow(id, by);
    const [transfer, view] = await Promise.all([this.proposals.transfer(id, body), this.directory.view()]);
    const intents: readonly FindingIntent[] = acceptance === null ? [transfer] : [{ type: 'AcceptFinding', data: acceptance }, transfer];
    const { events, revision } = await this.rehearsals.of(id, intents, { by, on });
    const named = nameIn(view);
    const transferred = events.find((event) => event.type === 'FindingTransferred')?.data;
    const legs = events.flatMap((event) => {
      const plan = transferred?.legs.find((leg) => event.type === 'LegDelivered' && leg.legId === event.data.legId);
      if (event.type !== 'LegDelivered' || plan === undefined) return [];
      const { due, signDue } = event.data;
      return [
        { legId: plan.legId, unit: named(plan.unitId), line: plan.line, duty: plan.duty, leads: plan.leads, due: accounted(due), signDue },
      ];
    });
    return {
      findingId: id,
      revision: Number(revision),
      legs,
      assisting: (transferred?.assisting ?? []).map(named),
      copies: (transferred?.copies ?? []).map(named),
      overruledBecause: transferred?.overruledBecause ?? null,
      singleLegBecause: transferred?.singleLegBecause ?? null,
    };
  }
}

const nameIn =
  (view: DirectoryView) =>
  (id: UnitId): PreviewedUnit => ({ id, name: view.unit(id)?.name ?? id });
