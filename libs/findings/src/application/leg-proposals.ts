import { Clock, localDateOf } from '@app/kernel';
import { Directory, type ProposedLeg } from '@app/organisation';
import { Injectable } from '@nestjs/common';
import type { Core } from '../domain/finding.state';
import { legIdOf, type LegPlan } from '../domain/finding.types';

export type LegProposal = Readonly<{ legs: readonly LegPlan[]; ruleVersion: string | null; single: string | null }>;

const asPlan = (leg: ProposedLeg): LegPlan => ({ ...leg, legId: legIdOf(leg.line) });

/** What the category's rule proposes for a finding today. */
@Injectable()
export class LegProposals {
  constructor(
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {}

  async for({ category, place, children }: Pick<Core, 'category' | 'place' | 'children'>): Promise<LegProposal> {
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
}
