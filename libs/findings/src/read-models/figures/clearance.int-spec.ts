import { addDays, localDate, localDateOf, type LocalDate, type UnitId } from '@app/kernel';
import { createDataSource } from '@app/read-store';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import type { FindingEvent } from '../../domain/finding.events';
import { allPassed, assigned, at, cleared, passed, submission, TOWN_LEG, UNITS, verified } from '../../testing/finding-builders';
import { anyHistory, history } from '../../testing/random-histories';
import { RecordedLog, uuid } from '../../testing/recorded-events';
import { clearanceProjection } from './clearance.projection';
import { ClearanceQueries, isUnitScope, type BoardScope, type LegRow } from './clearance.queries';
import { evaluateAll, FINDING_FIGURES, LEG_FIGURES, type Tally } from './figure-definitions';
import { foldFigures, NO_FIGURES, type FigureFold } from './figure-fold';
import { figureRows } from './figure-rows';

let database: FreshDatabase;
let dataSource: DataSource;
let queries: ClearanceQueries;

beforeAll(async () => {
  database = await freshDatabase();
  dataSource = await createDataSource(database.url).initialize();
  queries = new ClearanceQueries(dataSource);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const empty = (): Promise<unknown> => dataSource.query(`truncate ${clearanceProjection.tables.join(', ')}`);
const apply = (events: RecordedLog['events']): Promise<void> => dataSource.transaction((tx) => clearanceProjection.apply(events, tx));
const snapshot = async (): Promise<Record<string, unknown>> => {
  const tables: [string, unknown][] = [];
  for (const table of clearanceProjection.tables) {
    const [row] = await dataSource.query<{ rows: unknown }[]>(
      `select coalesce(jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text), '[]') as rows from ${table} t`,
    );
    tables.push([table, row?.rows]);
  }
  return Object.fromEntries(tables);
};

const MERGED_AT = at('2020-07-22', '12:00');
type Logged = Readonly<{ id: number; event: FindingEvent }>;

/** Many findings at once, in the order of their recording, with a town merging into another between them. */
const randomLog = (seed: number): Readonly<{ log: RecordedLog; order: readonly (Logged | 'merger')[] }> => {
  const logged = fc
    .sample(anyHistory, { numRuns: 15, seed })
    .flatMap(({ past, steps }, id) => history(past, steps).map((event): Logged => ({ id, event })))
    .sort((a, b) => (a.event.data.at < b.event.data.at ? -1 : a.event.data.at > b.event.data.at ? 1 : a.id - b.id));
  const mergerAt = logged.findIndex(({ event }) => event.data.at > MERGED_AT);
  const order = [...logged.slice(0, mergerAt), 'merger' as const, ...logged.slice(mergerAt)];
  const log = new RecordedLog()
    .established(UNITS.county, '平度', 'pd', 'county')
    .established(UNITS.office, '督查办', 'pd/office', 'office')
    .established(UNITS.town, '北镇', 'pd/town-north')
    .established(UNITS.otherTown, '南镇', 'pd/town-south')
    .established(UNITS.department, '住建局', 'pd/dept-housing', 'department')
    .established(UNITS.otherDepartment, '水利局', 'pd/dept-water', 'department');
  const merger = { type: 'UnitMerged', data: { unitId: UNITS.town, into: UNITS.otherTown } } as const;
  const before = { at: MERGED_AT };
  for (const entry of order) {
    if (entry !== 'merger') log.finding(uuid(entry.id + 1), entry.event);
    else log.unit(merger);
  }
  const index = log.events.findIndex((event) => event.type === 'UnitMerged');
  const told = log.events[index];
  if (told !== undefined) log.events[index] = { ...told, metadata: { ...told.metadata, recordedAt: before.at } };
  return { log, order };
};

/** Counts from nothing but the events up to a day. */
const recount = (order: readonly (Logged | 'merger')[], scopes: ReadonlySet<string>, day: LocalDate): Tally => {
  const folds = new Map<number, FigureFold>();
  let merged = false;
  const today = (unit: UnitId): UnitId => (merged && unit === UNITS.town ? UNITS.otherTown : unit);
  for (const entry of order) {
    if (localDateOf(entry === 'merger' ? MERGED_AT : entry.event.data.at) > day) break;
    if (entry === 'merger') merged = true;
    else {
      const fold = folds.get(entry.id) ?? NO_FIGURES;
      folds.set(entry.id, foldFigures(fold, entry.event, fold.revision + 1, today));
    }
  }
  const tally = new Map<string, Map<string, number>>();
  for (const row of [...folds.values()].flatMap((fold) => figureRows(fold, today))) {
    if (!row.scopes.some((scope) => scopes.has(scope))) continue;
    for (const measure of row.measures) {
      const [name = '', key = ''] = measure.split('@');
      const days = tally.get(name) ?? new Map<string, number>();
      tally.set(name, days.set(key, (days.get(key) ?? 0) + 1));
    }
  }
  return tally;
};

const walk = async (
  scope: BoardScope,
  id: string,
  figure: string,
  when: { asOf: LocalDate; from: LocalDate | null },
): Promise<readonly [number, number]> => {
  let [after, count, total] = [null as string | null, 0, 0];
  const seen = new Set<string>();
  do {
    const page = await queries.list(scope, id, figure, when, { subtree: false, seen: null, after, limit: 7 });
    if (page === null) throw new Error(`no list behind ${scope} ${figure}`);
    for (const row of page.rows) seen.add(`${row.findingId}|${row.legId ?? ''}|${count++}`);
    [after, total] = [page.next, page.total];
  } while (after !== null);
  return [total, seen.size];
};

describe('The clearance figures', () => {
  beforeEach(empty);

  it('hold the same rows whether events come one by one, in batches, or twice', async () => {
    const { log } = randomLog(3);
    for (const event of log.events) await apply([event]);
    const oneByOne = await snapshot();
    await empty();
    await apply(log.events);
    expect(await snapshot()).toStrictEqual(oneByOne);
    await apply(log.events);
    expect(await snapshot()).toStrictEqual(oneByOne);
    await empty();
    for (let i = 0; i < log.events.length; i += 17) await apply(log.events.slice(i, i + 17));
    expect(await snapshot()).toStrictEqual(oneByOne);
  });

  it('equal a recount from the events, for any day, and open lists of their own length', async () => {
    const { log, order } = randomLog(7);
    await apply(log.events);
    const last = localDateOf(log.events.at(-1)?.metadata.recordedAt ?? MERGED_AT);
    const days = [
      localDate('2020-07-06'),
      localDate('2020-07-16'),
      localDate('2020-07-22'),
      localDate('2020-07-29'),
      last,
      addDays(last, 400),
    ];
    for (const asOf of days) {
      for (const from of [null, addDays(asOf, -7)]) {
        const when = { asOf, from };
        for (const scope of ['county', 'source', 'category', 'town', 'department'] as const) {
          const { rows } = await queries.board(scope, when, { subtree: false, seen: null, under: null });
          for (const { id, figures } of rows) {
            const scopes = new Set([isUnitScope(scope) ? `unit:${id}` : `${scope}:${id}`]);
            const [end, eve] = [recount(order, scopes, asOf), from === null ? new Map() : recount(order, scopes, addDays(from, -1))];
            expect(figures).toStrictEqual(
              evaluateAll<string>(isUnitScope(scope) ? LEG_FIGURES : FINDING_FIGURES, { from, to: asOf }, end, eve),
            );
            if (scope !== 'county' && scope !== 'town') continue;
            for (const [figure, n] of Object.entries(figures)) {
              if (n > 0) expect([figure, ...(await walk(scope, id, figure, when))]).toStrictEqual([figure, n, n]);
            }
          }
        }
      }
    }
  });

  it('let open legs follow a merger from that day on, and leave what passed where it passed', async () => {
    const [A, B] = [uuid(1), uuid(2)];
    const log = new RecordedLog()
      .established(UNITS.town, '北镇', 'pd/town-north')
      .established(UNITS.otherTown, '南镇', 'pd/town-south')
      .finding(A, ...assigned())
      .finding(B, ...allPassed(), verified(), cleared())
      .unit({ type: 'UnitMerged', data: { unitId: UNITS.town, into: UNITS.otherTown } });
    const last = log.events.length - 1;
    const merger = log.events[last];
    if (merger === undefined) throw new Error('nothing was logged');
    log.events[last] = { ...merger, metadata: { ...merger.metadata, recordedAt: at('2020-07-20') } };
    log.finding(A, ...submission(TOWN_LEG), passed(TOWN_LEG, false, at('2020-07-21')));
    await apply(log.events);
    const towns = async (asOf: string): Promise<unknown> => {
      const { rows } = await queries.board('town', { asOf: localDate(asOf), from: null }, { subtree: true, seen: null, under: null });
      return (rows as readonly LegRow[]).map(({ id, figures: { owed, passed: done, open } }) => [id, owed, done, open]);
    };
    expect(await towns('2020-07-19')).toStrictEqual([
      [UNITS.town, 2, 1, 1],
      [UNITS.otherTown, 0, 0, 0],
    ]);
    expect(await towns('2020-07-20')).toStrictEqual([
      [UNITS.town, 1, 1, 0],
      [UNITS.otherTown, 1, 0, 1],
    ]);
    expect(await towns('2020-07-21')).toStrictEqual([
      [UNITS.town, 1, 1, 0],
      [UNITS.otherTown, 1, 1, 0],
    ]);
  });
});
