import type { RecordedEvent } from '@app/event-store';
import { DomainError, idFrom, type Actor, type CommandId } from '@app/kernel';
import type { Policy } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { FindingHistories } from '../application/finding-history';
import { findingIdOf } from '../application/finding-stream';
import { HandleFinding } from '../application/handle-finding';
import type { FindingEvent } from '../domain/finding.events';
import { legsOf, type FindingState } from '../domain/finding.state';

type Assigned = Extract<FindingState, { phase: 'assigned' }>;

/** The leg that was rectified before the inspectors' eyes; null while there is none, or the photographs are not all there. */
const rectifiedLeg = ({ core, work }: Assigned) => {
  const phases = new Set(Object.values(core.evidence).flatMap((file) => (file.removed ? [] : [file.phase])));
  if (work.rectification !== 'immediate' || !phases.has('before') || !phases.has('after')) return null;
  const open = legsOf(work).filter((leg) => leg.duty === 'acts' && (leg.stage === 'delivered' || leg.stage === 'working'));
  return open.find((leg) => leg.line === 'territorial') ?? null;
};

/**
 * What inspectors put down as rectified on the spot becomes the leg's rectification once the finding is handed over as immediate
 * and evidence from before and after is there, whichever comes last: a photograph may follow when the network is back (R10, R11).
 */
@Injectable()
export class OnTheSpotPolicy implements Policy {
  readonly name = 'on-the-spot';
  readonly handles: readonly string[] = ['LegDelivered', 'EvidenceAdded'] satisfies readonly FindingEvent['type'][];

  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(FindingHistories) private readonly histories: FindingHistories,
  ) {}

  async react(stored: RecordedEvent): Promise<void> {
    const findingId = findingIdOf(stored.stream);
    if (!(await this.histories.wasSeenOnTheSpot(findingId))) return;
    const history = await this.histories.of(findingId);
    if (history?.state.phase !== 'assigned') return;
    const { onTheSpot: seen } = history.state.core;
    const leg = rectifiedLeg(history.state);
    if (seen === undefined || leg === null) return;
    const { rectifyingUnitId, personPresent, inspectors, text } = seen;
    const witness: Actor = { ...seen.by, roles: ['inspector'] };
    const data = { legId: leg.legId, rectifyingUnitId, personPresent, inspectors, text, evidence: [] };
    const options = { commandId: idFrom(stored.id, this.name) as CommandId, by: witness, on: seen.on, causationId: stored.id };
    try {
      await this.bus.execute(new HandleFinding(findingId, { type: 'RectifyOnTheSpot', data }, options));
    } catch (error) {
      // The unit moved on meanwhile: what was witnessed stays in the timeline, and the leg goes its ordinary way.
      if (!(error instanceof DomainError)) throw error;
    }
  }
}
