import { touchedBy } from '@app/calendar';
import { pause } from '@app/event-store';
import type { FindingId, Instant, LegId, UnitId } from '@app/kernel';
import type { DueTime, WorkCalendar } from '@app/worktime';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DeadlineKey, DeadlineKind } from '../domain/finding.types';
import { findingDeadlineProjection } from './finding-deadline.projection';
import type { KnockingClock } from './finding-deadlines.policy';

export type DeadlineRow = Readonly<{
  findingId: FindingId;
  key: DeadlineKey;
  kind: DeadlineKind;
  legId: LegId | null;
  unitId: UnitId;
  running: boolean;
  due: DueTime;
}>;
export type WaitingClock = KnockingClock & Readonly<{ findingId: FindingId }>;
export type MovedRow = Readonly<{
  findingId: FindingId;
  number: string;
  key: DeadlineKey;
  because: 'calendar' | 'instruction' | 'upper';
  movedAt: string;
  from: DueTime | null;
  to: DueTime;
}>;

const PAGE = 2_000;
const LOOK_EVERY_MS = 50;
const MOST_MOVED = 10_000;
const COLUMNS = `finding_id as "findingId", key, kind, leg_id as "legId", unit_id as "unitId", running, due`;

type Sought = Readonly<{
  /** The due time itself may come until then. */
  dueBy: Instant;
  now: Instant;
  /** The latest due times whose reminders may come until then. */
  reminders: Readonly<{ three: Instant; one: Instant }>;
}>;

@Injectable()
export class DeadlineQueries {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Running clocks with a knock that has not had its effect, earliest due first, page by page. */
  async *waiting({ dueBy, now, reminders }: Sought): AsyncGenerator<readonly WaitingClock[]> {
    let after: readonly [string, string, string] = ['-infinity', '', ''];
    for (;;) {
      const rows: readonly {
        findingId: FindingId;
        key: string;
        kind: DeadlineKind;
        due: DueTime;
        since: Date;
        three: boolean;
        one: boolean;
        passed: boolean;
      }[] = await this.dataSource.query(
        `select finding_id as "findingId", key, kind, due, since, reminded_3 as three, reminded_1 as one, passed
           from finding_deadline
          where running and (due_at, finding_id, key) > ($1::timestamptz, $2, $3)
            and ((not passed and due_at <= $4)
              or (not reminded_3 and kind in ('rectify', 'stage') and due_at > $5 and due_at <= $6)
              or (not reminded_1 and kind not in ('triage', 'sign') and due_at > $5 and due_at <= $7))
          order by due_at, finding_id, key limit ${String(PAGE)}`,
        [...after, dueBy, now, reminders.three, reminders.one],
      );
      if (rows.length > 0) {
        yield rows.map(({ findingId, key, kind, due, since, three, one, passed }) => ({
          findingId,
          key,
          kind,
          due,
          since: since.toISOString() as Instant,
          given: [...(three ? [3] : []), ...(one ? [1] : [])],
          passed,
        }));
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return;
      after = [last.due.at, last.findingId, last.key];
    }
  }

  /** Clocks whose due time rests on days of a year, or all of them, page by page. */
  async *clocks(year: number | null): AsyncGenerator<readonly DeadlineRow[]> {
    let after: readonly [string, string] = ['', ''];
    for (;;) {
      const rows: readonly DeadlineRow[] = await this.dataSource.query(
        `select ${COLUMNS} from finding_deadline
          where (finding_id, key) > ($1, $2) and ($3::int is null or (first_year <= $3 and last_year >= $3))
          order by finding_id, key limit ${String(PAGE)}`,
        [...after, year],
      );
      if (rows.length > 0) yield rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE) return;
      after = [last.findingId, last.key];
    }
  }

  /** Waits until the rows show everything up to a position; false when they do not within `ms`. */
  async caughtUp(position: bigint, ms: number): Promise<boolean> {
    const giveUpAt = performance.now() + ms;
    for (;;) {
      const rows: readonly { position: string }[] = await this.dataSource.query(`select "position" from checkpoint where name = $1`, [
        findingDeadlineProjection.name,
      ]);
      if (BigInt(rows[0]?.position ?? '0') >= position) return true;
      if (performance.now() >= giveUpAt) return false;
      await pause(LOOK_EVERY_MS);
    }
  }

  /** Clocks of one finding, with their derivations. */
  ofFinding(findingId: FindingId): Promise<readonly DeadlineRow[]> {
    return this.dataSource.query(`select ${COLUMNS} from finding_deadline where finding_id = $1 order by due_at, key`, [findingId]);
  }

  /** What a calendar would move, before it is loaded: how many, and the first of them in full. */
  async preview(
    year: number,
    calendar: WorkCalendar,
    show = 200,
  ): Promise<Readonly<{ moved: number; confirmed: number; first: readonly Readonly<{ row: DeadlineRow; to: DueTime }>[] }>> {
    let moved = 0;
    let confirmed = 0;
    const first: { row: DeadlineRow; to: DueTime }[] = [];
    for await (const page of this.clocks(year)) {
      for (const touched of touchedBy(page, calendar)) {
        if (touched.moved) moved += 1;
        else confirmed += 1;
        if (touched.moved && first.length < show) first.push({ row: touched.row, to: touched.to });
      }
    }
    return { moved, confirmed, first };
  }

  /** Due times that were moved, newest first; `year` narrows to those that loading this year's calendar moved or confirmed. */
  async moved(filter: Readonly<{ year?: number; limit?: number }> = {}): Promise<readonly MovedRow[]> {
    const rows: readonly (Omit<MovedRow, 'movedAt'> & { movedAt: Date })[] = await this.dataSource.query(
      `select m.finding_id as "findingId", c.fold #>> '{state,core,number}' as number, m.key, m.because,
              m.moved_at as "movedAt", m.from_due as "from", m.to_due as "to"
         from moved_due_time m join finding_clock c using (finding_id)
        where $1::int is null or m.caused_by in (select event_id from calendar_year where year = $1)
        order by m.moved_at desc, m.finding_id, m.revision limit $2`,
      [filter.year ?? null, filter.limit ?? MOST_MOVED],
    );
    return rows.map((row) => ({ ...row, movedAt: row.movedAt.toISOString() }));
  }
}
