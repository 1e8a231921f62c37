import type { Ack } from '@app/event-store';
import { idFrom, type Actor, type CommandId, type LocalDate } from '@app/kernel';
import { Command } from '@nestjs/cqrs';
import type { CarriedRow, CarryOverId } from '../domain/carry-over.types';

export type CarryOverIntent =
  Readonly<{ type: 'CarryOver'; data: CarriedRow }> | Readonly<{ type: 'WithdrawCarryOver'; data: Readonly<{ reason: string }> }>;

/** The id of a carry-over follows from its row, so that the same row is carried over once. */
export const carryOverIdOf = (rowId: string): CarryOverId => idFrom('carry-over', rowId) as CarryOverId;

/** Envelope of every command to a carry-over. */
export class HandleCarryOver extends Command<Ack> {
  constructor(
    readonly carryOverId: CarryOverId,
    readonly intent: CarryOverIntent,
    readonly options: Readonly<{ commandId: CommandId; by: Actor; on?: LocalDate | undefined; expected?: bigint | undefined }>,
  ) {
    super();
  }
}
