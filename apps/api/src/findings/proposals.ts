import { FindingReader, LegProposals, type FindingIntent, type LegProposal } from '@app/findings';
import type { FindingId } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { notFound } from '../platform/problem';
import type { Body, transferRequest } from './finding.requests';

type Typed = Omit<Body<typeof transferRequest>, 'on'>;
type TransferIntent = Extract<FindingIntent, { type: 'TransferFinding' }>;

/** What the category's rule proposes for a finding today, and a transfer measured against it. */
@Injectable()
export class Proposals {
  constructor(
    private readonly reader: FindingReader,
    private readonly proposals: LegProposals,
  ) {}

  async of(id: FindingId): Promise<LegProposal> {
    const { state } = await this.reader.load(id);
    if (state.phase === 'absent') throw notFound();
    return this.proposals.for(state.core);
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
