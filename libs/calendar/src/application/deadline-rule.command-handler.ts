import { CommandRunner, type Ack } from '@app/event-store';
import { stampOf, type CommandId } from '@app/kernel';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { DeadlineRuleCommand } from '../domain/deadline-rule.commands';
import { deadlineRuleDecider } from '../domain/deadline-rule.decider';
import { DEADLINE_RULE_TYPES } from './calendar.event-types';

export const ruleStream = (ruleId: string): string => `rule-${ruleId}`;

/** One command on one deadline rule. Errors: DomainError with a code of `CALENDAR_ERRORS`, and those of CommandRunner. */
export class HandleDeadlineRule extends Command<Ack> {
  constructor(
    readonly command: DeadlineRuleCommand,
    readonly commandId: CommandId,
    readonly expected?: bigint,
  ) {
    super();
  }
}

@CommandHandler(HandleDeadlineRule)
export class DeadlineRuleCommandHandler implements ICommandHandler<HandleDeadlineRule> {
  constructor(@Inject(CommandRunner) private readonly runner: CommandRunner) {}

  execute({ command, commandId, expected }: HandleDeadlineRule): Promise<Ack> {
    const { at, on, by, data } = command;
    return this.runner.run({
      stream: ruleStream(data.ruleId),
      decider: deadlineRuleDecider,
      command,
      commandId,
      expected,
      types: DEADLINE_RULE_TYPES,
      act: { at, on, by: stampOf(by) },
    });
  }
}
