import { touchedBy } from '@app/calendar';
import { pause } from '@app/event-store';
import type { FindingId, Instant, LegId, UnitId } from '@app/kernel';
import { isOfCalendar, type DueTime, type WorkCalendar } from '@app/worktime';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { DeadlineKey, DeadlineKind } from '../domain/finding.types';
import { findingDeadlineProjection } from './finding-deadline.projection';
import { givenHourly, type KnockingClock } from './finding-deadlines.policy';

export type DeadlineRow = Readonly<{
  findingId: FindingId;
  key: DeadlineKey;
  kind: DeadlineKind;
  legId: LegId | null;
  unitId: UnitId;
  running: boolean;
  due: DueTime;
}>;
/** A clock that runs, as its row says it. */
export type SeenClock = Readonly<{
  findingId: FindingId;
  key: DeadlineKey;
  kind: DeadlineKind;
  /** Whose it is, and the position up to which that is so; null where there is no row. */
  seen: Readonly<{ legId: LegId | null; unitId: UnitId; independent: UnitId | null; position: bigint }> | null;
}>;
export type DueClock = SeenClock & Readonly<{ dueAt: Instant }>;
export type WaitingClock = KnockingClock & SeenClock;
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

type SeenRow = Readonly<{
  findingId: FindingId;
  key: DeadlineKey;
  kind: DeadlineKind;
  legId: LegId | null;
  unitId: UnitId;
  independent: UnitId | null;
  position: string | null;
}>;
type DueRow = SeenRow & Readonly<{ dueAt: Instant }>;
type WaitingRow = SeenRow & Readonly<{ due: DueTime; since: Date; three: boolean; one: boolean; passed: boolean; next: Date | null }>;

const SEEN = `finding_id as "findingId", key, kind, leg_id as "legId", unit_id as "unitId",
  (select "position" from checkpoint where name = '${findingDeadlineProjection.name}') as position,
  case when kind in ('review', 'verify') then (select c.fold #>> '{state,work,independent,unitId}' from finding_clock c
    where c.finding_id = finding_deadline.finding_id) end as independent`;
/** Without the derivation, which is most of a row. */
const OF_DUE = `${SEEN}, due ->> 'at' as "dueAt"`;
const OF_WAITING = `${SEEN}, due, since, reminded_3 as three, reminded_1 as one, passed, remind_at as next`;
const NOT_PASSED = 'due_at <= $4 and not passed';

const seenOf = ({ legId, unitId, independent, position }: SeenRow) => ({ legId, unitId, independent, position: BigInt(position ?? '0') });

const waitingOf = (row: WaitingRow): WaitingClock => {
  const { findingId, key, kind, due, since, three, one, passed, next } = row;
  const given = givenHourly(kind, due, (next?.toISOString() ?? null) as Instant | null) ?? [...(three ? [3] : []), ...(one ? [1] : [])];
  return { findingId, key, kind, due, since: since.toISOString() as Instant, given, passed, seen: seenOf(row) };
};

/** Which knocks are looked for. */
export type Sought = Readonly<{
  /** The due time itself may come until then. */
  dueBy: Instant;
  now: Instant;
  /** The latest due times whose reminders may come until then. */
  reminders: Readonly<{ three: Instant; one: Instant }>;
}>;

@Injectable()
export class DeadlineQueries {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {}

  /** Running clocks with a knock that has not had its effect, page by page: those due, then reminders of clocks in hours and in days. */
  async *waiting(sought: Sought): AsyncGenerator<readonly WaitingClock[]> {
    for await (const page of this.pages<WaitingRow>(OF_WAITING, NOT_PASSED, [sought.dueBy], ({ due }) => due.at)) yield page.map(waitingOf);
    yield* this.toRemind(sought);
  }

  /** Running clocks whose due time has come and has not had its effect, page by page. */
  async *due(now: Instant): AsyncGenerator<readonly DueClock[]> {
    for await (const page of this.pages<DueRow>(OF_DUE, NOT_PASSED, [now], ({ dueAt }) => dueAt)) {
      yield page.map((row) => ({ findingId: row.findingId, key: row.key, kind: row.kind, dueAt: row.dueAt, seen: seenOf(row) }));
    }
  }

  /** Of those that wait, the ones of which a reminder is sought. */
  async *toRemind({ dueBy, now, reminders }: Sought): AsyncGenerator<readonly WaitingClock[]> {
    const dueAt = ({ due }: WaitingRow): Instant => due.at;
    // Each kind has an index of its own; what is due was given with its reminders.
    const hourly = 'remind_at <= $4 and due_at > $5 and (passed or due_at > $4)';
    for await (const page of this.pages(OF_WAITING, hourly, [dueBy, now], dueAt)) yield page.map(waitingOf);
    const { three, one } = reminders;
    const daily = `not (reminded_3 and reminded_1) and due_at > $5 and due_at <= greatest($6::timestamptz, $7) and (passed or due_at > $4)
      and ((not reminded_3 and kind in ('rectify', 'stage') and due_at <= $6)
        or (not reminded_1 and kind not in ('triage', 'sign') and due_at <= $7))`;
    for await (const page of this.pages(OF_WAITING, daily, [dueBy, now, three, one], dueAt)) yield page.map(waitingOf);
  }

  /** The next page is asked for while the one before is worked on. */
  private async *pages<R extends SeenRow>(
    columns: string,
    where: string,
    values: readonly Instant[],
    dueAt: (row: R) => Instant,
  ): AsyncGenerator<readonly R[]> {
    const page = (after: readonly [string, string, string]): Promise<readonly R[]> =>
      this.dataSource.query(
        `select ${columns} from finding_deadline
          where running and (due_at, finding_id, key) > ($1::timestamptz, $2, $3) and ${where}
          order by due_at, finding_id, key limit ${String(PAGE)}`,
        [...after, ...values],
      );
    let next = page(['-infinity', '', '']);
    for (;;) {
      const rows = await next;
      const last = rows.length < PAGE ? undefined : rows.at(-1);
      if (last !== undefined) {
        next = page([dueAt(last), last.findingId, last.key]);
        // Who wants no more of them waits for none.
        next.catch(() => undefined);
      }
      if (rows.length > 0) yield rows;
      if (last === undefined) return;
    }
  }

  /** Clocks whose due time rests on days of a year, page by page. */
  clocks(year: number): AsyncGenerator<readonly DeadlineRow[]> {
    return this.ofRows('first_year <= $3 and last_year >= $3', year);
  }

  /** Clocks that were worked out with other years than this calendar has, page by page; those of its own years cost nothing. */
  async *ofOtherCalendars(calendar: WorkCalendar): AsyncGenerator<readonly DeadlineRow[]> {
    const versions: readonly { version: string }[] = await this.dataSource.query(
      `with recursive known (version) as (
         select min(calendar_version) from finding_deadline
         union all
         select (select min(calendar_version) from finding_deadline where calendar_version > known.version) from known
          where known.version is not null
       ) select version from known where version is not null`,
    );
    const others = versions.flatMap(({ version }) => (isOfCalendar(version, calendar) ? [] : [version]));
    if (others.length > 0) yield* this.ofRows('calendar_version = any($3::text[])', others);
  }

  private async *ofRows(where: string, value: unknown): AsyncGenerator<readonly DeadlineRow[]> {
    let after: readonly [string, string] = ['', ''];
    for (;;) {
      const rows: readonly DeadlineRow[] = await this.dataSource.query(
        `select ${COLUMNS} from finding_deadline where (finding_id, key) > ($1, $2) and ${where} order by finding_id, key limit ${String(PAGE)}`,
        [...after, value],
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
