import { touchedBy } from '@app/calendar';
import { DomainError, idFrom, SYSTEM, type CommandId, type FindingId, type Instant } from '@app/kernel';
import type { WorkCalendar } from '@app/worktime';
import { Inject, Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { HandleFinding } from '../application/handle-finding';
import type { DeadlineKey } from '../domain/finding.types';
import { DeadlineQueries } from './deadline.queries';

/** The same for every knock at this due time, whoever knocks. */
export const knockCommandId = (
  findingId: FindingId,
  { key, dueAt, before }: Readonly<{ key: DeadlineKey; dueAt: Instant; before: number }>,
) => idFrom('knock', findingId, key, dueAt, before) as CommandId;

/** The commands that deadlines send; the same knock or the same calendar gives the same command id, so its effect stands once. */
@Injectable()
export class DeadlineCommands {
  constructor(
    @Inject(CommandBus) private readonly bus: CommandBus,
    @Inject(DeadlineQueries) private readonly queries: DeadlineQueries,
  ) {}

  /** True when it had its effect now. A refusal by the rules is an answer, not a failure. */
  async reach(findingId: FindingId, key: DeadlineKey, dueAt: Instant, before: number): Promise<boolean> {
    const commandId = knockCommandId(findingId, { key, dueAt, before });
    try {
      const intent = { type: 'ReachDeadline', data: { key, dueAt, before } } as const;
      return (await this.bus.execute(new HandleFinding(findingId, intent, { commandId, by: SYSTEM }))).changed;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  /**
   * Moves every deadline that this calendar works out otherwise than it stands; returns how many moved or were confirmed.
   * `cause` is the event that loaded the calendar, null when the product was started with a newer one.
   * Without a year those that were worked out with other years than the calendar has are looked at, of whatever year.
   */
  async moveAll(calendar: WorkCalendar, year: number | null, cause: string | null): Promise<number> {
    let moved = 0;
    for await (const page of year === null ? this.queries.ofOtherCalendars(calendar) : this.queries.clocks(year)) {
      for (const { row, to } of touchedBy(page, calendar)) {
        const commandId = idFrom(cause ?? 'calendar', row.findingId, row.key, row.due.at, to.calendarVersion, to.at) as CommandId;
        const intent = { type: 'MoveDueTime', data: { key: row.key } } as const;
        const options = { commandId, by: SYSTEM, ...(cause === null ? {} : { causationId: cause }) };
        const ack = await this.bus.execute(new HandleFinding(row.findingId, intent, options));
        if (ack.changed) moved += 1;
      }
    }
    return moved;
  }
}
