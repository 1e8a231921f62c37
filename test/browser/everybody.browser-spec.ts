import type { Page } from 'playwright-core';
import { waitUntil } from '@app/testing';
import { breachesOf, DESKTOP, describeInBrowser, isTooWide, PHONE, remaining, startSite, type Site } from '../support/browser';
import { PASSWORD, type Login } from '../support/county';
import type { Client } from '../support/client';
import { CountyWork, ok } from '../support/county-work';
import { offer, shown, tabTo } from './steps';

const DAY = '2020-07-06';
const VILLAGE = 'dazeshan-beishuyuan';
const HEAD = '编号,问题类别,所在镇街,所在村,问题表述,责任单位,整改时限';
const TEXT = '键盘也能办的问题。';
type Id =
  | 'supervision'
  | 'untriaged'
  | 'open'
  | 'toVerify'
  | 'cleared'
  | 'inspection'
  | 'list'
  | 'import'
  | 'selection'
  | 'sampling'
  | 'roundTrip'
  | 'notice';
type Ids = Readonly<Record<Id, string>>;

/** Who looks at which pages; every page of the application stands here at least once. */
const PAGES: Readonly<Partial<Record<Login, (ids: Ids) => readonly string[]>>> = {
  inspector: ({ toVerify, inspection }) => [
    '/today',
    '/file',
    '/mine',
    `/verify/${toVerify}`,
    '/inspections',
    `/inspections/${inspection}`,
  ],
  'team-head': ({ inspection }) => ['/inspections/new', `/inspections/${inspection}/change`],
  'dazeshan-clerk': ({ open, selection, roundTrip }) => [
    ...[
      '/inbox',
      '/acts',
      '/findings',
      '/legs',
      `/findings/${open}`,
      '/file',
      '/account',
      '/admin',
      '/nowhere',
      '/notifications',
      '/notifications/settings',
    ],
    ...['/selections', `/selections/${selection}`, '/round-trip', `/round-trip/${roundTrip}`, '/self-checks'],
  ],
  office: ({ untriaged, toVerify, list, sampling, notice }) => [
    ...['/triage', `/triage/${untriaged}`, '/reviews?work=verify', `/reviews/${toVerify}?work=verify`, '/reviews?work=look-back'],
    ...['/lists', `/lists/${list}`, '/placeholders', '/carry-overs', `/selections/${sampling}`],
    ...['/notices', '/notices/new', `/notices/${notice}`],
    ...['/bulletins', '/bulletins/bulletin-1', '/bulletins/new?kind=monthly&from=2020-06-01&to=2020-06-30'],
  ],
  'office-head': (ids) => [
    '/imports',
    `/imports/${ids.import}`,
    `/imports/${ids.import}?only=wrong`,
    '/clearance?columns=all',
    '/upper',
    '/escalation',
  ],
  'leader-dazeshan': ({ cleared, supervision }) => [
    ...['/overview', '/clearance?scope=town', '/clearance/list?scope=county&id=all&figure=open', '/clearance/compare'],
    ...[`/findings/${cleared}`, '/supervision', `/supervision/${supervision}`],
  ],
  admin: () => [
    '/admin',
    '/admin/units',
    '/admin/people',
    '/admin/posts',
    '/admin/categories',
    '/admin/rules',
    '/admin/supervision-rules',
    '/admin/ladder',
    '/admin/calendar',
    '/admin/accounts',
    '/admin/backups',
    '/admin/mail',
    '/admin/webhooks',
    '/admin/dead-letters',
  ],
  auditor: () => ['/admin/security-log'],
};

/** Texts that no longer fit where they stand; excerpts that are cut on purpose say so by `line-clamp`. */
const cutTexts = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const holdsText = (element: Element): boolean =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '');
    return [...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => {
        const { overflowX, overflowY, webkitLineClamp, visibility } = getComputedStyle(element);
        if (element.clientWidth <= 1 || visibility === 'hidden' || element.closest('[aria-hidden="true"]') !== null) return false;
        if (!holdsText(element) || (webkitLineClamp !== 'none' && webkitLineClamp !== '')) return false;
        const hides = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip';
        return (
          (hides(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
          (hides(overflowY) && element.scrollHeight > element.clientHeight + 1)
        );
      })
      .map((element) => (element.textContent ?? '').trim().slice(0, 60));
  });
/** What a page says that has nothing to show to whoever looks. */
const REFUSALS = ['您的岗位看不到这一页', '没有这一页', '没有成功', '连不上服务器', '出了意外'];
const MAY_REFUSE: ReadonlySet<string> = new Set(['dazeshan-clerk /admin', 'dazeshan-clerk /nowhere']);
const textSize = (page: Page, size: string): Promise<void> =>
  page.evaluate((wanted) => document.documentElement.style.setProperty('font-size', wanted), size);

describeInBrowser('For everybody', () => {
  let site: Site;
  let ids: Ids;
  beforeAll(async () => {
    site = await startSite();
    const { product } = site;
    const work = new CountyWork(product);
    const office = await product.as('office');
    const task = { teamId: 'team-1', members: ['p-inspector', 'p-team-head'], villages: [VILLAGE], from: DAY, to: '2020-07-08' };
    const why = { source: { kind: 'inspection', name: '脱贫攻坚督查' }, manner: 'household' };
    const planned = ok(await (await product.as('team-head')).post('/api/inspections', { ...task, ...why }));
    const cleared = await work.handToTown(await work.file({ text: '已经改好的问题。' }));
    await work.finish(cleared, ['T']);
    const toVerify = await work.handToTown(await work.file({ text: '等候核查的问题。' }));
    await work.report(toVerify, 'T');
    await work.pass(toVerify, ['T']);
    const open = await work.handOver(await work.file({ text: TEXT }), { seriousness: 'serious' });
    const upper = { authority: '省委督查室', batch: '2020年第一批', number: '3-(2)①', due: '2020-12-31' };
    const reported = { subject: { kind: 'village', name: '北树园村' }, source: { kind: 'upper', name: '省级反馈' }, upper };
    await work.file({ text: '上级反馈的问题。', ...reported }, 'office');
    const untriaged = await work.file({ text: '还没有研判的问题。', category: 'water' });
    const list = ok(await office.post('/api/lists', { title: '大泽山镇问题清单', source: { kind: 'inspection', name: '市督查' } }));
    const sheet = [HEAD, '1,住房安全,大泽山镇,,房屋漏雨未修,大泽山镇,2020/7/31', '2,住房安全,大泽山镇,,不认识的单位,某某局,7月底前'];
    const csv = { name: '问题清单.csv', type: 'text/csv', content: Buffer.from(sheet.join('\n')) };
    const job = String(ok(await office.upload('/api/imports', { sourceKind: 'inspection', sourceName: '市督查' }, csv))['importId']);
    await waitUntil(async () => ok(await office.get(`/api/imports/${job}`))['state'] === 'ready', { what: 'the import read' });
    await product.settle();
    ok(await office.post('/api/bulletins', { kind: 'bulletin', from: '2020-06-29', to: '2020-07-05' }));
    const clerk = await product.as('dazeshan-clerk');
    const selected = async (who: Client, body: object): Promise<string> => {
      const id = String(ok(await who.post('/api/selections', body))['selectionId']);
      await waitUntil(async () => ok(await who.get(`/api/selections/${id}`))['state'] === 'ready', { what: 'the preview' });
      return id;
    };
    const asked = { kind: 'assignment', unitId: 'dazeshan', legs: [{ findingId: open, legId: 'T' }] };
    const notice = String(ok(await office.post('/api/notices', asked))['noticeId']);
    const listing = { subject: { kind: 'unit', unitId: 'dazeshan' }, reason: '问题多发。' };
    const supervision = String(ok(await office.post('/api/supervision', listing))['supervisionId']);
    const plan = {
      ...{ reason: '同意挂牌。', leaderId: 'p-leader-dazeshan', rectifierId: null, measures: '逐户排查。', deadline: '2020-08-31' },
      ...{ cadence: { every: 5, unit: 'working' }, criteria: [{ kind: 'open-at-most', n: 2 }] },
    };
    ok(await (await product.as('leader-dazeshan')).put(`/api/supervision/${supervision}/listing`, plan));
    const selection = await selected(clerk, {
      step: 'SignForLeg',
      rows: [
        { findingId: open, legId: 'T' },
        { findingId: cleared, legId: 'T' },
      ],
    });
    const seen = { method: 'documents', text: '资料齐全。' };
    const sampling = await selected(office, { step: 'VerifyFinding', rows: [{ findingId: toVerify }], data: seen });
    ok(await office.post(`/api/selections/${sampling}/run`, {}));
    const url = `/api/round-trip/workbook.xlsx?purpose=${encodeURIComponent('七月填报')}`;
    const book = await product.app.inject({ method: 'GET', url, headers: { cookie: clerk.cookieHeader } });
    const filled = {
      name: '填报表.xlsx',
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      content: book.rawPayload,
    };
    const roundTrip = String(ok(await clerk.upload('/api/round-trip', {}, filled))['roundTripId']);
    await waitUntil(async () => ok(await clerk.get(`/api/round-trip/${roundTrip}`))['state'] === 'ready', { what: 'the workbook read' });
    ids = {
      ...{ supervision, untriaged, open, toVerify, cleared, import: job, selection, sampling, roundTrip, notice },
      ...{ inspection: String(planned['inspectionId']), list: String(list['listId']) },
    };
  });
  afterAll(() => site?.close());

  /** What is wrong with a page for somebody, in both sizes and with large text. */
  const faultsOf = async (page: Page, login: Login, at: string): Promise<readonly string[]> => {
    await page.setViewportSize(DESKTOP);
    await page.goto(at);
    await shown(page);
    const faults: string[] = [];
    const note = (what: string, found: readonly string[]): unknown => faults.push(...found.map((one) => `${at} ${what}: ${one}`));
    const said = await page.getByRole('main').innerText();
    if (!MAY_REFUSE.has(`${login} ${at}`))
      note(
        'shows',
        REFUSALS.filter((refusal) => said.includes(refusal)),
      );
    note('desk', await breachesOf(page));
    if (await isTooWide(page)) note('desk', ['scrolls sideways']);
    await textSize(page, '200%');
    if (await isTooWide(page)) note('text at 200 %', ['scrolls sideways']);
    note('text at 200 %, cut', await remaining(() => cutTexts(page)));
    await textSize(page, '');
    await page.setViewportSize(PHONE);
    await shown(page);
    note('phone', await breachesOf(page));
    if (await isTooWide(page)) note('phone', ['scrolls sideways']);
    return faults;
  };
  const faultsOfAll = async (login: Login, pages: readonly string[]): Promise<readonly string[]> => {
    const page = await site.signIn(login);
    const faults: string[] = [];
    for (const at of pages) faults.push(...(await faultsOf(page, login, at)));
    await page.context().close();
    return faults;
  };

  it.each((Object.keys(PAGES) as Login[]).map((login) => ({ login })))(
    'the pages of $login meet WCAG 2.2 AA, fit a phone, and hold at twice the text size',
    async ({ login }) => {
      expect(await faultsOfAll(login, PAGES[login]?.(ids) ?? [])).toStrictEqual([]);
    },
    // Some look at twenty pages, each five times.
    600_000,
  );
  it('signing in, opening work and doing it goes by the keyboard alone, Escape gives the focus back, and forms meet WCAG, too', async () => {
    const page = await site.visit();
    await tabTo(page, page.getByLabel('用户名'));
    await page.keyboard.type('dazeshan-clerk');
    await tabTo(page, page.getByLabel('密码'));
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '待办', level: 1 }).waitFor();
    await tabTo(page, page.getByRole('link', { name: TEXT }));
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/findings\//);
    const sign = offer(page, '签收');
    await tabTo(page, sign);
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog');
    await form.waitFor();
    expect(await form.evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
    expect(await sign.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await tabTo(page, form.getByRole('button', { name: '提交：签收' }));
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await offer(page, '报完成').click();
    await form.waitFor();
    for (const size of [DESKTOP, PHONE]) {
      await page.setViewportSize(size);
      expect([await breachesOf(page), await isTooWide(page)]).toStrictEqual([[], false]);
    }
    await page.context().close();
  });

  it('nothing is blocked, broken or fetched from elsewhere', () => {
    expect(site.complaints).toStrictEqual([]);
  });
});
