import { CommandRunner } from '@app/event-store';
import { Clock, DomainError, localDateOf, stampOf, type UnitId } from '@app/kernel';
import { Directory } from '@app/organisation';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { PlaceholderCommand } from '../domain/placeholder.commands';
import { placeholderDecider } from '../domain/placeholder.decider';
import { reject } from '../domain/placeholder.errors';
import { PLACEHOLDER_EVENT_TYPES } from '../domain/placeholder.event-types';
import { HandlePlaceholder, type PlaceholderAck } from './handle-placeholder';
import { PlaceholderNumbers } from './placeholder-numbers';

/** Units whose rows stand on the boards. */
const COUNTED = ['town', 'department', 'office', 'independent', 'company'];

@CommandHandler(HandlePlaceholder)
export class PlaceholderCommandHandler implements ICommandHandler<HandlePlaceholder> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(PlaceholderNumbers) private readonly numbers: PlaceholderNumbers,
    @Inject(Directory) private readonly directory: Directory,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async execute(request: HandlePlaceholder): Promise<PlaceholderAck> {
    const { placeholderId, intent, options } = request;
    if (intent.type !== 'RegisterPlaceholder') return this.run(request, intent, null);
    await this.mustBeCounted(intent.data.unitId);
    const number = await this.numbers.take(options.commandId, placeholderId);
    try {
      const ack = await this.run(request, { type: intent.type, data: { ...intent.data, placeholderId, number } }, number);
      await this.numbers.settle(options.commandId, 'used');
      return ack;
    } catch (error) {
      if (error instanceof DomainError) await this.numbers.settle(options.commandId, 'void', error.code);
      throw error;
    }
  }

  private async mustBeCounted(unitId: UnitId): Promise<void> {
    const unit = (await this.directory.view()).unit(unitId);
    if (unit === undefined || unit.status !== 'active' || !COUNTED.includes(unit.kind))
      reject('placeholder-unit-invalid', { unit: unitId });
  }

  private async run(
    { placeholderId, options }: HandlePlaceholder,
    intent: Pick<PlaceholderCommand, 'type' | 'data'>,
    number: string | null,
  ): Promise<PlaceholderAck> {
    const at = this.clock.now();
    const on = options.on ?? localDateOf(at);
    // The intent is one member of the union; spreading loses that, the value does not.
    const command = { ...intent, by: options.by, at, on } as PlaceholderCommand;
    const ack = await this.runner.run({
      stream: `placeholder-${placeholderId}`,
      decider: placeholderDecider,
      types: PLACEHOLDER_EVENT_TYPES,
      command,
      commandId: options.commandId,
      expected: options.expected,
      act: { at, on, by: stampOf(options.by) },
    });
    return { ...ack, placeholderId, number };
  }
}
