import { CommandRunner, type Ack } from '@app/event-store';
import { stampOf, type CommandId } from '@app/kernel';
import { Inject } from '@nestjs/common';
import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CalendarYearCommand } from '../domain/calendar-year.commands';
import { calendarYearDecider } from '../domain/calendar-year.decider';
import { CALENDAR_YEAR_TYPES } from './calendar.event-types';

export const calendarStream = (year: number): string => `calendar-${String(year)}`;

/** One command on one year's calendar. Errors: DomainError with a code of `CALENDAR_ERRORS`, and those of CommandRunner. */
export class HandleCalendarYear extends Command<Ack> {
  constructor(
    readonly command: CalendarYearCommand,
    readonly commandId: CommandId,
    readonly expected?: bigint,
  ) {
    super();
  }
}

@CommandHandler(HandleCalendarYear)
export class CalendarYearCommandHandler implements ICommandHandler<HandleCalendarYear> {
  constructor(@Inject(CommandRunner) private readonly runner: CommandRunner) {}

  execute({ command, commandId, expected }: HandleCalendarYear): Promise<Ack> {
    const { at, on, by, data } = command;
    return this.runner.run({
      stream: calendarStream(data.year),
      decider: calendarYearDecider,
      command,
      commandId,
      expected,
      types: CALENDAR_YEAR_TYPES,
      act: { at, on, by: stampOf(by) },
    });
  }
}
