import type { OfferedCommand } from '@app/findings';
import type { Actor, FindingId } from '@app/kernel';
import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { etagOf } from '../platform/etag';
import { PEOPLE } from '../reading/reader-context';
import { Access, CurrentActor } from '../security/access';
import { FindingAccess } from './finding-access';
import { findingId } from './finding.requests';
import { OfferDesk } from './offer-desk';

/** The code and the sentences that the command itself would be refused with. */
export type OfferRefusal = Readonly<{ code: string; zh: string; en: string }>;
export type Offer = Readonly<{
  command: OfferedCommand;
  /** Null: to the finding as a whole, or before there are legs. */
  legId: string | null;
  allowed: boolean;
  refusal: OfferRefusal | null;
}>;
export type Offers = Readonly<{ findingId: string; revision: number; offers: readonly Offer[] }>;

@ApiTags('reading 查阅')
@Controller('findings')
export class OffersController {
  constructor(
    private readonly desk: OfferDesk,
    private readonly access: FindingAccess,
  ) {}

  /**
   * What the reader may do now from the post acted from, and of everything else why not. Decided by the rules themselves on the
   * finding as it stands, and by the roles of each route; it never lags behind a write.
   */
  @Get(':id/offers')
  @Access({ roles: PEOPLE, note: 'offers 可办事项: whoever may see the finding, else 404' })
  async offers(
    @Param('id', { schema: findingId }) id: FindingId,
    @CurrentActor() by: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Offers> {
    await this.access.mustKnow(id, by);
    const { offers, revision } = await this.desk.offers(id, by);
    void reply.header('etag', etagOf(revision));
    return { findingId: id, revision: Number(revision), offers };
  }
}
