import type { Actor, CommandId, FindingId, LocalDate } from '@app/kernel';
import type { Ack } from '@app/event-store';
import { Command } from '@nestjs/cqrs';
import type { FindingCommand } from '../domain/finding.commands';

type Intent<C> = C extends FindingCommand ? Readonly<Pick<C, 'type' | 'data'>> : never;
/** What somebody wants done; who, when and in which world is added by the handler. */
export type FindingIntent = Intent<FindingCommand>;

export type FindingAck = Ack & Readonly<{ findingId: FindingId }>;

export type HandleFindingOptions = Readonly<{
  commandId: CommandId;
  by: Actor;
  /** Business date somebody claims; today in Shanghai when absent. */
  on?: LocalDate | undefined;
  /** The revision the decision rests on (If-Match). */
  expected?: bigint | undefined;
  /** Since when what is known of the organisation holds for this command (`Directory.view`); it is looked at again when absent. */
  since?: number | undefined;
  /** The event that caused this command, when a policy sends it. */
  causationId?: string | undefined;
}>;

/** Envelope of every command to a finding: one class and one handler, however many commands there are. */
export class HandleFinding extends Command<FindingAck> {
  constructor(
    readonly findingId: FindingId,
    readonly intent: FindingIntent,
    readonly options: HandleFindingOptions,
  ) {
    super();
  }
}
