import { describeInBrowser, startSite, type Site } from '../support/browser';
import { CountyWork, ok } from '../support/county-work';
import { shown } from './steps';

describeInBrowser('Deadlines, as people see where they come from', () => {
  let site: Site;
  let finding = '';
  beforeAll(async () => {
    site = await startSite();
    const work = new CountyWork(site.product);
    finding = await work.handOver(await work.file({ text: '主房屋顶漏雨。' }));
    await site.product.settle();
  });
  afterAll(() => site?.close());

  it('every clock of a finding tells in words how its due time came about', async () => {
    const page = await site.signIn('dazeshan-clerk', { at: `/findings/${finding}` });
    await shown(page);
    await page.getByRole('button', { name: '查看各项时限' }).click();
    const clock = page.getByRole('article').filter({ hasText: '整改时限 · 大泽山镇' });
    await clock.getByText('时限怎么来的').click();
    await clock.getByRole('listitem').last().waitFor();
    expect(await clock.getByRole('listitem').allInnerTexts()).toStrictEqual([
      expect.stringMatching(/^2020年7月6日 \d\d:\d\d 送达，从2020年7月\d+日起算$/),
      '按规则“整改时限”（rectify）第1版，15 个工作日',
      '期限：2020年7月27日 17:30',
    ]);
  });

  it('an administrator sets hours for a category, and the next finding of it is due within them', async () => {
    const page = await site.signIn('admin', { at: '/admin/rules' });
    await shown(page);
    await page.getByRole('button', { name: '新设规则' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('规则代码').fill('urgent-water');
    await form.getByLabel('时限类别').selectOption({ label: '整改' });
    await form.getByLabel('问题类别').selectOption({ label: '饮水安全' });
    await form.getByLabel('数量').fill('24');
    await form.getByRole('radio', { name: /^小时/ }).check();
    await form.getByLabel('依据').fill('急难事项快速反应机制');
    await form.getByRole('checkbox').check();
    await form.getByRole('button', { name: '设新版本' }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByText('24 小时').first().waitFor();
    await page.getByText('饮水安全').first().waitFor();

    const work = new CountyWork(site.product);
    const urgent = await work.handOver(await work.file({ text: '主管道破裂。', category: 'water' }));
    await site.product.settle();
    const { deadlines } = ok(
      await (
        await site.product.as('office')
      ).get<{ deadlines: { key: string; due: { at: string; account: string[] } }[] }>(`/api/findings/${urgent}/deadlines`),
    );
    const clock = deadlines.find(({ key }) => key === 'rectify/T');
    expect(clock?.due.account[1]).toBe('按规则 urgent-water 第1版，24 小时（昼夜连续计算）');
  });

  it('have nothing to complain of', () => expect(site.complaints).toStrictEqual([]));
});
