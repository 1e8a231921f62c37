import { FindingReader, legIdOf, type FindingIntent, type LegPlan } from '@app/findings';
import { Clock, localDateOf, type FindingId } from '@app/kernel';
import { Directory, type ProposedLeg } from '@app/organisation';
import { Injectable } from '@nestjs/common';
import { notFound } from '../platform/problem';
import type { Body, transferRequest } from './finding.requests';

export type Proposal = Readonly<{ legs: readonly LegPlan[]; ruleVersion: string | null; single: string | null }>;
type Typed = Omit<Body<typeof transferRequest>, 'on'>;
type TransferIntent = Extract<FindingIntent, { type: 'TransferFinding' }>;

const asPlan = (leg: ProposedLeg): LegPlan => ({ ...leg, legId: legIdOf(leg.line) });

/** What the category's rule proposes for a finding today, and a transfer measured against it. */
@Injectable()
export class Proposals {
  constructor(
    private readonly reader: FindingReader,
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  async of(id: FindingId): Promise<Proposal> {
    const { state } = await this.reader.load(id);
    if (state.phase === 'absent') throw notFound();
    const { category, place, children } = state.core;
    const view = await this.directory.view();
    const proposal = view.proposal(category, place.townId, localDateOf(this.clock.now()));
    const legs = proposal.legs.map(asPlan);
    // What the towns owe hangs on the children of a split; the department's leg alone stays with the parent (R6).
    const kept =
      children.length === 0
        ? legs
        : legs.filter((leg) => leg.line !== 'territorial').map((leg) => ({ ...leg, leads: leg.duty === 'acts' }));
    return { ...proposal, legs: kept };
  }

  /** Without legs the proposal is taken as it is. */
  async transfer(id: FindingId, { legs, ...data }: Typed): Promise<TransferIntent> {
    const proposal = await this.of(id);
    return {
      type: 'TransferFinding',
      data: { ...data, legs: legs ?? proposal.legs, proposed: proposal.legs.length === 0 ? null : proposal.legs },
    };
  }
}
