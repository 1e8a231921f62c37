import type { Page } from 'playwright-core';
import { breachesOf, describeInBrowser, DESKTOP, isTooWide, PHONE, startSite, type Site } from '../support/browser';
import { PASSWORD } from '../support/county';
import { CountyWork } from '../support/county-work';
import { menu, shown } from './steps';

const ISSUE = '工作简报 2020年第1期（总第1期）';

describeInBrowser('A bulletin', () => {
  let site: Site;
  let page: Page;
  beforeAll(async () => {
    site = await startSite();
    const { product } = site;
    await new CountyWork(product).file({ text: '房屋漏雨。' });
    product.clock.nextDay(7);
    for (const login of ['office', 'inspector'] as const) await (await product.as(login)).signIn(login, PASSWORD);
    await product.settle();
    page = await site.signIn('office', { at: '/bulletins' });
  });
  afterAll(() => site?.close());
  const faults = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for (const size of [DESKTOP, PHONE]) {
      await page.setViewportSize(size);
      found.push(...(await breachesOf(page)), ...((await isTooWide(page)) ? ['scrolls sideways'] : []));
    }
    await page.setViewportSize(DESKTOP);
    return found;
  };

  it('is drafted for the period that is due, in the office’s own words, and issued; its numbers open the lists behind them', async () => {
    await page
      .getByRole('row', { name: /工作简报.*2020年7月6日—2020年7月12日.*可以印发/ })
      .getByRole('link')
      .click();
    await page.getByLabel('五、下步要求').fill('请大泽山镇本周内研判到位。');
    await page.getByText(/^草稿已保存（/).waitFor();
    // Another window goes on where this one stopped.
    await page.reload();
    await page.getByRole('button', { name: '取数' }).or(page.getByLabel('五、下步要求')).first().waitFor();
    expect(await page.getByLabel('五、下步要求').inputValue()).toBe('请大泽山镇本周内研判到位。');
    expect(await page.getByLabel('一、总体情况').inputValue()).toContain('共发现问题1件');
    expect(await faults()).toStrictEqual([]);
    await page.getByRole('button', { name: '印发' }).click();
    await page.getByRole('dialog', { name: '印发2020年第1期（总第1期）' }).getByRole('button', { name: '印发' }).click();
    await page.getByRole('heading', { name: ISSUE, level: 1 }).waitFor();
    await page.getByText('请大泽山镇本周内研判到位。').waitFor();
    expect(await faults()).toStrictEqual([]);
    await page.getByRole('link', { name: '全市 已发现 1，打开清单' }).click();
    await page.getByText('共 1 件，与看板上的数字一致。').waitFor();
  });

  it('keeps its numbers when more becomes known, and shows the correction that the office confirms beside them', async () => {
    // Found in that week, as is said in the next.
    await new CountyWork(site.product).file({ text: '院墙开裂。', on: '2020-07-10' });
    await site.product.settle();
    await menu(page, '简报');
    await page.getByRole('link', { name: ISSUE }).click();
    await shown(page);
    await page.getByRole('button', { name: '更正' }).click();
    const dialog = page.getByRole('dialog', { name: '更正本期' });
    await dialog.getByRole('checkbox', { name: '选择 全市 已发现' }).check();
    await dialog.getByLabel('原因').fill('10日发现的一件，13日登记');
    await dialog.getByRole('button', { name: '更正勾选的 1 处' }).click();
    await page.getByText('全市“已发现”原为 1，更正为 2。').waitFor();
    await page.getByRole('link', { name: '全市 已发现 1，打开清单' }).waitFor();
    expect(await faults()).toStrictEqual([]);
  });
});
