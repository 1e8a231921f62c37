import type { RecordedEvent } from '@app/event-store';
import { deadlineKey, FINDING_STREAMS, findingIdOf, FindingReader, type DeadlineKey, type FindingEvent } from '@app/findings';
import { idFrom, SYSTEM, type CommandId, type FindingId, type LegId } from '@app/kernel';
import type { Policy } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { HandleLadder } from '../application/handle-ladder';
import type { EscalationEvent } from '../domain/escalation.events';

const RECTIFY = deadlineKey('rectify', '');

const rectifiedLeg = (key: DeadlineKey): readonly LegId[] => {
  const legId = key.slice(RECTIFY.length) as LegId;
  return key.startsWith(RECTIFY) ? [legId] : [];
};

/** Which legs an event of a finding may have made overdue, or no longer overdue. */
const touched = (event: FindingEvent): readonly LegId[] | 'all' => {
  switch (event.type) {
    case 'DeadlinePassed':
    case 'DueTimeMoved':
      return rectifiedLeg(event.data.key);
    case 'LegDelivered':
      return event.data.movedFrom === null ? [] : [event.data.legId];
    case 'LegSubmitted':
      // In time there was no ladder; late entries count as in time and may still have one (R16).
      return event.data.onTime && event.data.lateEntry === null ? [] : [event.data.legId];
    case 'LegReturned':
    case 'ReturnRuled':
    case 'RectifiedOnTheSpot':
    case 'ExtensionGranted':
    case 'PauseGranted':
    case 'PauseEnded':
      return [event.data.legId];
    case 'LegSentBack':
      return [event.data.legId, ...event.data.reopened.map(({ legId }) => legId)];
    case 'ClearanceRevoked':
      return event.data.legs.map(({ legId }) => legId);
    case 'FindingDismissed':
    case 'FindingWithdrawn':
    case 'FindingLinked':
    case 'TurnedLongTerm':
      return 'all';
    default:
      return [];
  }
};

/**
 * Tells the ladder of a leg to look at the leg's clock whenever it may have changed. A proposal looks once more at what it stands on:
 * the leg may have been handed in between the look and the proposal.
 */
@Injectable()
export class LadderPolicy implements Policy {
  readonly name = 'ladder';
  readonly handles: readonly string[] = [
    'DeadlinePassed',
    'DueTimeMoved',
    'LegDelivered',
    'LegSubmitted',
    'LegReturned',
    'ReturnRuled',
    'RectifiedOnTheSpot',
    'ExtensionGranted',
    'PauseGranted',
    'PauseEnded',
    'LegSentBack',
    'ClearanceRevoked',
    'FindingDismissed',
    'FindingWithdrawn',
    'FindingLinked',
    'TurnedLongTerm',
    'RungProposed',
  ] satisfies readonly (FindingEvent['type'] | EscalationEvent['type'])[];

  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(FindingReader) private readonly findings: FindingReader,
  ) {}

  async react(stored: RecordedEvent): Promise<void> {
    const event = { type: stored.type, data: stored.data } as FindingEvent | EscalationEvent;
    if (event.type === 'RungProposed') return this.follow(event.data.findingId, event.data.legId, stored);
    if (!stored.stream.startsWith(FINDING_STREAMS)) return;
    const findingId = findingIdOf(stored.stream);
    const legs = touched(event as FindingEvent);
    for (const legId of legs === 'all' ? await this.legsOf(findingId) : legs) await this.follow(findingId, legId, stored);
  }

  private async legsOf(findingId: FindingId): Promise<readonly LegId[]> {
    const { state } = await this.findings.load(findingId);
    return 'work' in state && state.work !== null ? (Object.keys(state.work.legs) as LegId[]) : [];
  }

  private async follow(findingId: FindingId, legId: LegId, { id }: RecordedEvent): Promise<void> {
    const options = { commandId: idFrom(id, this.name, legId) as CommandId, by: SYSTEM, causationId: id };
    await this.bus.execute(new HandleLadder(findingId, legId, { type: 'FollowLeg' }, options));
  }
}
