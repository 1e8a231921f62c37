import type { Page } from 'playwright-core';
import { describeInBrowser, startSite, type Site } from '../support/browser';
import { CountyWork, ok, photoOf } from '../support/county-work';
import type { Login } from '../support/county';
import { act, fillReport, lineOf, menu, openFromInbox, photograph, saveFinding, shown, writeFinding, type Picture } from './steps';

const DAY = '2020-07-06';
const VILLAGE = 'dazeshan-beishuyuan';

describeInBrowser('From filing to 销号, as four kinds of people see it', () => {
  let site: Site;
  let before: Picture;
  let after: Picture;
  const desks = new Map<Login, Page>();
  beforeAll(async () => {
    site = await startSite();
    const work = new CountyWork(site.product);
    const task = { teamId: 'team-1', members: ['p-inspector', 'p-team-head'], villages: [VILLAGE], from: DAY, to: '2020-07-08' };
    const why = { source: { kind: 'inspection', name: '脱贫攻坚督查' }, manner: 'household' };
    ok(await (await site.product.as('team-head')).post('/api/inspections', { ...task, ...why }));
    await work.handOver(await work.file({ text: '一直开着的另一件。' }));
    await site.product.settle();
    before = { name: '整改前.jpg', mimeType: 'image/jpeg', buffer: await photoOf('brown') };
    after = { name: '整改后.jpg', mimeType: 'image/jpeg', buffer: await photoOf('green') };
  });
  afterAll(() => site?.close());

  /** Everybody at a desk of their own, or on a phone of their own. */
  const deskOf = async (login: Login): Promise<Page> => {
    const known = desks.get(login) ?? (await site.signIn(login));
    desks.set(login, known);
    return known;
  };
  const rest = async (): Promise<void> => site.product.settle();
  const remainder = (page: Page, n: number): Promise<void> =>
    page
      .locator('main dd')
      .filter({ hasText: `尚余 ${String(n)} 件未销号` })
      .first()
      .waitFor();

  const remaining = async (): Promise<number> =>
    ok(await (await site.product.as('leader-dazeshan')).get<{ remainder: number }>('/api/clearance/overview')).remainder;

  const inspectorFiles = async (page: Page, text: string): Promise<void> => {
    await menu(page, '今日', '今日检查');
    await page.getByRole('main').getByRole('link', { name: '报问题' }).click();
    await writeFinding(page, '周样一', text);
    await photograph(page, before);
    await saveFinding(page);
    await menu(page, '我的');
    await lineOf(page, text).getByText('已发出').waitFor();
  };
  const officeHandsOver = async (page: Page, text: string, departmentGuides: boolean): Promise<void> => {
    await menu(page, '研判');
    await page.getByRole('row').filter({ hasText: text }).getByRole('link').first().click();
    await page.getByRole('heading', { name: /^研判 QL-/ }).waitFor();
    await page.getByRole('radio', { name: '限期整改' }).check();
    const sectoral = page.getByRole('group', { name: '条线 2（行业）' });
    await sectoral.waitFor();
    if (departmentGuides) {
      await sectoral.getByLabel('职责').selectOption({ label: '指导' });
      await page.getByLabel('调整理由').fill('镇里自己能改，部门把关。');
    }
    await page.getByRole('button', { name: '下一步：看时限' }).click();
    await page.getByRole('heading', { name: '将这样交办' }).waitFor();
    await page.getByRole('button', { name: '确认成立并交办' }).click();
    await page
      .getByText(/已交办。/)
      .first()
      .waitFor();
    await rest();
  };
  const unitReports = async (clerk: Page, deputy: Page, text: string): Promise<void> => {
    await openFromInbox(clerk, text);
    await act(clerk, '签收');
    await act(clerk, '报完成', fillReport(after, DAY));
    await rest();
    await openFromInbox(deputy, text);
    await act(deputy, '初审', (form) => form.getByRole('radio', { name: '通过', exact: true }).check());
    await act(deputy, '审签');
    await rest();
  };
  const officePasses = async (page: Page, text: string, units: readonly string[]): Promise<void> => {
    await menu(page, '复核');
    await page.getByRole('row').filter({ hasText: text }).getByRole('link').first().click();
    await page.waitForURL(/\/reviews\//);
    await shown(page);
    for (const unit of units) await act(page, '复核通过', (form) => form.getByLabel('复核意见').fill('材料属实。'), unit);
    await rest();
  };
  const leaderOpensDown = async (page: Page, text: string): Promise<void> => {
    await page.locator('main dd').filter({ hasText: '销号' }).locator('a[href*="figure=closedWithImmediate"]').first().click();
    await page.getByRole('row').filter({ hasText: text }).getByRole('link').first().click();
    await page.waitForURL(/\/findings\//);
    await shown(page);
    await page.getByText('已销号').first().waitFor();
    const pictures = page.getByRole('main').getByRole('img');
    await pictures.first().scrollIntoViewIfNeeded();
    await page.waitForFunction(() => {
      const shownPictures = [...document.querySelectorAll<HTMLImageElement>('main img')];
      return shownPictures.length > 1 && shownPictures.every((one) => one.complete && one.naturalWidth > 0);
    });
  };

  it('inspector and town on their phones, the department guides, the inspector verifies on the spot', async () => {
    const text = '主房屋顶漏雨，多处开裂。';
    const leader = await deskOf('leader-dazeshan');
    const open = await remaining();
    await remainder(leader, open);
    const inspector = await site.signIn('inspector', { phone: true });
    await inspectorFiles(inspector, text);
    await rest();
    const office = await deskOf('office');
    await officeHandsOver(office, text, true);
    await remainder(leader, open + 1);

    const guide = await deskOf('housing-clerk');
    await openFromInbox(guide, text);
    await act(guide, '出具政策口径', (form) => form.getByLabel('政策口径').fill('按危房改造办法第六条办理。'));
    const [clerk, deputy] = [await site.signIn('dazeshan-clerk', { phone: true }), await site.signIn('dazeshan-deputy', { phone: true })];
    await unitReports(clerk, deputy, text);
    await openFromInbox(guide, text);
    await act(guide, '出具指导意见', async (form) => {
      await form.getByRole('radio', { name: '同意', exact: true }).check();
      await form.getByLabel('意见内容').fill('符合标准。');
    });
    await rest();
    await officePasses(office, text, ['大泽山镇', '市住建局']);

    await menu(inspector, '今日', '今日检查');
    await inspector.getByRole('button', { name: '更新任务包' }).click();
    await lineOf(inspector, text).getByRole('link', { name: '去复核' }).click();
    await inspector.getByRole('radio', { name: '通过', exact: true }).check();
    await inspector.getByLabel('看到的情况').fill('新房已入住。');
    await inspector.getByRole('button', { name: '保存复核结果' }).click();
    await inspector.getByRole('listitem').filter({ hasText: '复核 QL-' }).getByText('已发出').waitFor();
    await rest();

    await openFromInbox(office, text);
    await act(office, '销号', (form) => form.getByLabel('销号意见').fill('同意销号。'));
    await rest();
    await remainder(leader, open);
    await leaderOpensDown(leader, text);
    for (const page of [inspector, clerk, deputy]) await page.context().close();
  });

  it('all of them at a desk: two legs rectify, the office reviews both, verifies and clears', async () => {
    const text = '西屋山墙倾斜，须拆除重建。';
    const leader = await deskOf('leader-dazeshan');
    await menu(leader, '总览');
    const open = await remaining();
    await remainder(leader, open);
    const inspector = await site.signIn('inspector');
    await inspectorFiles(inspector, text);
    await rest();
    const office = await deskOf('office');
    await officeHandsOver(office, text, false);
    await remainder(leader, open + 1);
    await unitReports(await deskOf('dazeshan-clerk'), await deskOf('dazeshan-deputy'), text);
    await unitReports(await deskOf('housing-clerk'), await deskOf('housing-deputy'), text);
    await officePasses(office, text, ['大泽山镇', '市住建局']);
    await act(office, '核查', async (form) => {
      await form.getByRole('radio', { name: '现场核查' }).check();
      await form.getByLabel('核查情况').fill('现场看过，属实。');
    });
    await act(office, '销号', (form) => form.getByLabel('销号意见').fill('同意销号。'));
    await rest();
    await remainder(leader, open);
    await leaderOpensDown(leader, text);
  });

  it('nothing to complain of', () => {
    expect(site.complaints).toStrictEqual([]);
  });
});
