import type { Ack } from '@app/event-store';
import type { Actor, CommandId, FindingId, Instant, LegId, LocalDate, PersonId, UnitId } from '@app/kernel';
import { Command } from '@nestjs/cqrs';
import type { AddresseeKind, Rung } from '../domain/escalation.types';
import type { LadderRuleCommand } from '../domain/ladder-rules.decider';

type OfRung = Readonly<{ rung: Rung; dueAt: Instant }>;
/** What somebody wants done; clock, calendar, rules and people are looked up by the handler. */
export type LadderIntent =
  | Readonly<{ type: 'FollowLeg' }>
  | Readonly<{ type: 'ProposeRung'; data: OfRung }>
  /** What is left out is as the rule proposes it; `replyBy` null asks for no answer. */
  | Readonly<{
      type: 'IssueRung';
      data: OfRung &
        Readonly<{
          addressees?: readonly AddresseeKind[] | undefined;
          text?: string | undefined;
          replyBy?: LocalDate | null | undefined;
          /** With others, on one notice to that unit. */
          together?: Readonly<{ id: string; unitId: UnitId }> | undefined;
        }>;
    }>
  | Readonly<{ type: 'DeclineRung'; data: OfRung & Readonly<{ reason: string }> }>
  | Readonly<{ type: 'AnswerRung'; data: OfRung & Readonly<{ text: string }> }>
  | Readonly<{
      type: 'RecordInterview';
      data: Readonly<{
        dueAt: Instant;
        metOn: LocalDate;
        heldBy: readonly PersonId[];
        met: readonly PersonId[];
        agreed: string;
        nextOn: LocalDate | null;
      }>;
    }>;

export type LadderOptions = Readonly<{
  commandId: CommandId;
  by: Actor;
  on?: LocalDate | undefined;
  expected?: bigint | undefined;
  causationId?: string | undefined;
}>;

export const ladderStream = (findingId: FindingId, legId: LegId): string => `escalation-${findingId}-${legId}`;
/** All rules of the ladder stand in one stream: whoever starts a ladder reads them as they are. */
export const LADDER_RULES_STREAM = 'ladder-rules';

/** Envelope of every command to the ladder of one leg. Errors: DomainError of `ESCALATION_ERRORS`, and those of CommandRunner. */
export class HandleLadder extends Command<Ack> {
  constructor(
    readonly findingId: FindingId,
    readonly legId: LegId,
    readonly intent: LadderIntent,
    readonly options: LadderOptions,
  ) {
    super();
  }
}

/** One command on the rules of the ladder. */
export class HandleLadderRule extends Command<Ack> {
  constructor(
    readonly command: LadderRuleCommand,
    readonly commandId: CommandId,
    readonly expected?: bigint,
  ) {
    super();
  }
}
