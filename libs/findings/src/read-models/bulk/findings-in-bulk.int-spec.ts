import { createCodec, InMemoryEventStore, PostgresEventStore, type EventStore, type RecordedEvent } from '@app/event-store';
import { localDate, stampOf, type UnitId } from '@app/kernel';
import { PLACEHOLDER_EVENT_TYPES, type PlaceholderEvent, type PlaceholderId } from '@app/placeholders';
import { createDataSource, ProjectionRunner, type BulkProjections } from '@app/read-store';
import { forgetEvents, freshDatabase, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { findingDeadlineProjection } from '../../deadlines/finding-deadline.projection';
import { FINDING_EVENT_TYPES } from '../../domain/finding.event-types';
import { ACTORS, at, UNITS } from '../../testing/finding-builders';
import { claimed, randomLog } from '../../testing/random-logs';
import { RecordedLog, uuid } from '../../testing/recorded-events';
import { clearanceProjection } from '../figures/clearance.projection';
import { findingsProjection } from '../finding-list/findings.projection';
import { UNIT_EVENTS } from '../finding-list/unit.rows';
import { findingsInBulk } from './findings-in-bulk';

const codec = createCodec(
  FINDING_EVENT_TYPES,
  PLACEHOLDER_EVENT_TYPES,
  Object.fromEntries(Object.keys(UNIT_EVENTS).map((type) => [type, { version: 1 }])),
);
const PROJECTIONS = [findingsProjection, findingDeadlineProjection, clearanceProjection];
const TABLES = PROJECTIONS.flatMap(({ tables }) => tables);
const SEEDS = Array.from({ length: 2 }, () => Math.floor(Math.random() * 1e9));

const NEW_TOWN = 'town-new' as UnitId;
const registered: PlaceholderEvent = {
  type: 'PlaceholderRegistered',
  data: {
    at: at('2020-07-16'),
    on: localDate('2020-07-16'),
    by: stampOf(ACTORS.office),
    placeholderId: uuid(900) as unknown as PlaceholderId,
    number: 'XX-2020-0001',
    unitId: UNITS.town,
    source: 'upper',
  },
};

/** A random log with a merger, and units that are renamed, moved and set up in the midst of it and at its end. */
const logOf = (seed: number): readonly RecordedEvent[] => {
  const { log } = randomLog(seed, claimed);
  const told = new RecordedLog()
    .unit({ type: 'UnitRenamed', data: { unitId: UNITS.otherTown, name: '南山镇' } })
    .placeholder(uuid(900), registered)
    .unit({ type: 'UnitMoved', data: { unitId: UNITS.department, path: 'pd/office/dept-housing', formerPath: 'pd/dept-housing' } })
    .established(NEW_TOWN, '新镇', 'pd/town-new')
    .unit({ type: 'UnitMerged', data: { unitId: UNITS.otherTown, into: NEW_TOWN } })
    .established(UNITS.village, '东村', 'pd/town-new/village')
    .unit({ type: 'UnitRenamed', data: { unitId: UNITS.office, name: '清零办' } });
  const { events } = log;
  return told.events.reduce<readonly RecordedEvent[]>((all, event, i) => {
    const place = Math.floor((all.length * (i + 1)) / told.events.length);
    return [...all.slice(0, place), event, ...all.slice(place)];
  }, events);
};

describe.each(['PostgreSQL', 'another store'] as const)('What a rebuild in bulk makes of a log on %s', (kind) => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let store: EventStore;

  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  beforeEach(async () => {
    await forgetEvents(database);
    await dataSource.query(`truncate ${TABLES.join(', ')}`);
    await dataSource.query('delete from checkpoint');
    store = kind === 'PostgreSQL' ? new PostgresEventStore({ url: database.url }) : new InMemoryEventStore();
  });
  afterEach(async () => {
    await store.close();
  });

  const tables = async (): Promise<Record<string, unknown>> => {
    const read: [string, unknown][] = [];
    for (const table of TABLES) {
      const [row] = await dataSource.query<{ rows: unknown }[]>(
        `select coalesce(jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text), '[]') as rows from ${table} t`,
      );
      read.push([table, row?.rows]);
    }
    return Object.fromEntries(read);
  };

  it.each(SEEDS)('equals the live tables row for row, seed %i', async (seed) => {
    const log = logOf(seed);
    for (const { stream, id, type, version, data, metadata } of log) {
      await store.append(stream, 'any', [{ id, type, version, data, metadata }]);
    }
    const streams = new Set<string>();
    const seen: BulkProjections = {
      ...findingsInBulk,
      begin: (shared, rows, wanted) => {
        const fold = findingsInBulk.begin(shared, rows, wanted);
        return {
          stream: (events) => {
            streams.add(events[0]?.stream ?? '');
            fold.stream(events);
          },
          end: () => fold.end(),
        };
      },
    };
    const runner = new ProjectionRunner({
      store,
      dataSource,
      codec,
      projections: PROJECTIONS,
      bulk: { loaded: { bulk: [seen], codec } },
      pageSize: 150,
    });
    await runner.drain();
    const live = await tables();
    await dataSource.query(`truncate ${TABLES.join(', ')}`);
    await runner.rebuild();
    expect(await tables()).toStrictEqual(live);
    // By the way it was meant to go, and over all of them: units come by the shared fold, and a log may have a finding less.
    const folded = log.map(({ stream }) => stream).filter((stream) => !stream.startsWith('unit-'));
    expect([...streams].sort()).toStrictEqual([...new Set(folded)].sort());
  });
});
