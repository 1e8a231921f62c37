import { Workbook } from 'exceljs';
import type { Page } from 'playwright-core';
import { DataSource } from 'typeorm';
import { breachesOf, DESKTOP, describeInBrowser, isTooWide, PHONE, startSite, type Site } from '../support/browser';
import { ok } from '../support/county-work';
import { menu, shown } from './steps';

const HEAD = ['编号', '问题类别', '所在镇街', '所在村', '问题表述', '责任单位', '整改时限'] as const;
const FAULTY = [
  ['1', '住房安全', '大泽山镇', '北树园村', '房屋漏雨未修', '大泽山镇、市住建局', '2020/7/31'],
  ['2', '饮水安全', '旧店镇', '东太平村', '水质报告过期', '旧店镇、水利局', '立即'],
  ['3', '住房安全', '大泽山镇', '', '不认识的单位', '某某局', '7月底前'],
  ['4', '没有的类别', '大泽山镇', '', '不认识的类别', '大泽山镇', '2020/7/31'],
] as const;
const MANY = 400;

const workbook = async (rows: readonly (readonly string[])[], head: readonly string[]): Promise<Buffer> => {
  const book = new Workbook();
  const sheet = book.addWorksheet('问题清单');
  sheet.addRow([...head]);
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await book.xlsx.writeBuffer());
};

describeInBrowser('A workbook of the office', () => {
  let site: Site;
  let page: Page;
  beforeAll(async () => {
    site = await startSite();
    page = await site.signIn('office', { at: '/imports' });
  });
  afterAll(() => site?.close());

  const upload = async (name: string, rows: readonly (readonly string[])[], head: readonly string[] = HEAD): Promise<void> => {
    await menu(page, '导入');
    await page.getByRole('heading', { name: '导入', level: 1 }).waitFor();
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await page.getByLabel('表格文件').setInputFiles({ name, mimeType, buffer: await workbook(rows, head) });
    await page.getByLabel('来源单位').fill('省督导组');
    await page.getByLabel('来源类型').selectOption({ label: '督导检查' });
    await page.getByRole('button', { name: '上传', exact: true }).click();
    await page.waitForURL(/\/imports\/[0-9a-f-]{36}/);
  };
  /** Keeps the rows of a commit from going on, so that there is time to see how far it is. */
  const withholdRows = async (): Promise<() => Promise<void>> => {
    const held = site.product.app.get(DataSource).createQueryRunner();
    await held.startTransaction();
    await held.query('lock table list_row_claim in exclusive mode');
    return async () => {
      await held.rollbackTransaction();
      await held.release();
    };
  };
  /** What stands in the cell of a row, under a title. */
  const cell = async (text: string, title: string): Promise<string> => {
    const table = page.getByRole('region', { name: '预览' }).getByRole('table');
    const titles = await table.getByRole('columnheader').allInnerTexts();
    const at = titles.findIndex((one) => one.startsWith(title));
    return table
      .getByRole('row')
      .filter({ hasText: text })
      .getByRole('cell')
      .nth(at - 1)
      .innerText();
  };

  it('shows each error in its own cell, takes a correction of how it is read, and commits what is good', async () => {
    await upload('问题清单.xlsx', FAULTY);
    await page.getByRole('heading', { name: '读取结果' }).waitFor();
    await shown(page);
    expect(await cell('不认识的单位', '责任单位')).toContain('错误：');
    expect(await cell('不认识的单位', '责任单位')).toContain('某某局');
    expect(await cell('不认识的类别', '问题类别')).toContain('错误：');
    for (const title of ['问题表述', '所在镇街', '整改时限']) expect(await cell('不认识的单位', title)).not.toContain('错误');
    expect(await page.getByRole('region', { name: '预览' }).getByRole('row').filter({ hasText: '房屋漏雨未修' }).innerText()).not.toContain(
      '错误',
    );
    await page.getByRole('link', { name: /^有错/ }).click();
    await page.getByRole('row').filter({ hasText: '房屋漏雨未修' }).waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: '不认识的类别' }).waitFor();

    await page.getByLabel('“某某局”是').selectOption({ label: '市住建局' });
    await page.getByLabel('类别“没有的类别”是').selectOption({ label: '档案管理' });
    await page.getByRole('button', { name: '按更正重新读取' }).click();
    await page.getByRole('button', { name: '提交 4 行' }).waitFor();
    await page.getByLabel('清单标题').fill('省督导组问题清单');
    await page.getByRole('button', { name: '提交 4 行' }).click();
    await page.getByText('已提交到清单。').waitFor();
    await page.getByRole('link', { name: '打开清单' }).click();
    await page.waitForURL(/\/lists\//);
    await page
      .getByRole('heading', { name: /省督导组问题清单/ })
      .first()
      .waitFor();
    type Lists = Readonly<{ lists: readonly Readonly<{ title: string; listId: string }>[] }>;
    const office = await site.product.as('office');
    const [list] = ok(await office.get<Lists>('/api/lists')).lists.filter(({ title }) => title === '省督导组问题清单');
    const { rows } = ok(await office.get<{ rows: readonly unknown[] }>(`/api/lists/${list?.listId ?? ''}/rows`));
    expect(rows).toHaveLength(4);
  });

  it('shows how far it is, goes on when its page is left, and is found again', async () => {
    const rows = Array.from({ length: MANY }, (_, at) => [
      String(at + 1),
      '住房安全',
      '大泽山镇',
      '北树园村',
      `第 ${String(at + 1)} 处漏雨`,
      '大泽山镇',
      '2020/7/31',
    ]);
    await upload('很长的清单.xlsx', rows);
    await menu(page, '问题');
    await page.getByRole('heading', { name: '问题', level: 1 }).waitFor();
    await menu(page, '导入');
    await page.getByRole('row').filter({ hasText: '很长的清单.xlsx' }).getByText('待提交').waitFor();
    await page.getByRole('link', { name: '很长的清单.xlsx' }).click();
    const letGo = await withholdRows();
    try {
      await page.getByRole('button', { name: `提交 ${String(MANY)} 行` }).click();
      await page.getByRole('progressbar').waitFor();
      await page.getByText('可以离开本页，办理会继续，回到导入记录即可找到。').waitFor();
      await menu(page, '研判');
    } finally {
      await letGo();
    }
    await menu(page, '导入');
    await page.getByRole('row').filter({ hasText: '很长的清单.xlsx' }).getByText('已提交').waitFor();
    await page.getByRole('link', { name: '很长的清单.xlsx' }).click();
    await page.getByText('已提交到清单。').waitFor();
  });

  it('carries over what was cleared before, where somebody asks for it: beside the rates, and in no list', async () => {
    const head = [...HEAD, '销号日期'];
    const rows = [
      ['1', '住房安全', '大泽山镇', '北树园村', '以前就改好的漏雨', '大泽山镇', '2020/5/31', '2020/5/20'],
      ['2', '住房安全', '大泽山镇', '北树园村', '还没有改的漏雨', '大泽山镇', '2020/7/31', ''],
    ];
    await upload('带销号日期的台账.xlsx', rows, head);
    const carry = page.getByRole('checkbox', { name: '历史结转：把这 1 行作为以前已销号的记录' });
    await carry.check();
    await page.getByText('这些行不进清单、不交办，只作记录，列在比率旁边，不计入任何比率。').waitFor();
    expect(await breachesOf(page)).toStrictEqual([]);
    await page.getByRole('button', { name: '提交 2 行' }).click();
    await page.getByText('其中 1 行作为历史结转记录。').waitFor();
    await page.getByRole('link', { name: '打开历史结转' }).click();
    await page.getByRole('row').filter({ hasText: '以前就改好的漏雨' }).getByText('5月20日').waitFor();
    expect(await page.getByRole('main').innerText()).not.toContain('还没有改的漏雨');
    for (const size of [PHONE, DESKTOP]) {
      await page.setViewportSize(size);
      expect([await breachesOf(page), await isTooWide(page)]).toStrictEqual([[], false]);
    }
    await site.product.settle();
    await page.goto('/clearance?scope=town');
    await page.getByRole('link', { name: '大泽山镇：历史结转 1 件，打开名单' }).click();
    await page.getByRole('row').filter({ hasText: '以前就改好的漏雨' }).waitFor();
    await page.goto('/overview');
    await page.getByRole('link', { name: '全市：历史结转 1 件，打开名单' }).click();
    await page.getByRole('button', { name: '撤销 1', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: '撤销这条历史结转' });
    await dialog.getByRole('button', { name: '确认撤销' }).click();
    await dialog.getByText('请写明撤销原因。').waitFor();
    await dialog.getByLabel('撤销原因').fill('那一户后来又漏了。');
    await dialog.getByRole('button', { name: '确认撤销' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('row').filter({ hasText: '以前就改好的漏雨' }).waitFor({ state: 'detached' });
    await page.goto('/carry-overs');
    await page.getByText('那一户后来又漏了。').waitFor();
  });

  it('leafs through a long sheet a hundred rows at a time, and goes to the row that is asked for', async () => {
    const rows = Array.from({ length: MANY }, (_, at) => [
      String(at + 1),
      at === 349 ? '没有的类别' : '住房安全',
      '大泽山镇',
      '北树园村',
      `第 ${String(at + 1)} 处裂缝`,
      '大泽山镇',
      '2020/7/31',
    ]);
    await upload('更长的清单.xlsx', rows);
    await page.getByText('正在显示第 1 至 100 行。').waitFor();
    await page.getByRole('button', { name: '往后 100 行' }).click();
    await page.getByText('正在显示第 101 至 200 行。').waitFor();
    await page.getByLabel('从第几行看起').fill('341');
    await page.getByRole('button', { name: '跳到这一行' }).click();
    await page.getByText('正在显示第 341 至 400 行。').waitFor();
    await page.getByRole('row').filter({ hasText: '第 350 处裂缝' }).getByText('错误：').first().waitFor();
    expect(await page.getByRole('region', { name: '预览' }).getByRole('row').count()).toBe(61);
    await page.reload();
    await page.getByText('正在显示第 341 至 400 行。').waitFor();
    await page.getByRole('link', { name: /^有错/ }).click();
    await page.getByRole('row').filter({ hasText: '第 350 处裂缝' }).waitFor();
    await page.getByRole('row').filter({ hasText: '第 341 处裂缝' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '取消导入' }).click();
    await page.getByRole('button', { name: '确认取消' }).click();
    await page.getByText('这次导入已取消，文件内容已删除。').waitFor();
  });

  it('has nothing to complain of', () => {
    expect(site.complaints).toStrictEqual([]);
  });
});
