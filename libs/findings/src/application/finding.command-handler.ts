import { Clock, localDateOf, stampOf } from '@app/kernel';
import { CommandRunner } from '@app/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { FindingCommand } from '../domain/finding.commands';
import { findingDecider } from '../domain/finding.decider';
import { FINDING_EVENT_TYPES } from '../domain/finding.event-types';
import { findingStream } from './finding-stream';
import { HandleFinding, type FindingAck } from './handle-finding';
import { WorldSource } from './world-source';

@CommandHandler(HandleFinding)
export class FindingCommandHandler implements ICommandHandler<HandleFinding> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
    private readonly worlds: WorldSource,
  ) {}

  async execute({ findingId, intent, options }: HandleFinding): Promise<FindingAck> {
    const at = this.clock.now();
    const on = options.on ?? localDateOf(at);
    const world = await this.worlds.now();
    // The intent is one member of the union; spreading loses that, the value does not.
    const command = { ...intent, by: options.by, at, on, world } as FindingCommand;
    const ack = await this.runner.run({
      stream: findingStream(findingId),
      decider: findingDecider,
      command,
      commandId: options.commandId,
      expected: options.expected,
      causationId: options.causationId,
      types: FINDING_EVENT_TYPES,
      act: { at, on, by: stampOf(options.by) },
    });
    return { ...ack, findingId };
  }
}
