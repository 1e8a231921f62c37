import type { EscalationEvent } from '@app/escalation';
import type { RecordedEvent } from '@app/event-store';
import { idFrom, SYSTEM, type CommandId } from '@app/kernel';
import type { Policy } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { SupervisionSubject } from '../domain/supervision.types';
import { HandleSupervision, supervisionIdOf } from './handle-supervision';

/** The top rung of the ladder, issued by a named person, proposes its finding for the list; a leader decides. */
@Injectable()
export class ListingRungPolicy implements Policy {
  readonly name = 'listing-rung';
  readonly handles: readonly string[] = ['RungIssued'] satisfies readonly EscalationEvent['type'][];

  constructor(@Inject(CommandBus) private readonly bus: CommandBus) {}

  async react(stored: RecordedEvent): Promise<void> {
    const event = { type: stored.type, data: stored.data } as EscalationEvent;
    if (event.type !== 'RungIssued' || event.data.rung !== 'listing') return;
    const { findingId, number, unitId, text, by } = event.data;
    const subject: SupervisionSubject = { kind: 'finding', findingId, number, unitIds: [unitId] };
    const origin = { kind: 'rung', eventId: stored.id, issuedBy: by.personId } as const;
    const data = { subject, origin, reason: text, grounds: null, quietDays: 0 };
    const commandId = idFrom(stored.id, this.name) as CommandId;
    const intent = { type: 'ProposeListing', data } as const;
    await this.bus.execute(new HandleSupervision(supervisionIdOf(subject), intent, { by: SYSTEM, commandId, causationId: stored.id }));
  }
}
