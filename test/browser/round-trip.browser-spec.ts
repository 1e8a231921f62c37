import { readFileSync } from 'node:fs';
import { Workbook, type Row, type Worksheet } from 'exceljs';
import type { Locator, Page } from 'playwright-core';
import { breachesOf, DESKTOP, describeInBrowser, isTooWide, PHONE, startSite, type Site } from '../support/browser';
import { CountyWork, ok } from '../support/county-work';
import { menu, shown } from './steps';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const STALE = '别人同时在办的一件。';
const FILLED = '表里填进展的一件。';
const CLEARED = '表里自己写销号的一件。';

describeInBrowser('The ledger of a town', () => {
  let site: Site;
  let page: Page;
  const ids = new Map<string, string>();
  beforeAll(async () => {
    site = await startSite();
    const work = new CountyWork(site.product);
    const clerk = await site.product.as('dazeshan-clerk');
    for (const text of [FILLED, STALE, CLEARED]) {
      const id = await work.handToTown(await work.file({ text }));
      ok(await clerk.put(`/api/findings/${id}/legs/T/receipt`));
      ids.set(text, id);
    }
    await site.product.settle();
    page = await site.signIn('dazeshan-clerk');
  });
  afterAll(() => site?.close());

  const download = async (): Promise<Workbook> => {
    await menu(page, '台账填报');
    await page.getByRole('button', { name: '下载填报表' }).click();
    await page.getByText('请写明用途。').waitFor();
    await page.getByLabel('用途').fill('七月进展填报');
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '下载填报表' }).click()]);
    expect(file.suggestedFilename()).toBe('整改台账填报表.xlsx');
    const book = new Workbook();
    await book.xlsx.load(readFileSync(await file.path()).buffer);
    return book;
  };
  const sheetOf = (book: Workbook): Worksheet => {
    const sheet = book.getWorksheet('整改台账');
    if (sheet === undefined) throw new Error('no ledger in the workbook');
    return sheet;
  };
  /** Finds rows and columns as people do: by the words that stand there. */
  const rowWith = (sheet: Worksheet, text: string): Row => {
    let found: Row | null = null;
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        if (cell.text === text) found ??= row;
      });
    });
    if (found === null) throw new Error(`no row says ${text}`);
    return found;
  };
  const columnOf = (sheet: Worksheet, title: string): number => {
    const head = rowWith(sheet, '问题编号');
    let column = 0;
    head.eachCell((cell, at) => {
      if (cell.text === title) column = at;
    });
    if (column === 0) throw new Error(`no column ${title}`);
    return column;
  };
  const fill = (sheet: Worksheet, text: string, title: string, value: string): string => {
    const cell = rowWith(sheet, text).getCell(columnOf(sheet, title));
    cell.value = value;
    return cell.address;
  };
  const send = async (book: Workbook, name: string): Promise<void> => {
    await menu(page, '台账填报');
    await page.getByLabel('填好的表').setInputFiles({ name, mimeType: XLSX, buffer: Buffer.from(await book.xlsx.writeBuffer()) });
    await page.getByRole('button', { name: '交回并预览' }).click();
    await page.waitForURL(/\/round-trip\/[0-9a-f-]{36}/);
    await page.getByText('核对结果').waitFor();
  };
  const card = (text: string): Locator =>
    page.locator('section').filter({ has: page.locator(`a[href="/findings/${ids.get(text) ?? ''}"]`) });

  it('goes out, is filled in, comes back, is looked at cell by cell, and becomes progress; what moved on meanwhile is refused', async () => {
    const book = await download();
    const sheet = sheetOf(book);
    const address = fill(sheet, FILLED, '进展情况', '施工队已进场，屋面已拆。');
    fill(sheet, STALE, '进展情况', '表里填的旧进展。');
    const clerk = await site.product.as('dazeshan-clerk');
    ok(await clerk.post(`/api/findings/${ids.get(STALE) ?? ''}/legs/T/progress`, { text: '同事刚刚在系统里填的。' }));
    await site.product.settle();
    await send(book, '大泽山镇七月填报.xlsx');

    const taken = card(FILLED);
    const cells = taken.getByRole('row').filter({ hasText: address });
    await cells.waitFor();
    const said = await cells.innerText();
    for (const part of ['进展情况', '施工队已进场，屋面已拆。', '收下', '填报进展']) expect(said).toContain(part);
    await page.getByRole('link', { name: /^不收/ }).click();
    const stale = card(STALE);
    await stale.getByText('下载之后的变化').waitFor();
    await stale.getByText('不收', { exact: true }).first().waitFor();
    for (const size of [DESKTOP, PHONE]) {
      await page.setViewportSize(size);
      await shown(page);
      expect([await breachesOf(page), await isTooWide(page)]).toStrictEqual([[], false]);
    }
    await page.setViewportSize(DESKTOP);
    await page.reload();
    await page.getByRole('button', { name: '确认办理 1 行' }).click();
    await page.getByText('已办结').first().waitFor();
    await page.goto(`/findings/${ids.get(FILLED) ?? ''}`);
    await page.getByText('施工队已进场，屋面已拆。').first().waitFor();
    await page.goto(`/findings/${ids.get(STALE) ?? ''}`);
    await page.getByText('同事刚刚在系统里填的。').first().waitFor();
    expect(await page.getByRole('main').innerText()).not.toContain('表里填的旧进展。');
  });

  it('takes no clearance from a sheet, and a file that is none of its workbooks not at all', async () => {
    const book = await download();
    const sheet = sheetOf(book);
    const head = rowWith(sheet, '问题编号');
    const column = head.actualCellCount + 1;
    head.getCell(column).value = '是否销号';
    rowWith(sheet, CLEARED).getCell(column).value = '已销号';
    fill(sheet, CLEARED, '进展情况', '已经改完。');
    await send(book, '自己加了一列.xlsx');
    const row = card(CLEARED).getByRole('row').filter({ hasText: '是否销号' });
    await row.getByText('不采用').waitFor();
    await row.getByText('销号由督查办按程序办理，不从表格接收。').waitFor();

    const other = new Workbook();
    other.addWorksheet('随便一张表').addRow(['问题编号', '版本']);
    await menu(page, '台账填报');
    const buffer = Buffer.from(await other.xlsx.writeBuffer());
    await page.getByLabel('填好的表').setInputFiles({ name: '别的表.xlsx', mimeType: XLSX, buffer });
    await page.getByRole('button', { name: '交回并预览' }).click();
    await page.getByText('没有收下').first().waitFor();
    await page.getByText(/不是本系统导出的填报表/).waitFor();
  });

  it('has nothing to complain of', () => {
    expect(site.complaints).toStrictEqual([]);
  });
});
