import { addDays, localDate, localDateOf, type LocalDate } from '@app/kernel';
import { createDataSource } from '@app/read-store';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { CALENDAR_2020, UNITS } from '../../testing/finding-builders';
import { claimed, MERGED_AT, randomLog } from '../../testing/random-logs';
import type { RecordedLog } from '../../testing/recorded-events';
import { twelveFindings } from '../../testing/twelve-findings';
import { clearanceProjection } from './clearance.projection';
import { ClearanceQueries } from './clearance.queries';
import { ComparisonQueries, type ComparisonChange } from './comparison.queries';
import { FINDING_FIGURES, LEG_FIGURES } from './figure-definitions';
import { BASES } from './figure-fold';
import type { Sight } from './figure-reach';
import { isUnitScope, type BoardScope } from './figure-scopes';
import { OverviewQueries } from './overview.queries';
import { MOST_POINTS, TrendQueries } from './trend.queries';

let database: FreshDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await freshDatabase();
  dataSource = await createDataSource(database.url).initialize();
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const load = async ({ events }: RecordedLog): Promise<void> => {
  await dataSource.query(`truncate ${clearanceProjection.tables.join(', ')}`);
  await dataSource.transaction((tx) => clearanceProjection.apply(events, tx));
};
const day = localDate;
const ALL: Sight = { seen: null };
const SIGHTS: readonly Sight[] = [
  ALL,
  { seen: ['pd/town-south'] },
  { seen: ['pd/town-north', 'pd/town-south'], leads: ['pd/town-north', 'pd/town-south'] },
  { seen: ['pd/dept-housing'] },
];
const boardRow = async (scope: BoardScope, id: string, asOf: LocalDate, sight: Sight, more: object = {}) => {
  const { rows } = await new ClearanceQueries(dataSource).board(
    scope,
    { asOf, from: null, ...more },
    { ...sight, subtree: false, under: null },
  );
  return [...rows].find((row) => row.id === id);
};

describe('The leaders’ first screen', () => {
  const overview = (asOf: string, sight: Sight = ALL) => new OverviewQueries(dataSource).overview(day(asOf), sight, CALENDAR_2020);
  const numberOf = ({ number }: Readonly<{ number: string }>): number => Number(number.slice(8));

  it('comes out of the twelve findings as worked through by hand', async () => {
    await load(twelveFindings());
    const { segments, untouched, serious, relapses, upper, ...rest } = await overview('2020-07-19');
    expect(rest).toStrictEqual({
      asOf: '2020-07-19',
      partial: false,
      remainder: 4,
      beside: { untriaged: 1, accepted: 0, underReturn: 1, longTerm: 0, overdue: 2, placeholders: 0 },
      week: { from: '2020-07-13', to: '2020-07-19', new: 2, cleared: 5, other: -1, net: -4 },
      dueNext7Days: { from: '2020-07-20', to: '2020-07-26', legs: 0, units: [] },
      pace: {
        cleared: 6,
        workingDays: 20,
        from: '2020-06-19',
        to: '2020-07-19',
        perWorkingDay: '0.3',
        zeroBy: '2020-08-06',
        target: '2020-07-27',
        workingDaysToTarget: 6,
        neededPerWorkingDay: '0.7',
      },
    });
    expect(segments.map(({ holder, figure, n }) => [holder, figure, n])).toStrictEqual([
      ['office', 'underReturn', 1],
      ['office', 'officeReviewing', 1],
      ['office', 'toVerify', 0],
      ['office', 'waitsForClearance', 0],
      ['towns', 'townUnsigned', 0],
      ['towns', 'townRectifying', 1],
      ['towns', 'townReviewing', 0],
      ['departments', 'departmentUnsigned', 0],
      ['departments', 'departmentRectifying', 1],
    ]);
    expect(untouched.map((leg) => [numberOf(leg), leg.legId, leg.unitId, leg.since])).toStrictEqual([
      [5, 'L1', UNITS.otherTown, '2020-07-01'],
      [5, 'L2', UNITS.department, '2020-07-01'],
      [7, 'L2', UNITS.otherDepartment, '2020-07-01'],
    ]);
    expect([serious.total, relapses.total, relapses.rows.map(numberOf), upper.total]).toStrictEqual([0, 1, [1], 0]);
  });

  it('names the units whose own clock ends soon, today’s apart', async () => {
    await load(twelveFindings());
    const { dueNext7Days } = await overview('2020-07-15');
    expect(dueNext7Days.units.map(({ name, board, today, legs }) => [name, board, today, legs])).toStrictEqual([
      ['水利局', 'department', 1, 1],
      ['住建局', 'department', 0, 1],
      ['北镇', 'town', 1, 0],
    ]);
    expect(dueNext7Days.legs).toBe(2);
  });

  it('counts each open finding in one segment by whose turn it is, on any day and for whoever looks (R32)', async () => {
    for (const seed of [3, 21]) {
      const { log } = randomLog(seed);
      await load(log);
      for (const asOf of ['2020-07-08', '2020-07-16', '2020-07-20', '2020-07-25', '2020-09-30']) {
        for (const sight of SIGHTS) {
          const { remainder, segments, week, beside, untouched, serious } = await overview(asOf, sight);
          const row = await boardRow('county', 'all', day(asOf), sight);
          expect([asOf, remainder]).toStrictEqual([asOf, row?.figures.open]);
          expect(segments.reduce((sum, { n }) => sum + n, 0)).toBe(remainder);
          expect(week.new - week.cleared + week.other).toBe(week.net);
          expect(segments.find(({ figure }) => figure === 'underReturn')?.n).toBe(beside.underReturn);
          expect(serious.rows.length).toBe(Math.min(10, serious.total));
          const since = untouched.map((leg) => leg.since);
          expect(since).toStrictEqual([...since].sort());
        }
      }
    }
  });
});

describe('A trend', () => {
  it('says of each day what the board says of it', async () => {
    const { log } = randomLog(5, claimed);
    await load(log);
    for (const [scope, id, sight] of [
      ['county', 'all', ALL],
      ['county', 'all', SIGHTS[2] ?? ALL],
      ['source', 'inspection', ALL],
      ['town', UNITS.otherTown, ALL],
      ['department', UNITS.department, ALL],
    ] as const) {
      for (const basis of BASES) {
        const asked = { scope, id, from: day('2020-07-04'), to: day('2020-08-12'), step: 'week', basis, subtree: false } as const;
        const trend = await new TrendQueries(dataSource).trend(asked, sight);
        expect(trend?.points.map((point) => point.day)).toStrictEqual([
          '2020-07-08',
          '2020-07-15',
          '2020-07-22',
          '2020-07-29',
          '2020-08-05',
          '2020-08-12',
        ]);
        for (const point of trend?.points ?? []) {
          const row = await boardRow(scope, id, point.day, sight, { basis });
          const figures: Readonly<Record<string, number>> = row?.figures ?? {};
          const legs = isUnitScope(scope);
          const rates: Readonly<Record<string, { numerator: number; denominator: number; percent: string | null }>> = row?.rates ?? {};
          const { numerator, denominator, percent } = rates[legs ? 'passing' : 'clearance'] ?? {};
          expect(point).toStrictEqual({
            day: point.day,
            open: figures['open'],
            cleared: figures[legs ? 'passed' : 'cleared'],
            rate: { numerator, denominator, percent },
            overdue: figures['overdue'],
          });
        }
      }
    }
  });

  it('ends on the day asked for and has no more points than can be read', async () => {
    const asked = { scope: 'county', id: 'all', from: day('2019-01-01'), to: day('2020-07-19'), step: 'day', subtree: false } as const;
    const points = (await new TrendQueries(dataSource).trend(asked, ALL))?.points ?? [];
    expect([points.length, points.at(-1)?.day]).toStrictEqual([MOST_POINTS, '2020-07-19']);
    expect(await new TrendQueries(dataSource).trend({ ...asked, scope: 'list' }, { seen: ['pd/town-north'] })).toBeNull();
  });
});

describe('Two days compared', () => {
  const compare = async (scope: BoardScope, id: string, figure: string, from: LocalDate, to: LocalDate, more: object = {}, sight = ALL) => {
    const queries = new ComparisonQueries(dataSource);
    const rows: ComparisonChange[] = [];
    let after: string | null = null;
    for (;;) {
      const asked = { scope, id, figure, from, to, subtree: false, after, limit: 5, ...more };
      const page = await queries.compare(asked, sight);
      if (page === null) throw new Error(`no comparison of ${figure}`);
      rows.push(...page.rows);
      after = page.next;
      if (after === null) return { ...page, rows };
    }
  };

  it('tells which findings moved a number, and what happened to them', async () => {
    await load(twelveFindings());
    const told = async (scope: BoardScope, id: string, figure: string, from: string, to: string) => {
      const { before, after, rows } = await compare(scope, id, figure, day(from), day(to));
      return [before, after, ...rows.map((row) => `${row.direction} ${Number(row.number.slice(8))} ${row.reason} ${row.on ?? '–'}`)];
    };
    expect(await told('county', 'all', 'open', '2020-07-12', '2020-07-19')).toStrictEqual([
      8,
      4,
      'left 2 cleared 2020-07-14',
      'left 3 cleared 2020-07-18',
      'left 4 cleared 2020-07-16',
      'left 6 cleared 2020-07-15',
      'entered 9 filed 2020-07-16',
      'left 12 withdrawn 2020-07-16',
    ]);
    expect(await told('county', 'all', 'overdue', '2020-07-16', '2020-07-17')).toStrictEqual([1, 2, 'entered 7 became-overdue –']);
    expect(await told('county', 'all', 'relapses', '2020-07-17', '2020-07-18')).toStrictEqual([0, 1, 'entered 1 relapsed 2020-07-18']);
    expect(await told('town', UNITS.town, 'open', '2020-07-12', '2020-07-19')).toStrictEqual([
      5,
      1,
      'left 2 passed 2020-07-13',
      'left 4 passed 2020-07-15',
      'left 7 passed 2020-07-16',
      'left 12 withdrawn 2020-07-16',
    ]);
    expect(await told('town', UNITS.otherTown, 'underReturn', '2020-07-16', '2020-07-17')).toStrictEqual([
      0,
      1,
      'entered 9 returned 2020-07-17',
    ]);
  });

  it('accounts for the whole difference, for any figure, any two days and whoever looks', async () => {
    const { log } = randomLog(13, claimed);
    await load(log);
    const last = localDateOf(log.events.at(-1)?.metadata.recordedAt ?? MERGED_AT);
    const spans = [
      [day('2020-07-06'), day('2020-07-17')],
      [day('2020-07-16'), day('2020-07-23')],
      [day('2020-07-21'), addDays(last, 40)],
    ] as const;
    for (const [scope, id, sight] of [
      ['county', 'all', ALL],
      ['county', 'all', SIGHTS[2] ?? ALL],
      ['town', UNITS.otherTown, ALL],
      ['department', UNITS.department, ALL],
    ] as const) {
      for (const [i, [from, to]] of spans.entries()) {
        const basis = BASES[i % 2] ?? 'recorded';
        for (const figure of Object.keys(isUnitScope(scope) ? LEG_FIGURES : FINDING_FIGURES)) {
          const found = await compare(scope, id, figure, from, to, { basis, limit: 200 }, sight);
          const count = (direction: string): number => found.rows.filter((row) => row.direction === direction).length;
          expect([figure, found.after - found.before, found.entered, found.left]).toStrictEqual([
            figure,
            found.difference,
            count('entered'),
            count('left'),
          ]);
          expect([figure, found.entered - found.left]).toStrictEqual([figure, found.difference]);
        }
      }
    }
  });
});
