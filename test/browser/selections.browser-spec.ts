import type { Locator, Page } from 'playwright-core';
import { breachesOf, describeInBrowser, DESKTOP, isTooWide, PHONE, startSite, type Site } from '../support/browser';
import { CountyWork, ok } from '../support/county-work';
import { menu, shown, tabTo } from './steps';

const MANY = 30;
type Leg = Readonly<{ findingId: string; stage: string; text: string }>;

const bar = (page: Page): Locator => page.getByRole('group', { name: '批量办理' });
/** From the ticked rows to the preview: which step, and what is said of all. */
const begin = async (page: Page, step: string, fill: (form: Locator) => Promise<void> = async () => {}): Promise<void> => {
  await bar(page).getByRole('button', { name: '一起办理' }).click();
  const form = page.getByRole('dialog', { name: /^一起办理/ });
  await form.getByLabel('办什么').selectOption({ label: step });
  await fill(form);
  await form.getByRole('button', { name: '下一步：预览' }).click();
  await page.waitForURL(/\/selections\/[0-9a-f-]{36}/);
  await page.getByRole('button', { name: new RegExp(`^确认：${step}`) }).waitFor();
};
const confirm = async (page: Page, step: string): Promise<Locator> => {
  await page.getByRole('button', { name: new RegExp(`^确认：${step}`) }).click();
  const dialog = page.getByRole('dialog', { name: new RegExp(`^${step}：`) });
  await dialog.getByRole('listitem').first().waitFor();
  return dialog;
};

describeInBrowser('Many rows at once', () => {
  let site: Site;
  let work: CountyWork;
  beforeAll(async () => {
    site = await startSite();
    work = new CountyWork(site.product);
  });
  afterAll(() => site?.close());

  const legs = async (): Promise<readonly Leg[]> => {
    await site.product.settle();
    const clerk = await site.product.as('dazeshan-clerk');
    return ok(await clerk.get<{ legs: readonly Leg[] }>('/api/legs?limit=200')).legs;
  };
  const faultsOf = async (page: Page): Promise<readonly string[]> => {
    const faults: string[] = [];
    for (const size of [DESKTOP, PHONE]) {
      await page.setViewportSize(size);
      await shown(page);
      faults.push(...(await breachesOf(page)), ...((await isTooWide(page)) ? ['scrolls sideways'] : []));
    }
    await page.setViewportSize(DESKTOP);
    return faults;
  };

  it('a clerk signs for thirty legs in one go, leaves one out, and finds the batch again after a reload', async () => {
    for (let n = 1; n <= MANY; n += 1) await work.handToTown(await work.file({ text: `第 ${String(n)} 处屋顶漏雨。` }));
    await site.product.settle();
    const page = await site.signIn('dazeshan-clerk', { at: '/inbox' });
    await menu(page, '待办');
    await page.getByRole('checkbox', { name: '全选本页' }).check();
    await bar(page)
      .getByText(`已选 ${String(MANY)} 条`)
      .waitFor();
    await begin(page, '签收');
    await page.getByText(`可以办理 ${String(MANY)} 条。`).waitFor();
    const out = page.getByRole('row').filter({ hasText: '第 7 处' });
    await out.getByRole('button', { name: /^剔除/ }).click();
    await out.getByText('已剔除').waitFor();
    expect(await faultsOf(page)).toStrictEqual([]);
    await page.reload();
    await page.getByRole('row').filter({ hasText: '第 7 处' }).getByText('已剔除').waitFor();
    const dialog = await confirm(page, '签收');
    await dialog.getByText(`将对下列 ${String(MANY - 1)} 条逐条办理`).waitFor();
    expect(await dialog.getByRole('listitem').count()).toBe(20);
    expect(await dialog.innerText()).not.toContain('第 7 处');
    await dialog.getByText('另有 9 条，见预览名单。').waitFor();
    await dialog.getByRole('button', { name: `确认签收 ${String(MANY - 1)} 条` }).click();
    await page.getByText(`全部办好，共 ${String(MANY - 1)} 条。`).waitFor();
    const delivered = (await legs()).filter(({ stage }) => stage === 'delivered').map(({ text }) => text);
    expect(delivered).toStrictEqual(['第 7 处屋顶漏雨。']);
    await menu(page, '批量办理');
    await page.getByRole('link', { name: `签收 · ${String(MANY)} 条` }).waitFor();
    await page.getByRole('row').filter({ hasText: '已办结' }).first().waitFor();
    await page.context().close();
  });

  it('by the keyboard alone: a range is ticked with the shift key, previewed, confirmed, and done', async () => {
    const page = await site.signIn('dazeshan-clerk', { at: '/inbox?work=rectify' });
    await shown(page);
    const ticks = page.getByRole('checkbox', { name: /^选择 QL-/ });
    await tabTo(page, ticks.nth(0));
    await page.keyboard.press('Space');
    await bar(page).getByText('已选 1 条').waitFor();
    await tabTo(page, ticks.nth(2));
    await page.keyboard.press('Shift+Space');
    await bar(page).getByText('已选 3 条').waitFor();
    const start = bar(page).getByRole('button', { name: '一起办理' });
    await tabTo(page, start, 'Shift+Tab');
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: /^一起办理/ });
    await tabTo(page, form.getByLabel('办什么'));
    const step = form.getByLabel('办什么');
    for (let presses = 0; presses < 20 && (await step.inputValue()) !== 'RecordProgress'; presses += 1)
      await page.keyboard.press('ArrowDown');
    await tabTo(page, form.getByLabel('进展情况'));
    await page.keyboard.type('材料已到，正在施工。');
    await tabTo(page, form.getByRole('button', { name: '下一步：预览' }));
    await page.keyboard.press('Enter');
    const run = page.getByRole('button', { name: '确认：填报进展 3 条' });
    await tabTo(page, run);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: /^填报进展：/ });
    await tabTo(page, dialog.getByRole('button', { name: '确认填报进展 3 条' }));
    await page.keyboard.press('Enter');
    await page.getByText('全部办好，共 3 条。').waitFor();
    await page.context().close();
  });

  it('takes everything that matches, says row by row what cannot go and why, and one row has words of its own', async () => {
    const closed = await work.handToTown(await work.file({ text: '已经报送的一件。' }));
    await work.report(closed, 'T');
    await site.product.settle();
    const page = await site.signIn('dazeshan-clerk', { at: '/legs' });
    await shown(page);
    await page.getByRole('row').filter({ hasText: '第 1 处' }).getByRole('checkbox').check();
    await bar(page)
      .getByRole('button', { name: `选中符合条件的全部 ${String(MANY + 1)} 条` })
      .click();
    await begin(page, '填报进展', (form) => form.getByLabel('进展情况').fill('已全部开工。'));
    const refused = page.getByRole('row').filter({ hasText: '已经报送的一件。' });
    await refused.getByText('不能办', { exact: true }).waitFor();
    expect((await refused.innerText()).length).toBeGreaterThan('已经报送的一件。不能办'.length + 20);
    await page.getByRole('link', { name: /^不能办/ }).click();
    await refused.waitFor();
    await page.getByRole('link', { name: /^全部 \d/ }).click();
    const own = page.getByRole('row').filter({ hasText: '第 2 处' });
    await own.getByRole('button', { name: /^单独填写/ }).click();
    const form = page.getByRole('dialog', { name: /单独填写$/ });
    expect(await form.getByLabel('进展情况').inputValue()).toBe('已全部开工。');
    await form.getByLabel('进展情况').fill('这一户外出，联系中。');
    await form.getByRole('button', { name: '保存' }).click();
    await form.waitFor({ state: 'detached' });
    await own.getByText('单独填写', { exact: true }).first().waitFor();
    const dialog = await confirm(page, '填报进展');
    await dialog.getByRole('button', { name: /^确认填报进展/ }).click();
    await page.getByText(/有 \d+ 条没有办成/).waitFor();
    const done = page.url();
    await page.getByRole('button', { name: '重试没有办成的 1 条' }).click();
    await page.getByText('可以办理 0 条；另有 1 条不能办').waitFor();
    await page.getByRole('button', { name: '取消这次办理' }).click();
    await page.getByRole('button', { name: '确认取消' }).click();
    await page.getByText(/^已取消。/).waitFor();
    await page.goto(done);
    await own.getByRole('link').first().click();
    await page.waitForURL(/\/findings\//);
    await page.getByText('这一户外出，联系中。').first().waitFor();
    await page.context().close();
  });

  it('the office verifies in bulk: a failed sample stops the batch, with all samples passed it goes through', async () => {
    for (let n = 1; n <= 6; n += 1) {
      const id = await work.handToTown(await work.file({ text: `等核查的第 ${String(n)} 件。` }));
      await work.report(id, 'T');
      await work.pass(id, ['T']);
    }
    await site.product.settle();
    const page = await site.signIn('office', { at: '/reviews?work=verify' });
    await shown(page);
    const fill = async (form: Locator): Promise<void> => {
      await form.getByRole('radio', { name: '查阅资料' }).check();
      await form.getByLabel('核查情况').fill('资料齐全，抽查现场。');
    };
    const judge = async (n: number, passed: boolean): Promise<void> => {
      const sample = page.getByRole('region', { name: `抽查第 ${String(n)} 件` });
      await sample.getByRole('button', { name: '打开查看' }).click();
      await sample.getByRole('img').first().waitFor();
      await sample.getByRole('radio', { name: passed ? '合格' : '不合格', exact: true }).check();
      await sample.getByRole('radio', { name: '现场核查' }).check();
      await sample.getByLabel('看到的情况').fill(passed ? '现场看过，属实。' : '现场没有动工。');
      await sample.getByRole('button', { name: '提交结论' }).click();
      await sample
        .getByText(passed ? '合格' : '不合格', { exact: true })
        .first()
        .waitFor();
    };
    const draw = async (): Promise<void> => {
      const dialog = await confirm(page, '核查');
      await dialog.getByRole('button', { name: '确认名单并抽样' }).click();
      await page.getByRole('heading', { name: '抽查', exact: true }).waitFor();
      await page.getByText('抽查 5 条：至少一成，至少五条。').waitFor();
      await page.getByText('怎样抽的').click();
      await page.getByText(/^种子：[0-9a-f]{8,}/).waitFor();
    };

    await page.getByRole('checkbox', { name: '全选本页' }).check();
    await begin(page, '核查', fill);
    await draw();
    const first = page.url();
    await judge(1, false);
    await page.getByText('抽查有一件不合格，整批没有核查。').waitFor();
    expect(await faultsOf(page)).toStrictEqual([]);
    const failed = (await page.getByRole('region', { name: '抽查第 1 件' }).getByRole('link').first().innerText()).trim();

    await page.goto('/reviews?work=verify');
    await shown(page);
    expect(await page.getByRole('row').filter({ hasText: '等核查的第' }).count()).toBe(6);
    await page.getByRole('checkbox', { name: '全选本页' }).check();
    await page.getByRole('row').filter({ hasText: failed }).getByRole('checkbox').uncheck();
    await bar(page).getByText('已选 5 条').waitFor();
    await begin(page, '核查', fill);
    await draw();
    for (let n = 1; n <= 5; n += 1) {
      await judge(n, true);
      if (n === 2) await page.reload();
    }
    await page.getByText('全部办好，共 5 条。').waitFor();
    expect(page.url()).not.toBe(first);
    await site.product.settle();
    await page.goto('/reviews?work=verify');
    await page.getByRole('row').filter({ hasText: failed }).waitFor();
    expect(await page.getByRole('row').filter({ hasText: '等核查的第' }).count()).toBe(1);
    await page.context().close();
  });

  it('has nothing to complain of', () => {
    expect(site.complaints).toStrictEqual([]);
  });
});
