import { Clock, DomainError, localDateOf, stampOf, type FindingId } from '@app/kernel';
import { CommandRunner, type Ack } from '@app/event-store';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { FindingCommand } from '../domain/finding.commands';
import { findingDecider } from '../domain/finding.decider';
import { FINDING_EVENT_TYPES } from '../domain/finding.event-types';
import { findingStream } from './finding-stream';
import { HandleFinding, type FindingAck, type HandleFindingOptions } from './handle-finding';
import { UpperReferences } from './upper-references';
import { WorldSource } from './world-source';

@CommandHandler(HandleFinding)
export class FindingCommandHandler implements ICommandHandler<HandleFinding> {
  constructor(
    private readonly runner: CommandRunner,
    private readonly clock: Clock,
    private readonly worlds: WorldSource,
    private readonly upper: UpperReferences,
  ) {}

  async execute({ findingId, intent, options }: HandleFinding): Promise<FindingAck> {
    const at = this.clock.now();
    const on = options.on ?? localDateOf(at);
    const world = await this.worlds.now(options.since);
    // The intent is one member of the union; spreading loses that, the value does not.
    const command = { ...intent, by: options.by, at, on, world } as FindingCommand;
    const claimed = intent.type === 'FileFinding' ? intent.data.upper : null;
    if (claimed !== null) await this.upper.claim(claimed, findingId);
    try {
      const ack = await this.run(findingId, command, options);
      return { ...ack, findingId };
    } catch (error) {
      if (claimed !== null && error instanceof DomainError && error.code !== 'finding-already-filed')
        await this.upper.release(claimed, findingId);
      throw error;
    }
  }

  private run(findingId: FindingId, command: FindingCommand, options: HandleFindingOptions): Promise<Ack> {
    return this.runner.run({
      stream: findingStream(findingId),
      decider: findingDecider,
      command,
      commandId: options.commandId,
      expected: options.expected,
      causationId: options.causationId,
      types: FINDING_EVENT_TYPES,
      act: { at: command.at, on: command.on, by: stampOf(options.by) },
    });
  }
}
