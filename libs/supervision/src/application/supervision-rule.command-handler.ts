import { CommandRunner, type Ack } from '@app/event-store';
import { Clock, localDateOf, stampOf, type Actor, type CommandId } from '@app/kernel';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { SUPERVISION_RULE_TYPES } from '../domain/supervision.event-types';
import { supervisionRuleDecider, type SupervisionRuleCommand } from '../domain/supervision-rule.decider';

type Intent<C> = C extends SupervisionRuleCommand ? Pick<C, 'type' | 'data'> : never;

/** One command on one rule. Errors: DomainError with a code of `SUPERVISION_ERRORS`, and those of CommandRunner. */
export class HandleSupervisionRule extends Command<Ack> {
  constructor(
    readonly intent: Intent<SupervisionRuleCommand>,
    readonly by: Actor,
    readonly commandId: CommandId,
    readonly expected?: bigint,
  ) {
    super();
  }
}

@CommandHandler(HandleSupervisionRule)
export class SupervisionRuleCommandHandler implements ICommandHandler<HandleSupervisionRule> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  execute({ intent, by, commandId, expected }: HandleSupervisionRule): Promise<Ack> {
    const at = this.clock.now();
    return this.runner.run({
      stream: `supervision-rule-${intent.data.ruleId}`,
      decider: supervisionRuleDecider,
      command: { ...intent, by, at },
      commandId,
      expected,
      types: SUPERVISION_RULE_TYPES,
      act: { at, on: localDateOf(at), by: stampOf(by) },
    });
  }
}
