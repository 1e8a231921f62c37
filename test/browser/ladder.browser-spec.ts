import { LadderSweep } from '@app/escalation';
import { DeadlineCommands } from '@app/findings';
import type { FindingId, Instant } from '@app/kernel';
import { breachesOf, describeInBrowser, startSite, type Site } from '../support/browser';
import { CountyWork } from '../support/county-work';
import { shown } from './steps';

const DUE = '2020-07-27T09:30:00.000Z' as Instant;

describeInBrowser('The ladder, as people climb it', () => {
  let site: Site;
  let finding = '';
  const others: string[] = [];
  beforeAll(async () => {
    site = await startSite();
    const work = new CountyWork(site.product);
    finding = await work.handToTown(await work.file({ text: '主房屋顶漏雨。' }));
    for (const text of ['院墙未修。', '灶台未修。']) others.push(await work.handToTown(await work.file({ text })));
    const { app, clock, settle } = site.product;
    clock.set('2020-07-28T01:00:00Z');
    await app.get(DeadlineCommands, { strict: false }).reach(finding as FindingId, 'rectify/T', DUE, 0);
    await settle();
    await app.get(LadderSweep, { strict: false }).sweep();
    await settle();
  });
  afterAll(() => site?.close());

  it('the office changes a proposed urging and issues it in its own name', async () => {
    const page = await site.signIn('office', { at: '/escalation?shown=mine' });
    await shown(page);
    await page.getByRole('heading', { name: /催办 · 大泽山镇/ }).waitFor();
    expect(await breachesOf(page)).toStrictEqual([]);
    await page.getByRole('button', { name: /^发出 催办/ }).click();
    const form = page.getByRole('dialog');
    expect(await form.getByRole('textbox', { name: '内容' }).inputValue()).toMatch(
      /由大泽山镇负责整改，整改期限为2020年7月27日，现已超期1个工作日/,
    );
    await form.getByRole('textbox', { name: '内容' }).fill('请于周五前报送整改进展。');
    await form.getByLabel(/请于此日前回复/).fill('2020-07-31');
    await form.getByRole('checkbox', { name: '主要负责人' }).uncheck();
    await form.getByRole('button', { name: '确认发出' }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByText('没有符合条件的督办。').waitFor();
  });

  it('the town reads what was issued to it and answers', async () => {
    const page = await site.signIn('dazeshan-clerk', { at: '/escalation' });
    await shown(page);
    await page.getByText('请于周五前报送整改进展。').waitFor();
    await page.getByRole('button', { name: /^回复 催办/ }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('button', { name: '提交回复' }).click();
    await form.getByText('请填写回复内容。').waitFor();
    await form.getByRole('textbox', { name: '回复内容' }).fill('已进场施工，8月10日前完成。');
    await form.getByRole('button', { name: '提交回复' }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByText('已进场施工，8月10日前完成。').waitFor();
  });

  it('the page of the finding shows what has happened and what comes next, by which rule', async () => {
    const page = await site.signIn('office-head', { at: `/findings/${finding}` });
    await shown(page);
    await page.getByRole('heading', { name: '督办阶梯' }).waitFor();
    const steps = page.getByRole('listitem').filter({ hasText: '期限后第' });
    await steps.last().waitFor();
    expect(await steps.allInnerTexts()).toStrictEqual([
      expect.stringMatching(/^催办 期限后第 1 个工作日（2020年7月28日） 规则 urging 第 1 版 已发出 督查办科员/),
      expect.stringMatching(/^黄色预警 期限后第 3 个工作日（2020年7月30日）/),
      expect.stringMatching(/^督办函 期限后第 7 个工作日（2020年8月5日）/),
      expect.stringMatching(/^约谈 期限后第 15 个工作日（2020年8月17日）/),
      expect.stringMatching(/^挂牌督办 期限后第 15 个工作日（2020年8月17日）/),
    ]);
    await page.getByText('下一步：2020年8月5日 提出督办函').waitFor();
  });

  it('an administrator sets another number of days, from tomorrow at the earliest', async () => {
    const page = await site.signIn('admin', { at: '/admin/ladder' });
    await shown(page);
    await page.getByRole('button', { name: '为 supervision-letter 设新版本' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('期限后第几个工作日').fill('5');
    await form.getByLabel('自哪天起生效').fill('2020-07-28');
    await form.getByLabel('理由或依据').fill('专题会议纪要');
    await form.getByRole('button', { name: '设新版本' }).click();
    await form.getByText('最早自明日起生效。').waitFor();
    await form.getByLabel('自哪天起生效').fill('2020-08-01');
    await form.getByRole('button', { name: '设新版本' }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByText(/期限后第 5 个工作日 · .* 未生效 专题会议纪要/).waitFor();
  });

  it('several urgings of one town are chosen, looked at and issued as one notice', async () => {
    const { app, settle } = site.product;
    for (const id of others) await app.get(DeadlineCommands, { strict: false }).reach(id as FindingId, 'rectify/T', DUE, 0);
    await settle();
    await app.get(LadderSweep, { strict: false }).sweep();
    await settle();
    const page = await site.signIn('office', { at: '/escalation?shown=mine' });
    await shown(page);
    await page
      .getByRole('checkbox', { name: /^与同单位的其他催办一并发出/ })
      .first()
      .check();
    await page.getByRole('button', { name: '选中本页该单位的全部催办' }).click();
    await page.getByText('已选 2 条：催办 · 大泽山镇').waitFor();
    expect(await breachesOf(page)).toStrictEqual([]);
    await page.getByRole('button', { name: '一并发出', exact: true }).click();
    const form = page.getByRole('dialog', { name: '一并发出 2 条催办（大泽山镇）' });
    expect(await form.getByRole('textbox', { name: '内容' }).inputValue()).toMatch(/^下列问题由大泽山镇负责整改/);
    await form.getByRole('button', { name: '确认发出' }).click();
    await page.getByText('已发出 2 条，合成一份文书。').waitFor();
    await settle();
    await page.goto('/notices?kind=urging-notice');
    await page.getByRole('row', { name: /催办〔2020〕0002号.*2 个/ }).waitFor();
  });

  it('have nothing to complain of', () => expect(site.complaints).toStrictEqual([]));
});
