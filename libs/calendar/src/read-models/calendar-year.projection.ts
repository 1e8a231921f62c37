import type { RecordedEvent } from '@app/event-store';
import { assertNever } from '@app/kernel';
import type { Projection, Tx } from '@app/read-store';
import type { CalendarYearEvent } from '../domain/calendar-year.events';

const HANDLES = { CalendarYearProposed: true, CalendarYearDeclined: true, CalendarYearLoaded: true } satisfies Record<
  CalendarYearEvent['type'],
  boolean
>;

const forget = (tx: Tx, year: number): Promise<unknown> => tx.query(`delete from calendar_proposal where year = $1`, [year]);

const take = async (tx: Tx, stored: RecordedEvent): Promise<void> => {
  const event = { type: stored.type, data: stored.data } as CalendarYearEvent;
  const { year, by } = event.data;
  await forget(tx, year);
  switch (event.type) {
    case 'CalendarYearDeclined':
      return;
    case 'CalendarYearProposed': {
      const { holidays, swappedWorkdays, reference } = event.data;
      await tx.query(
        `insert into calendar_proposal (year, holidays, swapped_workdays, reference, proposed_by, proposed_at, revision)
         values ($1, $2::jsonb, $3::jsonb, $4, $5, $6, $7)`,
        [
          year,
          JSON.stringify(holidays),
          JSON.stringify(swappedWorkdays),
          reference,
          by.personId,
          stored.metadata.recordedAt,
          stored.revision.toString(),
        ],
      );
      return;
    }
    case 'CalendarYearLoaded': {
      const { version, holidays, swappedWorkdays, reference, proposedBy, alone } = event.data;
      await tx.query(
        `insert into calendar_year
           (year, version, holidays, swapped_workdays, reference, loaded_by, loaded_at, event_position, event_id, proposed_by, alone)
         values ($1, $2, $3::jsonb, $4::jsonb, $5, $6, $7, $8, $9, $10, $11)`,
        [
          year,
          version,
          JSON.stringify(holidays),
          JSON.stringify(swappedWorkdays),
          reference,
          by.personId,
          stored.metadata.recordedAt,
          stored.position.toString(),
          stored.id,
          proposedBy ?? null,
          alone ?? false,
        ],
      );
      return;
    }
    default:
      return assertNever(event);
  }
};

/** Every edition of a year that was ever loaded, with who loaded it and from which circular, and what waits for a second person. */
export const calendarYearProjection: Projection = {
  name: 'calendar-year',
  version: 3,
  handles: Object.keys(HANDLES),
  tables: ['calendar_year', 'calendar_proposal'],
  async apply(events: readonly RecordedEvent[], tx: Tx): Promise<void> {
    for (const event of events) await take(tx, event);
  },
};
