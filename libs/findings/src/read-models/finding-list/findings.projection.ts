import type { RecordedEvent } from '@app/event-store';
import type { FindingId, UnitId } from '@app/kernel';
import { together, type Asked, type Projection, type Tx } from '@app/read-store';
import { FINDING_EVENT_TYPES } from '../../domain/finding.event-types';
import type { FindingEvent } from '../../domain/finding.events';
import { settled } from '../finding-detail/closed-as';
import { fold } from '../finding-detail/finding-view.fold';
import { NO_VIEW, type FindingView } from '../finding-detail/finding.view';
import { timelineRowOf } from '../finding-detail/timeline.row';
import { unitsIn } from '../finding-detail/units-in';
import { inboxOf } from '../inbox/inbox.row';
import { legRowsOf } from './finding-leg.row';
import { countersOf, rowOf } from './finding-list.row';
import { add, replace, upsert } from './rows';
import { isUnitTold, takeUnit, UNIT_EVENTS, unitBook } from './unit.rows';

const PREFIX = 'finding-';
type Told = Readonly<{ event: FindingEvent; recorded: RecordedEvent }>;
type Loaded = { view: FindingView; readonly before: readonly string[]; readonly told: Told[]; dirty: boolean };

const findingOf = (recorded: RecordedEvent): FindingId => recorded.stream.slice(PREFIX.length) as FindingId;

/** The findings a batch touches, loaded once, written once. */
class Batch {
  private readonly loaded = new Map<FindingId, Loaded>();

  constructor(private readonly tx: Tx) {}

  async load(ids: readonly FindingId[]): Promise<void> {
    const missing = ids.filter((id) => !this.loaded.has(id));
    if (missing.length === 0) return;
    const rows = await this.tx.query<{ finding_id: FindingId; view: FindingView; counted: string[] }[]>(
      `select finding_id, view, counted from finding_view where finding_id = any($1)`,
      [missing],
    );
    const known = new Map(rows.map((row) => [row.finding_id, row]));
    for (const id of missing) {
      const row = known.get(id);
      this.loaded.set(id, { view: row?.view ?? NO_VIEW, before: row?.counted ?? [], told: [], dirty: false });
    }
  }

  take(recorded: RecordedEvent): void {
    const entry = this.loaded.get(findingOf(recorded));
    if (entry === undefined || Number(recorded.revision) <= entry.view.revision) return;
    const event = { type: recorded.type, data: recorded.data } as FindingEvent;
    entry.view = fold(entry.view, event, Number(recorded.revision), recorded.position.toString());
    entry.told.push({ event, recorded });
    entry.dirty = true;
  }

  /** Their rows are to be made again although no event of their own came. */
  async again(ids: readonly FindingId[]): Promise<void> {
    await this.load(ids);
    for (const id of ids) {
      const entry = this.loaded.get(id);
      if (entry !== undefined) entry.dirty = true;
    }
  }

  /** What changed is written as it now stands, with the units as they now are; the rest is not touched, so that a rebuild does no more than the live run did. */
  async write(): Promise<void> {
    const entries = [...this.loaded].filter(([, entry]) => entry.dirty && entry.view.state.phase !== 'absent');
    for (const [id] of entries) this.loaded.delete(id);
    if (entries.length === 0) return;
    const ids = new Set<UnitId>(entries.flatMap(([, { view, told }]) => [...unitsIn(view), ...told.map((t) => t.event.data.by.unitId)]));
    const book = await unitBook(this.tx, [...ids].sort());
    const findings = entries.map(([id, entry]) => ({ id, ...entry, view: settled(entry.view, book) }));
    const lists = findings.flatMap(({ id, view }) => rowOf(id, view, book) ?? []);
    const counted = new Map(lists.map((row) => [row.finding_id, countersOf(row)]));
    const findingIds = findings.map(({ id }) => id);
    const views = findings.map(({ id, view }) => ({ finding_id: id, view, unit_ids: unitsIn(view), counted: counted.get(id) ?? [] }));
    const legs = findings.flatMap(({ id, view }) => legRowsOf(id, view, book));
    const inbox = findings.flatMap(({ id, view }) => inboxOf(id, view, book));
    const timeline = findings.flatMap(({ id, view, told }) =>
      told.map(({ event, recorded }) =>
        timelineRowOf(id, event, {
          eventId: recorded.id,
          revision: Number(recorded.revision),
          position: recorded.position.toString(),
          number: view.state.phase === 'absent' ? '' : view.state.core.number,
          unitName: book.unit(event.data.by.unitId).name,
        }),
      ),
    );
    await together(this.tx, [
      ...upsert('finding_view', ['finding_id'], views),
      ...upsert('finding_list', ['finding_id'], lists),
      ...replace('finding_leg', ['finding_id', 'leg_id'], findingIds, legs),
      ...replace('inbox_entry', ['finding_id', 'work', 'part'], findingIds, inbox),
      ...add('finding_event', timeline),
      ...count(findings.map(({ id, before }) => ({ before, after: counted.get(id) ?? [] }))),
    ]);
  }
}

const count = (changes: readonly Readonly<{ before: readonly string[]; after: readonly string[] }>[]): readonly Asked[] => {
  const deltas = new Map<string, number>();
  const bump = (keys: readonly string[], by: number): void => {
    for (const key of keys) deltas.set(key, (deltas.get(key) ?? 0) + by);
  };
  for (const { before, after } of changes) {
    bump(before, -1);
    bump(after, 1);
  }
  const rows = [...deltas].flatMap(([counter, n]) => {
    const [dimension = '', key = '', stage = ''] = counter.split('|');
    return n === 0 ? [] : [{ dimension, key, stage, n }];
  });
  if (rows.length === 0) return [];
  return [
    [
      `insert into finding_count as c (dimension, key, stage, n)
       select dimension, key, stage, n from jsonb_populate_recordset(null::finding_count, $1::jsonb)
       on conflict (dimension, key, stage) do update set n = c.n + excluded.n`,
      [JSON.stringify(rows)],
    ],
    [
      `delete from finding_count c using jsonb_populate_recordset(null::finding_count, $1::jsonb) t
       where c.dimension = t.dimension and c.key = t.key and c.stage = t.stage and c.n = 0`,
      [JSON.stringify(rows.filter(({ n }) => n < 0))],
    ],
  ];
};

const affectedBy = async (tx: Tx, units: readonly UnitId[]): Promise<readonly FindingId[]> => {
  if (units.length === 0) return [];
  const rows = await tx.query<{ finding_id: FindingId }[]>(
    `select finding_id from finding_view
     where unit_ids && (select array_agg(unit_id) from finding_unit where unit_id = any($1) or today_id = any($1))
     union
     select finding_id from inbox_entry where exists (select from finding_unit where unit_id = any($1) and kind = 'office')
     order by finding_id`,
    [units],
  );
  return rows.map((row) => row.finding_id);
};

/**
 * The list, the detail, the timeline, the inbox and the counters of findings: one fold of each finding's stream, so that
 * none of them can be seen without the others. A merger moves open legs by its own one event, deadlines unchanged (R14).
 */
export const findingsProjection: Projection = {
  name: 'findings',
  version: 5,
  handles: [...Object.keys(FINDING_EVENT_TYPES), ...Object.keys(UNIT_EVENTS)],
  tables: ['finding_unit', 'finding_view', 'finding_list', 'finding_leg', 'finding_event', 'inbox_entry', 'finding_count'],
  async apply(events, tx) {
    const batch = new Batch(tx);
    await batch.load([...new Set(events.filter((e) => e.stream.startsWith(PREFIX)).map(findingOf))]);
    for (const recorded of events) {
      if (!isUnitTold(recorded)) {
        await batch.load([findingOf(recorded)]);
        batch.take(recorded);
        continue;
      }
      // What came before the change of a unit is written with the units as they were.
      await batch.write();
      await batch.again(await affectedBy(tx, await takeUnit(tx, recorded, Number(recorded.revision))));
    }
    await batch.write();
  },
};
