import type { Page } from 'playwright-core';
import { describeInBrowser, startSite, type Site } from '../support/browser';
import { CountyWork, ok } from '../support/county-work';
import { offer, shown } from './steps';

describeInBrowser('Two people on one finding', () => {
  let site: Site;
  let work: CountyWork;
  beforeAll(async () => {
    site = await startSite();
    work = new CountyWork(site.product);
  });
  afterAll(() => site?.close());

  const reported = async (text: string): Promise<string> => {
    const id = await work.handOver(await work.file({ text }));
    for (const leg of ['T', 'S'] as const) await work.report(id, leg);
    await site.product.settle();
    return id;
  };
  const at = async (page: Page, id: string): Promise<void> => {
    await page.goto(`/findings/${id}`);
    await shown(page);
  };

  it('see what the other one does, without losing what they are typing', async () => {
    const id = await reported('两人同时办理的问题。');
    const [one, other] = [await site.signIn('office'), await site.signIn('office-head')];
    await Promise.all([at(one, id), at(other, id)]);
    await one.getByLabel('写留言').fill('我正在写，还没有发出');
    await other.getByLabel('写留言').fill('主任先说一句。');
    await other.getByRole('button', { name: '发出留言' }).click();
    await one.getByText('主任先说一句。').first().waitFor();
    expect(await one.getByLabel('写留言').inputValue()).toBe('我正在写，还没有发出');

    await offer(one, '复核通过', '大泽山镇').click();
    await one.getByLabel('复核意见').fill('材料齐全，');
    await work.pass(id, ['S']);
    await one.getByRole('dialog').getByText('您打开之后有了新的变化').waitFor();
    expect(await one.getByLabel('复核意见').inputValue()).toBe('材料齐全，');
    await one.getByLabel('复核意见').pressSequentially('同意。');
    expect(await one.getByLabel('复核意见').inputValue()).toBe('材料齐全，同意。');
    for (const page of [one, other]) await page.context().close();
  });

  it('are shown what changed when a decision rests on what is no longer so, and can send it again', async () => {
    const id = await reported('判断依据已经变化的问题。');
    const page = await site.signIn('office');
    await at(page, id);
    await offer(page, '复核通过', '大泽山镇').click();
    await page.getByLabel('复核意见').fill('材料齐全。');
    await work.pass(id, ['S']);
    const form = page.getByRole('dialog');
    await form.getByText('您打开之后有了新的变化').waitFor();
    await form.getByRole('button', { name: '提交：复核通过' }).click();
    await form.locator('[lang="en"]').first().waitFor();
    await form
      .getByRole('list', { name: '之后的变化' })
      .getByText(/复核通过/)
      .first()
      .waitFor();
    type Leg = Readonly<{ legId: string; stage: string }>;
    const stageOf = async (): Promise<string | undefined> => {
      await site.product.settle();
      const { legs } = ok(await (await site.product.as('office')).get<{ legs: readonly Leg[] }>(`/api/findings/${id}`));
      return legs.find(({ legId }) => legId === 'T')?.stage;
    };
    expect(await stageOf()).toBe('submitted');
    await form.getByRole('button', { name: '看过了' }).click();
    expect(await page.getByLabel('复核意见').inputValue()).toBe('材料齐全。');
    await form.getByRole('button', { name: '提交：复核通过' }).click();
    await form.waitFor({ state: 'detached' });
    expect(await stageOf()).toBe('passed');
    await page.context().close();
  });

  it('find new work in an open inbox, and what was done gone from it', async () => {
    const id = await work.file({ text: '刚刚交办下来的问题。' });
    const clerk = await site.signIn('dazeshan-clerk', { at: '/inbox' });
    await shown(clerk);
    expect(await clerk.getByRole('link', { name: '刚刚交办下来的问题。' }).count()).toBe(0);
    await work.handOver(id);
    const signing = clerk.getByRole('row').filter({ hasText: '刚刚交办下来的问题。' }).getByText('待签收');
    await signing.waitFor();
    ok(await (await site.product.as('dazeshan-clerk')).put(`/api/findings/${id}/legs/T/receipt`));
    await signing.waitFor({ state: 'detached' });
    await clerk.context().close();
  });

  it('have nothing to complain of', () => {
    expect(site.complaints).toStrictEqual([]);
  });
});
