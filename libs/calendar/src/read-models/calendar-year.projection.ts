import type { RecordedEvent } from '@app/event-store';
import type { Projection } from '@app/read-store';
import type { EntityManager } from 'typeorm';
import type { CalendarYearEvent } from '../domain/calendar-year.events';

const HANDLES = { CalendarYearLoaded: true } satisfies Record<CalendarYearEvent['type'], boolean>;

/** Every edition of a year that was ever loaded, with who loaded it and from which circular. */
export const calendarYearProjection: Projection = {
  name: 'calendar-year',
  version: 2,
  handles: Object.keys(HANDLES),
  tables: ['calendar_year'],
  async apply(events: readonly RecordedEvent[], tx: EntityManager): Promise<void> {
    for (const event of events) {
      const { year, version, holidays, swappedWorkdays, reference, by } = event.data as CalendarYearEvent['data'];
      await tx.query(
        `insert into calendar_year (year, version, holidays, swapped_workdays, reference, loaded_by, loaded_at, event_position, event_id)
         values ($1, $2, $3::jsonb, $4::jsonb, $5, $6, $7, $8, $9)`,
        [
          year,
          version,
          JSON.stringify(holidays),
          JSON.stringify(swappedWorkdays),
          reference,
          by.personId,
          event.metadata.recordedAt,
          event.position.toString(),
          event.id,
        ],
      );
    }
  },
};
