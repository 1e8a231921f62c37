import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { localDate, type LocalDate } from '@app/kernel';
import { createDataSource } from '@app/read-store';
import { freshDatabase, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { UNITS } from '../../testing/finding-builders';
import { EXAMPLE_LIST, twelveFindings } from '../../testing/twelve-findings';
import { clearanceProjection } from './clearance.projection';
import { ClearanceQueries } from './clearance.queries';
import type { BoardScope } from './figure-scopes';

const PAGE = readFileSync(join(__dirname, '../../../../../docs/figures.md'), 'utf8');

type Example = Readonly<{
  what: string;
  asOf: LocalDate;
  from: LocalDate | null;
  heads: readonly string[];
  rows: readonly (readonly string[])[];
}>;
const cells = (line: string): readonly string[] =>
  line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
/** The tables behind the marks of the page. */
const EXAMPLES: readonly Example[] = [
  ...PAGE.matchAll(/<!-- example: (\w+) (\d{4}-\d\d-\d\d)(?: from (\d{4}-\d\d-\d\d))? -->\n\n((?:\|.*\n)+)/g),
].map(([, what = '', asOf = '', from, table = '']) => {
  const [head = '', , ...rows] = table.trimEnd().split('\n');
  return {
    what,
    asOf: localDate(asOf),
    from: from === undefined ? null : localDate(from),
    heads: cells(head).slice(1),
    rows: rows.map(cells),
  };
});

let database: FreshDatabase;
let dataSource: DataSource;
let queries: ClearanceQueries;
const ALL = { subtree: true, seen: null, under: null };

beforeAll(async () => {
  database = await freshDatabase();
  dataSource = await createDataSource(database.url).initialize();
  queries = new ClearanceQueries(dataSource);
  await dataSource.transaction((tx) => clearanceProjection.apply(twelveFindings().events, tx));
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

const day = localDate;
const figuresOf = async (head: string, asOf: LocalDate, from: LocalDate | null): Promise<Readonly<Record<string, number>>> => {
  const [kind = '', id = ''] = head.includes(':') ? head.split(':') : ['unit', head];
  const scopes: readonly BoardScope[] = kind === 'unit' ? ['town', 'department'] : [kind as BoardScope];
  for (const scope of scopes) {
    const { rows } = await queries.board(scope, { asOf, from }, ALL);
    const row = [...rows].find((r) => (kind === 'unit' ? r.name === id : r.id === (id === 'example' ? EXAMPLE_LIST : id)));
    if (row !== undefined) return row.figures;
  }
  throw new Error(`no row for ${head}`);
};

describe('The twelve findings worked through by hand', () => {
  it('stand in three tables of the page', () => {
    expect(EXAMPLES.map(({ what, rows }) => [what, rows.length])).toStrictEqual([
      ['findings', 30],
      ['legs', 21],
      ['findings', 10],
    ]);
  });

  it.each(EXAMPLES)('come out to the digit: $what as of $asOf', async ({ asOf, from, heads, rows }) => {
    for (const [column, head] of heads.entries()) {
      const figures = await figuresOf(head, asOf, from);
      const stated = rows.map(([name = '', ...numbers]) => [name, Number(numbers[column])]);
      expect([head, rows.map(([name = '']) => [name, figures[name]])]).toStrictEqual([head, stated]);
    }
  });

  it('give the rates told in words, with and without a percentage', async () => {
    const { rows, footnote } = await queries.board('county', { asOf: day('2020-07-19'), from: day('2020-07-13') }, ALL);
    const [county] = rows;
    const rates = county?.rates as Readonly<Record<string, { numerator: number; denominator: number; percent: string | null }>>;
    const shown = (name: string) => [rates[name]?.numerator, rates[name]?.denominator, rates[name]?.percent];
    expect(['clearance', 'clearanceWithImmediate', 'onTime', 'onTimeByOriginal', 'extension'].map(shown)).toStrictEqual([
      [5, 8, null],
      [6, 10, '60.0'],
      [3, 6, null],
      [2, 6, null],
      [1, 6, null],
    ]);
    expect(footnote).toStrictEqual({ townLegs: 10, departmentLegs: 7, findings: 10 });
  });

  it('let the list reach both zeros and lose them with the relapse', async () => {
    const zeros = (asOf: string) => queries.zeros('list', EXAMPLE_LIST, day(asOf));
    expect(await zeros('2020-07-19')).toStrictEqual([
      { kind: 'rectified', reached: '2020-07-13', lost: '2020-07-18' },
      { kind: 'cleared', reached: '2020-07-14', lost: '2020-07-18' },
    ]);
    expect(await zeros('2020-07-13')).toStrictEqual([{ kind: 'rectified', reached: '2020-07-13', lost: null }]);
    expect(await zeros('2020-07-12')).toStrictEqual([]);
  });

  it('open the lists behind their numbers', async () => {
    const week = { asOf: day('2020-07-19'), from: day('2020-07-13') };
    const numbers = async (scope: BoardScope, id: string, figure: string) => {
      const page = await queries.list(scope, id, figure, week, { subtree: true, seen: null, after: null, limit: 50 });
      return page?.rows.map(({ number, legId }) => `${Number(number.slice(8))}${legId === null ? '' : `/${legId}`}`);
    };
    expect(await numbers('county', 'all', 'due')).toStrictEqual(['2', '3', '4', '5', '6', '7']);
    expect(await numbers('county', 'all', 'carriedOverAtStart')).toStrictEqual(['5', '6']);
    expect(await numbers('town', UNITS.town, 'closedOnTime')).toStrictEqual(['2/L1', '4/L1', '7/L1']);
    expect(await numbers('department', UNITS.otherDepartment, 'overdue')).toStrictEqual(['7/L2']);
  });

  it('show a unit its own rows and its part of the county, and nothing of the others', async () => {
    const week = { asOf: day('2020-07-19'), from: null };
    const seen = ['pd/town-north'];
    const towns = await queries.board('town', week, { subtree: true, seen, under: null });
    expect([towns.rows.map((row) => [row.id, row.rank]), towns.partial]).toStrictEqual([[[UNITS.town, null]], true]);
    // Nos. 1, 2, 4, 7, 8 and 10; no. 12 has left, no. 11 is not known to it before the transfer.
    const part = async (leads: readonly string[]) => {
      const { rows, partial, footnote } = await queries.board('county', week, { subtree: true, seen, leads, under: null });
      return [rows.map(({ figures }) => Object.entries(figures).flatMap(([k, n]) => (PART.includes(k) ? [n] : []))), partial, footnote];
    };
    const PART = ['found', 'untriaged', 'toClear', 'open', 'cleared'];
    const footnote = { townLegs: 6, departmentLegs: 0, findings: 6 };
    expect(await part([])).toStrictEqual([[[7, 0, 6, 2, 4]], true, footnote]);
    expect(await part(seen)).toStrictEqual([[[8, 1, 6, 2, 4]], true, footnote]);
    expect((await queries.board('list', week, { subtree: true, seen, under: null })).rows).toStrictEqual([]);
    const page = (scope: BoardScope, id: string, figure = 'open') =>
      queries.list(scope, id, figure, week, { subtree: true, seen, after: null, limit: 5 });
    expect((await page('town', UNITS.town))?.total).toBe(1);
    expect((await page('county', 'all'))?.rows.map(({ number }) => Number(number.slice(8)))).toStrictEqual([7, 10]);
    for (const refused of [
      page('town', UNITS.otherTown),
      page('list', EXAMPLE_LIST),
      page('town', 'no-such-town'),
      page('town', UNITS.town, 'constructor'),
    ]) {
      expect(await refused).toBeNull();
    }
  });

  it('count a finding once for who answers for several of its units, and the whole for who answers for the county', async () => {
    const week = { asOf: day('2020-07-19'), from: day('2020-07-13') };
    const everywhere = ['pd/town-north', 'pd/town-south', 'pd/dept-housing', 'pd/dept-water'];
    const county = async (seen: readonly string[] | null) =>
      (await queries.board('county', week, { subtree: true, seen, leads: seen ?? [], under: null })).rows;
    const [whole] = await county(null);
    expect(await county(everywhere)).toStrictEqual([{ ...whole, rank: null }]);
    expect(await county(['pd'])).toStrictEqual([whole]);
    expect((await queries.board('county', week, { subtree: true, seen: ['pd'], under: null })).partial).toBe(false);
    // A team holds no legs.
    expect(await county(['pd/team'])).toStrictEqual([]);
  });

  it('count the office’s own time apart', async () => {
    const onMonday = { triage: 1, triageOverdue: 0, review: 1, reviewOverdue: 1, verify: 0, verifyOverdue: 0 };
    expect(await queries.office({ asOf: day('2020-07-20'), from: null })).toStrictEqual(onMonday);
    expect(await queries.office({ asOf: day('2020-07-19'), from: null })).toStrictEqual({ ...onMonday, reviewOverdue: 0 });
    expect((await queries.office({ asOf: day('2020-07-21'), from: null })).triageOverdue).toBe(1);
  });
});
