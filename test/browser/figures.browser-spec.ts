import type { Page } from 'playwright-core';
import { describeInBrowser, remaining, startSite, type Site } from '../support/browser';
import type { Client } from '../support/client';
import { PASSWORD, type Login } from '../support/county';
import { CountyWork, ok } from '../support/county-work';

type Rate = Readonly<{
  numerator: number;
  denominator: number;
  percent: string | null;
  of: Readonly<{ numerator: string; denominator: string }>;
}>;
type Row = Readonly<{ id: string; figures: Readonly<Record<string, number>>; rates: Readonly<Record<string, Rate>> }>;
type Board = Readonly<{ rows: readonly Row[] }>;
type Overview = Readonly<{ remainder: number; segments: readonly Readonly<{ figure: string; n: number }>[] }>;

/** A number as the page shows it, and what its link asks for. */
type Shown = Readonly<{ n: number; text: string; to: string; asked: Readonly<Record<string, string>> }>;
const SCOPES = ['county', 'town', 'department', 'category', 'list', 'source'] as const;
const LATER = ['office', 'inspector', 'dazeshan-clerk', 'dazeshan-deputy', 'housing-clerk', 'housing-deputy'] as const;
const FIRST_DAY = '2020-07-06';
const SECOND_DAY = '2020-07-08';

describeInBrowser('The numbers on the board', () => {
  let site: Site;
  let office: Client;
  let page: Page;
  beforeAll(async () => {
    site = await startSite();
    const { product } = site;
    const work = new CountyWork(product);
    const ids: string[] = [];
    for (let at = 0; at < 11; at += 1) ids.push(await work.handOver(await work.file({ text: `第 ${String(at + 1)} 户房屋漏雨。` })));
    await work.file({ place: { townId: 'jiudian' }, category: 'archives', text: '档案缺页。' });
    await work.finish(ids[0] ?? '', ['T', 'S']);
    await work.report(ids[1] ?? '', 'T');
    await product.settle();
    product.clock.nextDay(2);
    office = await product.as('office');
    // Two days later everybody signs in anew.
    for (const login of LATER) await (await product.as(login)).signIn(login, PASSWORD);
    await work.finish(ids[2] ?? '', ['T', 'S']);
    await work.handOver(
      await work.file({
        place: { townId: 'jiudian' },
        category: 'water',
        text: '水质不达标。',
        source: { kind: 'data', name: '数据比对' },
      }),
      { seriousness: 'serious' },
    );
    const draft = { title: '大泽山镇问题清单', source: { kind: 'inspection', name: '市督查' } };
    const listId = String(ok(await office.post('/api/lists', draft))['listId']);
    const legs = [{ unitId: 'dazeshan', line: 'territorial', leads: true }];
    const subject = { kind: 'village', name: '北树园村' };
    const row = { place: { townId: 'dazeshan' }, category: 'housing', text: '村部漏雨。', subject, rectification: 'time-limited', legs };
    ok(await office.post(`/api/lists/${listId}/rows`, { rows: [row] }));
    ok(await office.put(`/api/lists/${listId}/issue`));
    await product.settle();
    page = await site.signIn('office', { at: '/clearance' });
  });
  afterAll(() => site?.close());

  const shownIn = async (where: string): Promise<readonly Shown[]> =>
    page.locator(where).evaluateAll((links) =>
      links.map((link) => {
        const { href = '', textContent } = link as HTMLAnchorElement;
        const { pathname, searchParams } = new URL(href);
        const text = (textContent ?? '').trim();
        return { n: Number(text), text, to: pathname, asked: Object.fromEntries(searchParams) };
      }),
    );
  const NUMBERS = 'main a[href*="/clearance/list?"][aria-label]';
  /** How many the api counts behind a number. */
  const totalBehind = async ({ asked }: Shown, login: Login = 'office'): Promise<number> => {
    const query = new URLSearchParams({ ...asked, limit: '1' }).toString();
    return ok(await (await site.product.as(login)).get<{ total: number }>(`/api/clearance/list?${query}`)).total;
  };
  const ready = async (): Promise<void> => {
    await page.waitForFunction(() => document.querySelector('h1') !== null && !document.body.innerText.includes('正在加载'));
  };
  const boardOf = async (scope: string, day: string): Promise<readonly Row[]> => {
    await page.goto(`/clearance?scope=${scope}&columns=all&peer=all&asOf=${day}`);
    await page.locator('table').first().waitFor();
    await ready();
    const from = (await shownIn('table a[href*="figure=carriedOver"]'))[0]?.asked['from'] ?? '2020-07-01';
    return ok(await office.get<Board>(`/api/clearance/board?scope=${scope}&asOf=${day}&from=${from}`)).rows;
  };
  /** Every number of a row, as the api gives it, under the name that its link asks by. */
  const countsOf = ({ figures, rates }: Row): ReadonlyMap<string, number> =>
    new Map([
      ...Object.entries(figures),
      ...Object.values(rates).flatMap(({ numerator, denominator, of }): [string, number][] => [
        [of.numerator, numerator],
        [of.denominator, denominator],
      ]),
    ]);

  const looks = [
    ...SCOPES.map((scope) => ({ scope, day: SECOND_DAY })),
    { scope: 'town', day: FIRST_DAY },
    { scope: 'county', day: FIRST_DAY },
  ];
  it.each(looks)('are what the api counts, each as many as its list holds: $scope on $day', async ({ scope, day }) => {
    const rows = await boardOf(scope, day);
    const shown = await shownIn(`table ${NUMBERS.replace('main ', '')}`);
    expect(rows.length).toBeGreaterThan(0);
    const ofBoard = shown.filter(({ asked }) => asked['scope'] === scope && asked['asOf'] === day);
    expect(new Set(ofBoard.map(({ asked }) => asked['id']))).toStrictEqual(new Set(rows.map(({ id }) => id)));
    for (const row of rows) {
      const counts = countsOf(row);
      const own = ofBoard.filter(({ asked }) => asked['id'] === row.id);
      expect(own.length).toBeGreaterThan(10);
      expect(own.map(({ asked, n }) => [asked['figure'], n])).toStrictEqual(
        own.map(({ asked }) => [asked['figure'], counts.get(asked['figure'] ?? '')]),
      );
    }
    for (const one of shown) expect([one.asked, await totalBehind(one)]).toStrictEqual([one.asked, one.n]);
    const percents = await page.locator('table tbody strong').allInnerTexts();
    const given = rows.flatMap(({ rates }) => Object.values(rates).flatMap(({ percent }) => (percent === null ? [] : [`${percent}%`])));
    expect(percents.every((percent) => given.includes(percent))).toBe(true);
    if (scope === 'county') expect(percents.length).toBeGreaterThan(0);
  });

  it('open the list that they count, which says the same number', async () => {
    await boardOf('town', SECOND_DAY);
    const [some] = (await shownIn(`table ${NUMBERS.replace('main ', '')}`)).filter(({ n }) => n > 1);
    await page
      .locator(`table a[href*="figure=${some?.asked['figure'] ?? ''}"][href*="id=${some?.asked['id'] ?? ''}"]`)
      .first()
      .click();
    await page
      .getByRole('status')
      .filter({ hasText: `共 ${String(some?.n)} ` })
      .waitFor();
    const rows = page.getByRole('table').locator('tbody tr');
    expect(await rows.count()).toBe(some?.n);
    await rows.first().getByRole('link').first().click();
    await page.waitForURL(/\/findings\/[0-9a-f-]{36}/);
  });

  it.each([{ login: 'office' }, { login: 'leader-dazeshan' }] as const)(
    'of the first screen sum up, bar and all, and open what they count: $login',
    async ({ login }) => {
      if (login !== 'office') page = await site.signIn(login, { at: '/overview' });
      else await page.goto('/overview');
      const { remainder, segments } = ok(await (await site.product.as(login)).get<Overview>('/api/clearance/overview'));
      await page
        .locator('main dd')
        .filter({ hasText: `尚余 ${String(remainder)} 件未销号` })
        .first()
        .waitFor();
      await ready();
      const held = segments.filter(({ n }) => n > 0);
      expect(held.reduce((sum, { n }) => sum + n, 0)).toBe(remainder);

      const table = page.locator('table').filter({ has: page.locator('caption', { hasText: '合计等于尚余件数' }) });
      await page.getByText('尚余问题现在在谁手里').first().click();
      const counted = (await table.locator('tbody tr td:last-child').allInnerTexts()).map(Number);
      expect(counted.reduce((sum, n) => sum + n, 0)).toBe(remainder);
      expect([...counted].sort()).toStrictEqual(held.map(({ n }) => n).sort());
      expect(Number(await table.locator('tfoot td').innerText())).toBe(remainder);

      const bar = page.locator('main [aria-hidden="true"]:has(> span[style*="flex-grow"])').first();
      const measured = () =>
        bar.evaluate((element) => ({
          whole: element.clientWidth,
          parts: [...element.children].map((part) => ({
            width: part.getBoundingClientRect().width,
            share: Number(getComputedStyle(part).flexGrow),
          })),
        }));
      const wrong = async (): Promise<readonly string[]> => {
        const { whole, parts } = await measured();
        const sum = (one: 'width' | 'share'): number => parts.reduce((total, part) => total + part[one], 0);
        return [
          ...(Math.abs(sum('width') - whole) < 1 ? [] : [`${String(sum('width'))} of ${String(whole)} px`]),
          ...(sum('share') === remainder ? [] : [`${String(sum('share'))} of ${String(remainder)}`]),
          ...parts.flatMap(({ width, share }) =>
            Math.abs(width / whole - share / remainder) < 0.01 ? [] : [`${String(width)} px for ${String(share)}`],
          ),
        ];
      };
      expect(await remaining(wrong)).toStrictEqual([]);

      const shown = await shownIn(NUMBERS);
      expect(shown.length).toBeGreaterThan(5);
      for (const one of shown) expect([one.asked, await totalBehind(one, login)]).toStrictEqual([one.asked, one.n]);
    },
  );

  it('have nothing to complain of', () => {
    expect(site.complaints).toStrictEqual([]);
  });
});
