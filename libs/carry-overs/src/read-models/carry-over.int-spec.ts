import type { RecordedEvent } from '@app/event-store';
import { instant, localDate, localDateOf, seededRandom, stampOf, SYSTEM, type CategoryCode, type UnitId } from '@app/kernel';
import { createDataSource } from '@app/read-store';
import { EVENT_METADATA, freshDatabase, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import type { CarryOverEvent } from '../domain/carry-over.events';
import type { CarryOverId } from '../domain/carry-over.types';
import { carryOverProjection } from './carry-over.projection';
import { CarryOverQueries } from './carry-over.queries';

const UNITS = ['north', 'south', 'housing', 'water'].map((id) => id as UnitId);
const EVERYTHING = { units: null } as const;

type Told = Readonly<{ id: string; event: CarryOverEvent }>;
const act = (day: string) => ({ at: instant(`${day}T01:00:00Z`), on: localDate(day), by: stampOf(SYSTEM) });
const carried = (id: string, day: string, town: UnitId, units: readonly UnitId[], kind: 'upper' | 'self' = 'upper'): Told => ({
  id,
  event: {
    type: 'FindingCarriedOver',
    data: {
      ...act(day),
      carryOverId: id as CarryOverId,
      rowId: `row-${id}`,
      importId: 'i',
      source: { kind, name: '省督导组', batch: null, documentNumber: null },
      number: id,
      text: '房屋漏雨未修',
      category: 'housing' as CategoryCode,
      subject: { kind: 'household', subjectId: null, label: '王**', sealed: 'sealed', sensitive: false },
      place: { townId: town, villageId: null, text: '' },
      unitIds: units,
      foundOn: null,
      clearedOn: localDate('2019-12-01'),
      said: '是否销号：是',
    },
  },
});
const withdrawn = (id: string, day: string): Told => ({ id, event: { type: 'CarryOverWithdrawn', data: { ...act(day), reason: '误转' } } });

describe('What was carried over', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let queries: CarryOverQueries;
  let position = 0n;
  beforeEach(async () => {
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
    queries = new CarryOverQueries(dataSource);
    position = 0n;
  });
  afterEach(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  const tell = (...told: readonly Told[]): Promise<void> => {
    const recorded = told.map(({ id, event }): RecordedEvent => {
      position += 1n;
      const revision = event.type === 'FindingCarriedOver' ? 0n : 1n;
      const stored = { id: `e${String(position)}`, stream: `carry-over-${id}`, revision, position, version: 1, metadata: EVENT_METADATA };
      return { ...stored, type: event.type, data: event.data };
    });
    return dataSource.transaction((tx) => carryOverProjection.apply(recorded, tx));
  };

  it('is counted beside county, source, category and units as of any day, each record once for whoever sees any of its units', async () => {
    const [north, south, housing, water] = UNITS as [UnitId, UnitId, UnitId, UnitId];
    await tell(
      carried('1', '2020-07-06', north, [north, housing]),
      carried('2', '2020-07-07', south, [housing], 'self'),
      carried('3', '2020-07-08', north, [water]),
      withdrawn('3', '2020-07-10'),
    );
    const counts = await queries.counts(localDate('2020-07-08'));
    expect([
      counts.of('county', 'all'),
      counts.of('source', 'upper'),
      counts.of('source', 'self'),
      counts.of('category', 'housing'),
    ]).toStrictEqual([3, 2, 1, 3]);
    expect(UNITS.map((unit) => counts.of('unit', unit))).toStrictEqual([2, 1, 2, 1]);
    expect(counts.ofAny(new Set([north, housing]))).toBe(3);
    expect(counts.ofAny(new Set([water]))).toBe(1);
    expect((await queries.counts(localDate('2020-07-06'))).of('county', 'all')).toBe(1);
    expect((await queries.counts(localDate('2020-07-10'))).of('county', 'all')).toBe(2);
  });

  it('is listed newest first, page by page, by unit, town, department, source and day, with what was withdrawn and why', async () => {
    const [north, south, housing] = UNITS as [UnitId, UnitId, UnitId, UnitId];
    await tell(
      carried('1', '2020-07-06', north, [north, housing]),
      carried('2', '2020-07-07', south, [housing], 'self'),
      withdrawn('1', '2020-07-08'),
    );
    const ids = async (filter: Parameters<CarryOverQueries['page']>[0]): Promise<readonly string[]> =>
      (await queries.page(filter, null, 10)).map(({ carryOverId }) => carryOverId);
    expect(await ids(EVERYTHING)).toStrictEqual(['2', '1']);
    const [first] = await queries.page(EVERYTHING, null, 1);
    expect((await queries.page(EVERYTHING, first?.position ?? null, 1)).map(({ carryOverId }) => carryOverId)).toStrictEqual(['1']);
    expect(await ids({ units: [north] })).toStrictEqual(['1']);
    expect(await ids({ ...EVERYTHING, town: south })).toStrictEqual(['2']);
    expect(await ids({ ...EVERYTHING, department: housing })).toStrictEqual(['2', '1']);
    expect(await ids({ ...EVERYTHING, source: 'self' })).toStrictEqual(['2']);
    expect(await ids({ ...EVERYTHING, withdrawn: true })).toStrictEqual(['1']);
    expect(await ids({ ...EVERYTHING, clearedFrom: localDate('2019-12-02') })).toStrictEqual([]);
    const [shown] = await queries.page({ ...EVERYTHING, withdrawn: true }, null, 1);
    expect([shown?.withdrawnBecause, shown?.withdrawnOn, shown?.subjectLabel, shown?.revision]).toStrictEqual([
      '误转',
      '2020-07-08',
      '王**',
      '1',
    ]);
    expect(JSON.stringify(shown)).not.toContain('sealed');
    expect([...(await queries.known(['row-1', 'row-9']))]).toStrictEqual(['row-1']);
  });

  it('keeps its order from page to page, however long the positions are', async () => {
    const [north] = UNITS as [UnitId];
    for (let n = 1; n <= 12; n++) await tell(carried(String(n), '2020-07-06', north, [north]));
    const seen: string[] = [];
    for (let before: string | null = null; seen.length < 12;) {
      const page = await queries.page(EVERYTHING, before, 5);
      seen.push(...page.map(({ carryOverId }) => carryOverId));
      before = page.at(-1)?.position ?? null;
    }
    expect(seen).toStrictEqual(Array.from({ length: 12 }, (_, n) => String(12 - n)));
  });

  it('counts what the records say, whatever was carried over and withdrawn in whatever batches', async () => {
    const seed = Date.now() % 2 ** 31;
    const random = seededRandom(seed);
    const live = new Map<string, readonly UnitId[]>();
    for (let batch = 0; batch < 12; batch++) {
      const told: Told[] = [];
      for (let i = random.below(5); i >= 0; i--) {
        const gone = [...live.keys()];
        const day = localDateOf(instant(`2020-07-${String(10 + batch)}T01:00:00Z`));
        if (gone.length > 0 && random.chance(0.3)) {
          const id = random.pick(gone);
          live.delete(id);
          told.push(withdrawn(id, day));
        } else {
          const id = `${String(batch)}-${String(i)}`;
          const units = [...new Set([random.pick(UNITS), random.pick(UNITS)])];
          live.set(id, units);
          told.push(carried(id, day, units[0] ?? ('north' as UnitId), units));
        }
      }
      await tell(...told);
    }
    const counts = await queries.counts(localDate('2020-12-31'));
    const having = (unit: UnitId): number => [...live.values()].filter((units) => units.includes(unit)).length;
    expect({ seed, n: counts.of('county', 'all'), units: UNITS.map((unit) => counts.of('unit', unit)) }).toStrictEqual({
      seed,
      n: live.size,
      units: UNITS.map(having),
    });
    expect(counts.ofAny(new Set(UNITS))).toBe(live.size);
  });
});
