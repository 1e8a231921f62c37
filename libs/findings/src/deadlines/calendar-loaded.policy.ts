import { CalendarService, type CalendarYearLoaded } from '@app/calendar';
import type { RecordedEvent } from '@app/event-store';
import type { Policy } from '@app/read-store';
import { Inject, Injectable } from '@nestjs/common';
import { DeadlineCommands } from './deadline-commands';
import { DeadlineQueries } from './deadline.queries';

const READ_MODEL_WITHIN_MS = 10_000;

/** A year's calendar was loaded: the deadlines that rest on it move, each by an event of its own (R42). */
@Injectable()
export class CalendarLoadedPolicy implements Policy {
  readonly name = 'calendar-moves-deadlines';
  readonly handles = ['CalendarYearLoaded'];

  constructor(
    @Inject(CalendarService) private readonly calendars: CalendarService,
    @Inject(DeadlineQueries) private readonly queries: DeadlineQueries,
    @Inject(DeadlineCommands) private readonly commands: DeadlineCommands,
  ) {}

  async react(event: RecordedEvent): Promise<void> {
    const { year } = event.data as CalendarYearLoaded['data'];
    await this.calendars.knows(event.position);
    // A deadline that the read model does not show yet is found by the worker's regular comparison.
    await this.queries.caughtUp(event.position, READ_MODEL_WITHIN_MS);
    await this.commands.moveAll(this.calendars.calendar(), year, event.id);
  }
}
