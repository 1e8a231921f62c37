import { CommandRunner, type Ack } from '@app/event-store';
import { Clock, localDateOf, stampOf } from '@app/kernel';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CarryOverCommand } from '../domain/carry-over.commands';
import { carryOverDecider } from '../domain/carry-over.decider';
import { CARRY_OVER_EVENT_TYPES } from '../domain/carry-over.event-types';
import { HandleCarryOver } from './handle-carry-over';

export const CARRY_OVER_STREAMS = 'carry-over-';

@CommandHandler(HandleCarryOver)
export class CarryOverCommandHandler implements ICommandHandler<HandleCarryOver> {
  constructor(
    @Inject(CommandRunner) private readonly runner: CommandRunner,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  execute({ carryOverId, intent, options }: HandleCarryOver): Promise<Ack> {
    const at = this.clock.now();
    const act = { by: options.by, at, on: options.on ?? localDateOf(at) };
    const command: CarryOverCommand =
      intent.type === 'CarryOver' ? { ...act, type: intent.type, data: { ...intent.data, carryOverId } } : { ...act, ...intent };
    return this.runner.run({
      stream: `${CARRY_OVER_STREAMS}${carryOverId}`,
      decider: carryOverDecider,
      types: CARRY_OVER_EVENT_TYPES,
      command,
      commandId: options.commandId,
      expected: options.expected,
      act: { at, on: act.on, by: stampOf(options.by) },
    });
  }
}
