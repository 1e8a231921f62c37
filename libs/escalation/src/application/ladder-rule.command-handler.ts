import { CommandRunner, type Ack } from '@app/event-store';
import { stampOf } from '@app/kernel';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { LADDER_RULE_EVENT_TYPES } from '../domain/escalation.event-types';
import { ladderRulesDecider } from '../domain/ladder-rules.decider';
import { HandleLadderRule, LADDER_RULES_STREAM } from './handle-ladder';

@CommandHandler(HandleLadderRule)
export class LadderRuleCommandHandler implements ICommandHandler<HandleLadderRule> {
  constructor(@Inject(CommandRunner) private readonly runner: CommandRunner) {}

  execute({ command, commandId, expected }: HandleLadderRule): Promise<Ack> {
    const { at, on, by } = command;
    return this.runner.run({
      stream: LADDER_RULES_STREAM,
      decider: ladderRulesDecider,
      types: LADDER_RULE_EVENT_TYPES,
      command,
      commandId,
      expected,
      act: { at, on, by: stampOf(by) },
    });
  }
}
