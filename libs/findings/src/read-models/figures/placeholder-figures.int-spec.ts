import { localDate, stampOf, type Act, type UnitId } from '@app/kernel';
import type { PlaceholderEvent, PlaceholderId } from '@app/placeholders';
import { createDataSource } from '@app/read-store';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { ACTORS, assigned, at, UNITS } from '../../testing/finding-builders';
import { RecordedLog, uuid } from '../../testing/recorded-events';
import { clearanceProjection } from './clearance.projection';
import { ClearanceQueries } from './clearance.queries';

const on = (day: string): Act => ({ at: at(day), on: localDate(day), by: stampOf(ACTORS.office) });
const registered = (n: number, day: string, unitId: UnitId): PlaceholderEvent => ({
  type: 'PlaceholderRegistered',
  data: { ...on(day), placeholderId: uuid(n) as unknown as PlaceholderId, number: `XX-2020-000${String(n)}`, unitId, source: 'upper' },
});
const settled = (day: string): PlaceholderEvent => ({ type: 'PlaceholderSettled', data: { ...on(day), documentNumber: '督〔2020〕3号' } });
const withdrawn = (day: string): PlaceholderEvent => ({
  type: 'PlaceholderWithdrawn',
  data: { ...on(day), ground: 'declassified', documentNumber: null },
});

let database: FreshDatabase;
let dataSource: DataSource;
let queries: ClearanceQueries;
const EVERYTHING = { subtree: true, seen: null } as const;
type Scope = 'county' | 'source' | 'town' | 'department';

const figures = async (scope: Scope, asOf: string): Promise<unknown> => {
  const { rows } = await queries.board(scope, { asOf: localDate(asOf), from: null }, { ...EVERYTHING, under: null });
  return rows.map(({ id, figures: { placeholders, placeholdersSettled, placeholdersWithdrawn } }) => [
    id,
    placeholders,
    placeholdersSettled,
    placeholdersWithdrawn,
  ]);
};

describe('What is handled offline', () => {
  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
    queries = new ClearanceQueries(dataSource);
    const { events } = new RecordedLog()
      .established(UNITS.town, '北镇', 'pd/town-north')
      .established(UNITS.otherTown, '南镇', 'pd/town-south')
      .established(UNITS.department, '住建局', 'pd/dept-housing', 'department')
      .finding(uuid(9), ...assigned())
      .placeholder(uuid(1), registered(1, '2020-07-06', UNITS.town))
      .placeholder(uuid(2), registered(2, '2020-07-07', UNITS.department), settled('2020-07-10'))
      .placeholder(uuid(3), registered(3, '2020-07-08', UNITS.town), withdrawn('2020-07-13'))
      .unit({ type: 'UnitMerged', data: { unitId: UNITS.town, into: UNITS.otherTown } });
    const last = events.length - 1;
    const merger = events[last];
    if (merger === undefined) throw new Error('nothing was logged');
    events[last] = { ...merger, metadata: { ...merger.metadata, recordedAt: at('2020-07-20') } };
    await dataSource.transaction((tx) => clearanceProjection.apply(events, tx));
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('stands beside the figures as of any day, settled or not, and a withdrawn one is counted as that from its day on (R32)', async () => {
    expect(await figures('county', '2020-07-05')).toStrictEqual([['all', 0, 0, 0]]);
    expect(await figures('county', '2020-07-09')).toStrictEqual([['all', 3, 0, 0]]);
    expect(await figures('county', '2020-07-13')).toStrictEqual([['all', 2, 1, 1]]);
    expect(await figures('source', '2020-07-13')).toContainEqual(['upper', 2, 1, 1]);
    expect(await figures('department', '2020-07-13')).toStrictEqual([[UNITS.department, 1, 1, 0]]);
  });

  it('stands in the row of its town, and of the town that took it over from the day of the merger', async () => {
    expect(await figures('town', '2020-07-13')).toStrictEqual([
      [UNITS.town, 1, 0, 1],
      [UNITS.otherTown, 0, 0, 0],
    ]);
    expect(await figures('town', '2020-07-20')).toStrictEqual([
      [UNITS.town, 0, 0, 0],
      [UNITS.otherTown, 1, 0, 1],
    ]);
  });

  it('stands in the part of the county that its unit sees', async () => {
    const seen = async (path: string): Promise<unknown> => {
      const when = { asOf: localDate('2020-07-13'), from: null };
      const [row] = (await queries.board('county', when, { subtree: true, seen: [path], under: null })).rows;
      const { placeholders, found } = row?.figures as Record<string, number>;
      return [placeholders, found];
    };
    expect([await seen('pd/town-north'), await seen('pd/town-south')]).toStrictEqual([
      [1, 1],
      [0, 0],
    ]);
  });

  it('is in no base, no rate and no zero', async () => {
    const when = { asOf: localDate('2020-07-14'), from: null };
    const [county] = (await queries.board('county', when, { ...EVERYTHING, under: null })).rows;
    const { found, toClear, open } = county?.figures as Record<string, number>;
    expect([found, toClear, open, county?.zeros]).toStrictEqual([1, 1, 1, []]);
  });

  it('opens as a list of numbers behind which no finding stands', async () => {
    const when = { asOf: localDate('2020-07-14'), from: null };
    const page = await queries.list('county', 'all', 'placeholders', when, { ...EVERYTHING, after: null, limit: 10 });
    expect([page?.total, page?.rows]).toStrictEqual([
      2,
      [
        { findingId: uuid(1), number: 'XX-2020-0001', legId: null, since: '2020-07-06', placeholder: true },
        { findingId: uuid(2), number: 'XX-2020-0002', legId: null, since: '2020-07-10', placeholder: true },
      ],
    ]);
    const findings = await queries.list('county', 'all', 'open', when, { ...EVERYTHING, after: null, limit: 10 });
    expect(findings?.rows.map((row) => row.placeholder)).toStrictEqual([false]);
  });
});
