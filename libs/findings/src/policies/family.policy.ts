import type { RecordedEvent } from '@app/event-store';
import { idFrom, SYSTEM, type CommandId, type FindingId, type LegId } from '@app/kernel';
import type { Policy } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { FindingHistories, type FindingHistory } from '../application/finding-history';
import { findingIdOf } from '../application/finding-stream';
import { HandleFinding, type FindingIntent } from '../application/handle-finding';
import type { FindingEvent, FindingSplit } from '../domain/finding.events';

type Child = FindingSplit['data']['children'][number];

/** What of a child's life tells the parent something. */
const HANDLES = [
  'FindingSplit',
  'LegPassed',
  'TurnedLongTerm',
  'FindingDismissed',
  'FindingWithdrawn',
  'FindingLinked',
  'LegSentBack',
  'ClearanceRevoked',
] as const satisfies readonly FindingEvent['type'][];

const REASON = '跨镇街问题按镇街拆分，行业条线挂在总问题上';

const fileChild = ({ filed }: FindingHistory, parentId: FindingId, child: Child): FindingIntent => {
  const { at: _at, on: _on, by: _by, triageDue: _due, ...data } = filed;
  return {
    type: 'FileFinding',
    data: {
      ...data,
      number: child.number,
      place: { townId: child.townId, villageId: null, text: filed.place.text },
      responsibleUnitId: child.townId,
      parentId,
      relapseOf: null,
      // The list counts the parent as one (R6), and so does the upper level; items stay with the parent.
      list: null,
      upper: null,
      items: [],
      capturedAt: null,
      lateEntry: null,
    },
  };
};

/** The child's one leg: what the town owes (R6). */
const transferChild = (child: Child): FindingIntent => ({
  type: 'TransferFinding',
  data: {
    legs: [{ legId: 'T' as LegId, unitId: child.townId, line: 'territorial', duty: 'acts', leads: true }],
    assisting: [],
    copies: [],
    proposed: null,
    overruledBecause: null,
    singleLegBecause: REASON,
    independent: null,
  },
});

const acceptChild = ({ state }: FindingHistory): FindingIntent | null => {
  const triaged = state.phase === 'accepted' ? state : state.phase === 'assigned' ? state.work : null;
  if (triaged === null || state.phase === 'absent') return null;
  const stages = triaged.stages.map(({ text, checkOn }) => ({ text, checkOn }));
  return {
    type: 'AcceptFinding',
    data: { rectification: triaged.rectification, seriousness: state.core.seriousness, reason: REASON, stages },
  };
};

/**
 * A finding over several towns (R6): a split makes the children, each accepted and transferred to its town;
 * what becomes of a child is told to the parent.
 */
@Injectable()
export class FamilyPolicy implements Policy {
  readonly name = 'family';
  readonly handles: readonly string[] = HANDLES;

  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(FindingHistories) private readonly histories: FindingHistories,
  ) {}

  async react(stored: RecordedEvent): Promise<void> {
    const id = findingIdOf(stored.stream);
    const event = { type: stored.type, data: stored.data } as FindingEvent;
    switch (event.type) {
      case 'FindingSplit':
        for (const child of event.data.children) await this.make(stored, id, child);
        return;
      case 'LegPassed':
        // Stands on the event after which every leg has passed.
        return event.data.verifyDue === null ? undefined : this.tellParent(stored, id, 'RecordChildPassed');
      case 'TurnedLongTerm':
      case 'FindingDismissed':
      case 'FindingWithdrawn':
      case 'FindingLinked':
        // Nothing more is owed by this town, so the parent waits for it no longer.
        return this.tellParent(stored, id, 'RecordChildPassed');
      case 'LegSentBack':
      case 'ClearanceRevoked':
        return this.tellParent(stored, id, 'RecordChildReopened');
      default:
        return;
    }
  }

  private async make(cause: RecordedEvent, parentId: FindingId, child: Child): Promise<void> {
    const parent = await this.histories.of(parentId);
    if (parent === null) return;
    const accept = acceptChild(parent);
    if (accept === null) return;
    await this.send(cause, child.findingId, fileChild(parent, parentId, child));
    await this.send(cause, child.findingId, accept);
    await this.send(cause, child.findingId, transferChild(child));
  }

  private async tellParent(cause: RecordedEvent, childId: FindingId, type: 'RecordChildPassed' | 'RecordChildReopened'): Promise<void> {
    const parentId = await this.histories.parentOf(childId);
    if (parentId !== null) await this.send(cause, parentId, { type, data: { childId } });
  }

  private async send(cause: RecordedEvent, findingId: FindingId, intent: FindingIntent): Promise<void> {
    const commandId = idFrom(cause.id, this.name, intent.type, findingId) as CommandId;
    const on = cause.metadata.businessDate;
    await this.bus.execute(new HandleFinding(findingId, intent, { commandId, by: SYSTEM, on, causationId: cause.id }));
  }
}
