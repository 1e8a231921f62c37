import type { Ack } from '@app/event-store';
import { idFrom, type Actor, type CommandId } from '@app/kernel';
import { Command } from '@nestjs/cqrs';
import type { SupervisionCommand } from '../domain/supervision.commands';
import type { SupervisionId, SupervisionSubject } from '../domain/supervision.types';

export const supervisionIdOf = (subject: SupervisionSubject): SupervisionId =>
  idFrom('supervision', subject.kind, subject.kind === 'unit' ? subject.unitId : subject.findingId) as SupervisionId;
export const supervisionStream = (id: SupervisionId): string => `supervision-${id}`;

/** What somebody wants done; who, when, the calendar, the world and what the figures say and the number are added by the handler. */
type Intent<C> = C extends SupervisionCommand ? Readonly<{ type: C['type']; data: Omit<C['data'], 'checks' | 'number'> }> : never;
export type SupervisionIntent = Intent<SupervisionCommand>;

/** One command on the cases of one subject. Errors: DomainError with a code of `SUPERVISION_ERRORS`, and those of CommandRunner. */
export class HandleSupervision extends Command<Ack> {
  constructor(
    readonly supervisionId: SupervisionId,
    readonly intent: SupervisionIntent,
    readonly options: Readonly<{ by: Actor; commandId: CommandId; expected?: bigint | undefined; causationId?: string | null }>,
  ) {
    super();
  }
}
