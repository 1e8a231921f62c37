import { createHash } from 'node:crypto';
import { CODEC } from '@app/core';
import { EventStore } from '@app/event-store';
import { clearanceProjection, ClearanceQueries } from '@app/findings';
import { localDate } from '@app/kernel';
import { createDataSource } from '@app/read-store';
import { freshDatabase } from '@app/testing';
import { PASSWORD, type Login } from '../support/county';
import type { Answer, Client } from '../support/client';
import { CountyWork, ok } from '../support/county-work';
import { startProduct, type Product } from '../support/product';

type Share = Readonly<{ numerator: number; denominator: number }>;
type Measures = Readonly<{ figures: Record<string, number>; rates: Record<string, Share> }>;
type Row = Measures & Readonly<{ id: string; name: string; before: Measures | null; opens: boolean }>;
type Table = Readonly<{ scope: string; rows: readonly Row[]; explained: readonly string[] }>;
type Content = Readonly<{
  bulletinId: string;
  number: number;
  total: number;
  title: string;
  period: Readonly<{ from: string; to: string }>;
  position: string;
  texts: Record<string, string>;
  figures: Readonly<{ tables: readonly Table[]; footnote: Record<string, number> }>;
  previous: Readonly<{ bulletinId: string }> | null;
  corrections: readonly Readonly<{ bulletinId: string; figure: string; was: number; is: number; reason: string }>[];
}>;
type Shown = Readonly<{ content: Content; contentHash: string; revision: string; corrections: readonly Record<string, unknown>[] }>;
type Written = Readonly<{ bulletinId: string; revision: string; position: string; changed: boolean }>;
type Line = Readonly<{ scope: string; id: string; figure: string; was: number; is: number }>;

const FIRST_WEEK = { kind: 'bulletin', from: '2020-07-06', to: '2020-07-12' };
const SECOND_WEEK = { kind: 'bulletin', from: '2020-07-13', to: '2020-07-19' };
const codeOf = (answer: Answer): unknown => [answer.status, answer.body['code']];

describe('Bulletins, over HTTP', () => {
  let product: Product;
  let work: CountyWork;
  let office: Client;
  let cleared: string;
  let other: string;
  /** Sessions end over night. */
  const later = async (days: number, time: string): Promise<void> => {
    product.clock.nextDay(days, time);
    const people: readonly Login[] = ['office', 'office-head', 'dazeshan-clerk', 'dazeshan-deputy', 'housing-clerk', 'housing-deputy'];
    for (const login of people) await (await product.as(login)).signIn(login, PASSWORD);
  };
  beforeAll(async () => {
    product = await startProduct();
    work = new CountyWork(product);
    office = await product.as('office');
    cleared = await work.handOver(await work.file());
    other = await work.handOver(await work.file({ subject: { kind: 'household', name: '周样二' } }));
    await work.handOver(await work.file({ place: { townId: 'jiudian' }, subject: { kind: 'village', name: '北树园村' } }));
    await later(2, '09:00');
    for (const leg of ['T', 'S'] as const) await work.report(cleared, leg);
    await work.pass(cleared, ['T', 'S']);
    await work.verify(cleared);
    await later(5, '00:30');
    await product.settle();
  });
  afterAll(() => product?.close());

  const shown = async (id: string, client = office, position = '0'): Promise<Shown> =>
    ok(await client.get<Shown>(`/api/bulletins/${id}?position=${position}`));
  const county = ({ content }: Shown): Row => {
    const row = content.figures.tables.find(({ scope }) => scope === 'county')?.rows[0];
    if (row === undefined) throw new Error('no row of the county');
    return row;
  };
  const fileOf = async (id: string, format: string): Promise<string> => {
    const { statusCode, rawPayload } = await product.app.inject({
      url: `/api/bulletins/${id}/file/${format}`,
      headers: { cookie: office.cookieHeader },
    });
    if (statusCode !== 200) throw new Error(`${format}: ${String(statusCode)} ${rawPayload.toString('utf8')}`);
    return createHash('sha256').update(rawPayload).digest('hex');
  };
  /** The number of every list behind the figures of a row is the figure. */
  const opened = async ({ content }: Shown, scope: string, id: string, client = office): Promise<unknown> => {
    const row = content.figures.tables.find((table) => table.scope === scope)?.rows.find((one) => one.id === id);
    const totals: Record<string, number> = {};
    for (const figure of Object.keys(row?.figures ?? {})) {
      const where = `scope=${scope}&id=${id}&figure=${figure}&asOf=${content.period.to}&from=${content.period.from}&limit=1`;
      totals[figure] = ok(await client.get<{ total: number }>(`/api/clearance/list?${where}`)).total;
    }
    return totals;
  };

  it('say of each kind which period comes next and when its issue is due, and draft it without storing anything', async () => {
    const { next } = ok(await office.get<{ next: readonly Record<string, unknown>[] }>('/api/bulletins/schedule'));
    expect(next.map(({ kind, period, dueOn, state }) => [kind, period, dueOn, state])).toStrictEqual([
      ['bulletin', { from: '2020-07-06', to: '2020-07-12' }, '2020-07-14', 'ready'],
      ['monthly', { from: '2020-06-01', to: '2020-06-30' }, '2020-07-03', 'late'],
      ['quarterly', { from: '2020-04-01', to: '2020-06-30' }, '2020-07-07', 'late'],
      ['half-yearly', { from: '2020-01-01', to: '2020-06-30' }, '2020-07-14', 'ready'],
      ['annual', { from: '2019-01-01', to: '2019-12-31' }, '2020-01-21', 'late'],
    ]);
    const preview = ok(await office.post<{ content: Content }>('/api/bulletins/previews', FIRST_WEEK));
    expect(preview.content.texts['overall']).toContain('截至2020年7月12日，共发现问题3件，应销号3件，已销号0件，未销号3件。销号率0/3。');
    expect([preview.content.bulletinId, preview.content.number]).toStrictEqual(['bulletin-1', 1]);
    expect(ok(await office.get<{ bulletins: readonly unknown[] }>('/api/bulletins')).bulletins).toStrictEqual([]);
    expect(codeOf(await office.post('/api/bulletins/previews', { ...FIRST_WEEK, to: '2020-07-13' }))).toStrictEqual([
      409,
      'bulletin-period-open',
    ]);
    expect(codeOf(await office.post('/api/bulletins', { ...FIRST_WEEK, kind: 'monthly' }))).toStrictEqual([422, 'bulletin-period-invalid']);
  });

  it('are drafted on the server, so that another editor goes on, and nobody overwrites what they have not seen', async () => {
    type Draft = Readonly<{ revision: number; texts: Record<string, string>; savedBy: { name: string }; kind: string; from: string }>;
    const head = await product.as('office-head');
    const drafts = async (): Promise<readonly Draft[]> => ok(await head.get<{ drafts: readonly Draft[] }>('/api/bulletin-drafts')).drafts;
    const save = (client: Client, next: string, revision: number): Promise<Answer<Draft>> =>
      client.put<Draft>('/api/bulletin-drafts', { ...FIRST_WEEK, texts: { next }, revision });
    expect(ok(await save(office, '请抓紧', 0)).revision).toBe(1);
    expect((await drafts()).map(({ texts, savedBy, from }) => [texts, savedBy.name, from])).toStrictEqual([
      [{ next: '请抓紧' }, '督查办科员', '2020-07-06'],
    ]);
    expect(ok(await save(head, '请抓紧整改', 1)).revision).toBe(2);
    for (const seen of [0, 1]) {
      expect((await save(office, '别的话', seen)).body).toMatchObject({ code: 'bulletin-draft-changed' });
    }
    expect((await drafts()).map(({ revision, texts }) => [revision, texts['next']])).toStrictEqual([[2, '请抓紧整改']]);
    expect((await (await product.as('dazeshan-clerk')).get('/api/bulletin-drafts')).status).toBe(403);
    ok(await office.send('DELETE', '/api/bulletin-drafts?kind=bulletin&from=2020-07-06&to=2020-07-12', {}));
    expect(await drafts()).toStrictEqual([]);
    // Left for the issue of this week, which ends it.
    ok(await save(office, '请抓紧', 0));
  });

  it('are issued once, frozen at a position from which the log gives the same figures again', async () => {
    const sending = { key: 'issue-of-the-first-week' };
    const texts = { next: '请对照清单抓紧整改。' };
    const first = ok(await office.post<Written>('/api/bulletins', { ...FIRST_WEEK, texts }, sending));
    expect([first.bulletinId, first.revision, first.changed]).toStrictEqual(['bulletin-1', '0', true]);
    expect(ok(await office.post<Written>('/api/bulletins', { ...FIRST_WEEK, texts }, sending))).toStrictEqual(first);
    expect(ok(await office.get<{ drafts: readonly unknown[] }>('/api/bulletin-drafts')).drafts).toStrictEqual([]);
    const issue = await shown('bulletin-1', office, first.position);
    const { content } = issue;
    expect([content.number, content.total, content.texts['next'], content.previous]).toStrictEqual([1, 1, '请对照清单抓紧整改。', null]);
    expect(county(issue)).toMatchObject({
      figures: { found: 3, toClear: 3, cleared: 0, open: 3 },
      rates: { clearance: { numerator: 0, denominator: 3 } },
    });
    expect(codeOf(await office.post('/api/bulletins', FIRST_WEEK))).toStrictEqual([409, 'bulletin-period-overlaps']);

    // From nothing but the log up to that position.
    const log = (await product.app.get(EventStore).readAll(0n, 10_000)).filter(({ position }) => position <= BigInt(content.position));
    const database = await freshDatabase();
    const dataSource = await createDataSource(database.url).initialize();
    const handled = log.filter(({ type }) => clearanceProjection.handles.includes(type)).map((event) => CODEC.decode(event));
    await dataSource.transaction((tx) => clearanceProjection.apply(handled, tx));
    const when = { asOf: localDate(content.period.to), from: localDate(content.period.from) };
    for (const { scope, rows } of content.figures.tables) {
      const board = await new ClearanceQueries(dataSource).board(scope as 'county', when, { subtree: true, seen: null, under: null });
      for (const row of rows) {
        const rates = Object.fromEntries(
          Object.entries(row.rates).map(([name, { numerator, denominator }]) => [name, { numerator, denominator }]),
        );
        expect([scope, board.rows.find(({ id }) => id === row.id)]).toMatchObject([scope, { figures: row.figures, rates }]);
      }
    }
    await dataSource.destroy();
    await database.drop();
  });

  it('keep words, figures and files when a later truth comes, which stands beside them as a correction', async () => {
    const before = await shown('bulletin-1');
    const files = async (): Promise<readonly string[]> => [
      await fileOf('bulletin-1', 'pdf'),
      await fileOf('bulletin-1', 'docx'),
      await fileOf('bulletin-1', 'html'),
    ];
    const bytes = await files();
    expect(ok(await office.get<{ lines: readonly Line[] }>('/api/bulletins/bulletin-1/corrections/proposed')).lines).toStrictEqual([]);
    // Cleared on the 10th, as is said on the 13th.
    await work.clear(cleared, { on: '2020-07-10' });
    await product.settle();
    const { lines } = ok(await office.get<{ lines: readonly Line[] }>('/api/bulletins/bulletin-1/corrections/proposed'));
    const ofCounty = lines.filter(({ scope, figure }) => scope === 'county' && ['cleared', 'open'].includes(figure));
    expect(ofCounty.map(({ figure, was, is }) => [figure, was, is])).toStrictEqual([
      ['cleared', 0, 1],
      ['open', 3, 2],
    ]);
    const numbers = ofCounty.map(({ scope, id, figure }) => ({ scope, id, figure }));
    const reason = '一件7月10日已销号，13日补记';
    const corrected = ok(await office.post<Written>('/api/bulletins/bulletin-1/corrections', { numbers, reason }));
    expect(codeOf(await office.post('/api/bulletins/bulletin-1/corrections', { numbers, reason }))).toStrictEqual([
      409,
      'bulletin-nothing-to-correct',
    ]);
    const after = await shown('bulletin-1', office, corrected.position);
    expect([after.content, after.contentHash]).toStrictEqual([before.content, before.contentHash]);
    expect(after.corrections).toMatchObject([{ lines: ofCounty, reason, correctedBy: { name: '督查办科员' }, printedIn: null }]);
    expect(await files()).toStrictEqual(bytes);
    expect(await opened(after, 'county', 'all')).toStrictEqual(county(after).figures);
    expect(await opened(after, 'town', 'dazeshan')).toStrictEqual(
      after.content.figures.tables.find(({ scope }) => scope === 'town')?.rows.find(({ id }) => id === 'dazeshan')?.figures,
    );
  });

  it('show the difference from the last issue, which the events between them explain to the digit, and print its corrections', async () => {
    for (const leg of ['T', 'S'] as const) await work.report(other, leg);
    await work.pass(other, ['T', 'S']);
    await work.verify(other);
    await work.clear(other);
    await later(7, '09:00');
    await product.settle();
    const [one, two] = await Promise.all([
      office.post<Written>('/api/bulletins', SECOND_WEEK),
      (await product.as('office-head')).post<Written>('/api/bulletins', SECOND_WEEK),
    ]);
    // Both drafted the second issue; there is one.
    expect([one.status, two.status].sort()).toStrictEqual([201, 409]);
    const { position } = one.status === 201 ? one.body : two.body;
    const issue = await shown('bulletin-2', office, position);
    expect([issue.content.number, issue.content.total, issue.content.previous?.bulletinId]).toStrictEqual([2, 2, 'bulletin-1']);
    const row = county(issue);
    expect([row.figures['cleared'], row.before?.figures['cleared'], row.before]).toStrictEqual([
      2,
      0,
      { figures: county(await shown('bulletin-1')).figures, rates: expect.anything() as unknown },
    ]);
    const explained = issue.content.figures.tables.find(({ scope }) => scope === 'county')?.explained ?? [];
    expect(explained).toEqual(expect.arrayContaining(['found', 'toClear', 'cleared', 'open', 'overdue', 'relapses']));
    expect(explained).not.toContain('closed');
    for (const figure of explained) {
      const where = `scope=county&id=all&figure=${figure}&from=2020-07-12&to=2020-07-19&limit=200`;
      const moved = ok(
        await office.get<{ difference: number; rows: readonly { direction: string }[] }>(`/api/clearance/comparison?${where}`),
      );
      const net = moved.rows.reduce((sum, { direction }) => sum + (direction === 'entered' ? 1 : -1), 0);
      const difference = (row.figures[figure] ?? 0) - (row.before?.figures[figure] ?? 0);
      expect([figure, moved.difference, net]).toStrictEqual([figure, difference, difference]);
    }
    expect(issue.content.corrections.map(({ bulletinId, figure, was, is }) => [bulletinId, figure, was, is])).toStrictEqual([
      ['bulletin-1', 'cleared', 0, 1],
      ['bulletin-1', 'open', 3, 2],
    ]);
    expect((await shown('bulletin-1')).corrections).toMatchObject([{ printedIn: 'bulletin-2' }]);
    const { bulletins } = ok(await office.get<{ bulletins: readonly Record<string, unknown>[] }>('/api/bulletins?kind=bulletin'));
    expect(bulletins.map(({ bulletinId, corrected }) => [bulletinId, corrected])).toStrictEqual([
      ['bulletin-2', 0],
      ['bulletin-1', 2],
    ]);
  });

  it('are read by everybody who works on findings, who open the lists that are theirs; drafted and corrected by the office alone', async () => {
    const town = await product.as('dazeshan-clerk');
    const issue = await shown('bulletin-2', town);
    const opens = issue.content.figures.tables.flatMap(({ scope, rows }) =>
      rows.filter((row) => row.opens).map(({ id }) => `${scope}/${id}`),
    );
    expect(opens).toStrictEqual(['county/all', 'town/dazeshan']);
    expect(await opened(issue, 'town', 'dazeshan', town)).toStrictEqual(
      issue.content.figures.tables.find(({ scope }) => scope === 'town')?.rows.find(({ id }) => id === 'dazeshan')?.figures,
    );
    expect((await town.post('/api/bulletins', SECOND_WEEK)).status).toBe(403);
    expect((await town.get('/api/bulletins/bulletin-1/corrections/proposed')).status).toBe(403);
    expect(codeOf(await office.get('/api/bulletins/bulletin-9'))).toStrictEqual([404, 'not-found']);
    expect((await office.get('/api/bulletins/1')).status).toBe(400);
    const said = { ...FIRST_WEEK, texts: { next: '联系人电话13800138000' } };
    expect(codeOf(await office.post('/api/bulletins/previews', said))).toStrictEqual([422, 'personal-data-found']);
  });
});
