import type { Refusal } from '@app/findings';
import type { Actor, CommandId, LocalDate, UnitId } from '@app/kernel';
import { Command } from '@nestjs/cqrs';
import type { AddresseeKind, ChosenRung, JointRung } from '../domain/escalation.types';

export const togetherStream = (id: string): string => `rungs-together-${id}`;
export const togetherIdOf = (stream: string): string => stream.slice(togetherStream('').length);

/** `addressees` null: those of each one's rule; `text` null: the usual one; `replyBy` null: no answer is asked for. */
export type RungsTogether = Readonly<{
  rung: JointRung;
  unitId: UnitId;
  rungs: readonly ChosenRung[];
  addressees: readonly AddresseeKind[] | null;
  text: string | null;
  replyBy: LocalDate | null;
}>;
/** Refused: it stays as it was. */
export type RungOutcome = ChosenRung & Readonly<{ refusal: Refusal | null }>;
/** `position`: give it to a read that must see all of it. */
export type TogetherAck = Readonly<{ position: bigint; outcomes: readonly RungOutcome[] }>;

/** Several proposals of one unit are issued, each by the rules of its own ladder, and those that are go out as one notice. */
export class HandleRungsTogether extends Command<TogetherAck> {
  /** `together` null: what was chosen before under this id is brought to its end. */
  constructor(
    readonly id: string,
    readonly together: RungsTogether | null,
    readonly options: Readonly<{ commandId: CommandId; by: Actor; on?: LocalDate | undefined; causationId?: string | undefined }>,
  ) {
    super();
  }
}
