import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, localDate, localDateOf, type LocalDate, type UnitId } from '@app/kernel';
import { createDataSource } from '@app/read-store';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { allPassed, assigned, at, cleared, passed, submission, TOWN_LEG, UNITS, verified } from '../../testing/finding-builders';
import { claimed, MERGED_AT, MERGED_ON, randomLog, type Logged } from '../../testing/random-logs';
import { recount, tallyOf } from '../../testing/recount';
import { RecordedLog, uuid } from '../../testing/recorded-events';
import { clearanceProjection } from './clearance.projection';
import { ClearanceQueries, type LegRow } from './clearance.queries';
import { evaluateAll, FINDING_FIGURES, LEG_FIGURES, type Tally } from './figure-definitions';
import { BASES, businessDayAfter, foldFigures, NO_FIGURES, type FigureFold } from './figure-fold';
import { figureRows, unitsCounted, type FigureRow } from './figure-rows';
import { isUnitScope, type BoardScope, type When } from './figure-scopes';

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

/** The same by claimed days: a finding counts for what it was after the last of its events whose day, held back, has come. */
const recountByBusinessDate = (order: readonly (Logged | 'merger')[], scopes: ReadonlySet<string>, day: LocalDate): Tally => {
  const folds = new Map<number, FigureFold>();
  const counted = new Map<number, readonly FigureRow[]>();
  let merged = false;
  const today = (unit: UnitId): UnitId => (merged && unit === UNITS.town ? UNITS.otherTown : unit);
  const take = (id: number, fold: FigureFold): void => {
    folds.set(id, fold);
    if (fold.businessDay !== null && fold.businessDay <= day) counted.set(id, figureRows(fold, today, 'business'));
  };
  for (const entry of order) {
    if (entry === 'merger') {
      const moved = [...folds].filter(([, fold]) => unitsCounted(fold).includes(UNITS.town));
      merged = true;
      for (const [id, fold] of moved) take(id, { ...fold, businessDay: businessDayAfter(fold, MERGED_ON) });
    } else {
      const fold = folds.get(entry.id) ?? NO_FIGURES;
      take(entry.id, foldFigures(fold, entry.event, fold.revision + 1, today));
    }
  }
  return tallyOf([...counted.values()].flat(), scopes);
};

const walk = async (scope: BoardScope, id: string, figure: string, when: When): Promise<readonly [number, number]> => {
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

  it('equal a recount on either basis when other days are claimed, and hold the same rows event by event', async () => {
    const { log, order } = randomLog(11, claimed);
    await apply(log.events);
    const atOnce = await snapshot();
    await empty();
    for (const event of log.events) await apply([event]);
    expect(await snapshot()).toStrictEqual(atOnce);
    for (const asOf of ['2020-07-07', '2020-07-17', '2020-07-23', '2020-09-30'].map((day) => localDate(day))) {
      for (const basis of BASES) {
        const count = basis === 'recorded' ? recount : recountByBusinessDate;
        const when = { asOf, from: addDays(asOf, -7), basis };
        for (const scope of ['county', 'town', 'department'] as const) {
          const board = await queries.board(scope, when, { subtree: false, seen: null, under: null });
          expect(board.basis).toBe(basis);
          for (const { id, figures } of board.rows) {
            const scopes = new Set([isUnitScope(scope) ? `unit:${id}` : `${scope}:${id}`]);
            const [end, eve] = [count(order, scopes, asOf), count(order, scopes, addDays(when.from, -1))];
            const period = { from: when.from, to: asOf };
            expect(figures).toStrictEqual(evaluateAll<string>(isUnitScope(scope) ? LEG_FIGURES : FINDING_FIGURES, period, end, eve));
            for (const [figure, n] of Object.entries(figures)) {
              if (n > 0) expect([figure, ...(await walk(scope, id, figure, when))]).toStrictEqual([figure, n, n]);
            }
          }
        }
      }
    }
  });

  it('count what was entered late on its own day by business date, as the page says, and leave what was published', async () => {
    const [late, id] = [cleared(at('2020-07-20')), uuid(1)];
    const claims = { ...late, data: { ...late.data, on: localDate('2020-07-17') } };
    await apply(new RecordedLog().finding(id, ...allPassed(), verified(at('2020-07-16')), claims).events);
    const page = readFileSync(join(__dirname, '../../../../../docs/figures.md'), 'utf8');
    const [, table = ''] = /<!-- by business date -->\n\n((?:\|.*\n)+)/.exec(page) ?? [];
    const [, , ...lines] = table.trimEnd().split('\n');
    const stated = lines.map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    expect(stated.map(([, , basis]) => basis)).toStrictEqual([...Array<string>(3).fill('business'), 'recorded', 'business', 'recorded']);
    for (const [asOf = '', from = '', basis = '', ...numbers] of stated) {
      const when = { asOf: localDate(asOf), from: localDate(from), basis: BASES.find((name) => name === basis) ?? 'recorded' };
      const [county] = (await queries.board('county', when, { subtree: true, seen: null, under: null })).rows;
      const { open, cleared: done, closed } = county?.figures as Record<string, number>;
      expect([asOf, basis, open, done, closed]).toStrictEqual([asOf, basis, ...numbers.map(Number)]);
    }
    const when = { asOf: localDate('2020-07-31'), from: null };
    const since = async (asked: When) =>
      (await queries.list('county', 'all', 'cleared', asked, { subtree: true, seen: null, after: null, limit: 5 }))?.rows.map(
        (r) => r.since,
      );
    expect([await since(when), await since({ ...when, basis: 'business' })]).toStrictEqual([['2020-07-20'], ['2020-07-17']]);
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
