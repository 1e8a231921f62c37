import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { NoticeQueries, type NoticeId } from '@app/notices';
import { breachesOf, DESKTOP, describeInBrowser, isTooWide, PHONE, startSite, type Site } from '../support/browser';
import { CountyWork, ok, photoOf } from '../support/county-work';
import { textOf } from '../documents/tools';
import { menu, shown } from './steps';

const TITLE = '限期整改通知单 限改〔2020〕0001号';

describeInBrowser('A notice', () => {
  let site: Site;
  let office: Page, town: Page;
  let address: string;
  beforeAll(async () => {
    site = await startSite();
    const work = new CountyWork(site.product);
    const roof = await work.handToTown(await work.file({ text: '房屋漏雨。' }));
    const photo = { name: '屋面.jpg', type: 'image/jpeg', content: await photoOf() };
    ok(await (await site.product.as('dazeshan-clerk')).upload(`/api/findings/${roof}/evidence`, { phase: 'before' }, photo));
    await work.handToTown(await work.file({ subject: { kind: 'village', name: '北树园村' }, category: 'archives', text: '档案不全。' }));
    await site.product.settle();
    office = await site.signIn('office-head', { at: '/notices' });
    town = await site.signIn('dazeshan-clerk', { at: '/inbox' });
  });
  afterAll(() => site?.close());

  const faults = async (page: Page): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const size of [DESKTOP, PHONE]) {
      await page.setViewportSize(size);
      found.push(...(await breachesOf(page)), ...((await isTooWide(page)) ? ['scrolls sideways'] : []));
    }
    await page.setViewportSize(DESKTOP);
    return found;
  };
  const saved = async (page: Page, button: string): Promise<Buffer> => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
    return readFileSync(await download.path());
  };

  it('is put together from the findings of one unit, looked at, and issued under its number', async () => {
    await office.getByRole('link', { name: '印发文书' }).click();
    // The office may be responsible itself, as may a company.
    await office.getByLabel('主送单位').selectOption({ label: '市督查办' });
    await office.getByLabel('主送单位').selectOption({ label: '大泽山镇' });
    await office.getByRole('checkbox', { name: '全选本页' }).check();
    await office.getByRole('button', { name: '预览' }).click();
    await office.getByText('请选择至少两名检查人员').waitFor();
    for (const name of [/^督查员甲/, /^一组组长/]) await office.getByRole('checkbox', { name }).check();
    await office.getByLabel('复查安排').fill('8月5日起复查。');
    await office.getByRole('button', { name: '预览' }).click();
    await office.getByText('还没有印发，也没有占用文号。').waitFor();
    const asked = office.getByLabel(/^整改要求：QL-2020-000001/);
    expect(await asked.inputValue()).toBe('对照问题逐项整改到位，举一反三，防止反弹。');
    await asked.fill('更换漏雨屋面。');
    await office.getByText('还没有印发，也没有占用文号。').waitFor({ state: 'detached' });
    await office.getByRole('checkbox', { name: '整改前 屋面.jpg' }).check();
    // Changed while the preview is on its way: what comes back was asked of something else, and is not shown as what will be issued.
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    await office.route('**/api/notices/preview', (route) => held.then(() => route.continue()), { times: 1 });
    await office.getByRole('button', { name: '预览' }).click();
    await office.locator('button[aria-busy]', { hasText: '预览' }).waitFor();
    await office.getByLabel('复查安排').fill('8月6日起复查。');
    release();
    await office.locator('button:not([aria-busy])', { hasText: '预览' }).waitFor();
    expect(await office.getByRole('button', { name: '印发', exact: true }).count()).toBe(0);
    await office.getByRole('button', { name: '预览' }).click();
    const page = office.frameLocator('iframe[title="版面预览"]');
    await page.getByRole('img', { name: /照片1.*QL-2020-000001，.*整改前/ }).waitFor();
    await page.getByRole('cell', { name: '更换漏雨屋面。' }).waitFor();
    // The page as it will be printed, by its own style and nothing else.
    expect(
      await page
        .getByText('市督查办')
        .first()
        .evaluate((mark) => getComputedStyle(mark).color),
    ).toBe('rgb(230, 0, 18)');
    expect(await faults(office)).toStrictEqual([]);
    await office.getByRole('button', { name: '印发', exact: true }).click();
    await office.getByRole('heading', { name: TITLE, level: 1 }).waitFor();
    expect(await faults(office)).toStrictEqual([]);
    address = new URL(office.url()).pathname;
  });

  it('goes out on paper: what is downloaded is what was issued', async () => {
    const text = (await textOf(await saved(office, '下载 PDF'))).replace(/\s/g, '');
    for (const said of ['限改〔2020〕0001号', '限期整改通知单', '大泽山镇：', '房屋漏雨。', '更换漏雨屋面。', '档案不全。'])
      expect(text).toContain(said);
  });

  it('is signed for and answered by the unit it went to', async () => {
    await menu(town, '文书');
    await town.getByRole('link', { name: '限改〔2020〕0001号' }).click();
    await shown(town);
    await town.getByRole('button', { name: '签收' }).click();
    await town.getByText(/大泽山镇经办签收。$/).waitFor();
    await town.getByLabel('反馈内容').fill('两个问题均已安排，月底前完成。');
    await town.getByRole('button', { name: '提交反馈' }).click();
    await town.getByText(/反馈：两个问题均已安排，月底前完成。$/).waitFor();
    expect(await faults(town)).toStrictEqual([]);
  });

  it('is found on the page of each finding on it', async () => {
    await town
      .getByRole('link', { name: /^QL-2020-/ })
      .first()
      .click();
    await town.getByRole('link', { name: '限改〔2020〕0001号' }).click();
    await town.getByRole('heading', { name: TITLE, level: 1 }).waitFor();
  });

  it('is corrected by a notice of its own, and the two lead to each other', async () => {
    await office.goto(address);
    await office.getByRole('button', { name: '印发更正通知' }).click();
    const dialog = office.getByRole('dialog', { name: '印发更正通知' });
    await dialog.getByLabel('更正内容').fill('检查时间应为7月5日。');
    await dialog.getByRole('button', { name: '印发更正通知' }).click();
    await office.getByRole('heading', { name: '更正通知 更正〔2020〕0001号', level: 1 }).waitFor();
    await site.product.settle();
    await office.reload();
    await office.getByRole('link', { name: TITLE }).first().click();
    await office.getByRole('heading', { name: TITLE, level: 1 }).waitFor();
    await office.getByRole('link', { name: '更正通知 更正〔2020〕0001号' }).waitFor();
  });

  it('opens by the QR of its paper for whoever may read it, and says when the paper says something else', async () => {
    const id = address.split('/').at(-1) as NoticeId;
    const notice = await site.product.app.get(NoticeQueries, { strict: false }).one(id, site.product.clock.now());
    const qr = new URL(notice?.issued.address ?? '', 'http://qingling.example');
    const path = `${qr.pathname}${qr.search}`;
    await town.goto(path);
    await town.getByText('纸面与印发的内容一致。').waitFor();
    expect(await faults(town)).toStrictEqual([]);
    await town.goto(path.replace(/h=.{4}/, 'h=0000'));
    await town.getByText(/纸面与印发的内容不一致/).waitFor();
    await town.getByRole('link', { name: '打开这份文书' }).click();
    await town.getByRole('heading', { name: TITLE, level: 1 }).waitFor();
    const stranger = await site.signIn('jiudian-clerk', { at: path });
    await stranger.getByText('没有').first().waitFor();
    expect(await stranger.getByRole('main').innerText()).not.toContain('限改');
  });
});
