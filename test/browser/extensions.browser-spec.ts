import type { Locator, Page } from 'playwright-core';
import { describeInBrowser, startSite, type Site } from '../support/browser';
import type { Login } from '../support/county';
import { CountyWork, ok } from '../support/county-work';
import { act, shown } from './steps';

describeInBrowser('An extension, as the unit asks for it and its superiors rule on it', () => {
  let site: Site;
  let finding = '';
  beforeAll(async () => {
    site = await startSite();
    const work = new CountyWork(site.product);
    finding = await work.handToTown(await work.file({ text: '安置房墙体未干。' }));
    await site.product.settle();
  });
  afterAll(() => site?.close());

  const ruling = async (login: Login): Promise<Readonly<{ page: Page; form: Locator }>> => {
    await site.product.settle();
    const page = await site.signIn(login, { at: '/reviews?work=extension' });
    await shown(page);
    await page.getByRole('button', { name: /^批复 .* 的延期申请$/ }).click();
    return { page, form: page.getByRole('dialog') };
  };
  const grant = async (form: Locator): Promise<void> => {
    await form.getByRole('radio', { name: '同意延期' }).check();
    await form.getByLabel('理由').fill('连续降雨，情况属实。');
    await form.getByRole('button', { name: '批复' }).click();
  };
  const leg = async (): Promise<Readonly<{ due: { day: string }; extensions: number }> | undefined> => {
    await site.product.settle();
    type Legs = Readonly<{ legs: readonly Readonly<{ due: { day: string }; extensions: number }>[] }>;
    return ok(await (await site.product.as('office')).get<Legs>(`/api/findings/${finding}`)).legs[0];
  };

  it('a first one is asked for on the page of the finding and granted by the office', async () => {
    const clerk = await site.signIn('dazeshan-clerk', { at: `/findings/${finding}` });
    await shown(clerk);
    await clerk.getByRole('button', { name: /^还能办 \d+ 项$/ }).click();
    await act(clerk, '申请延期', async (form) => {
      await form.getByLabel('申请延到').fill('2020-08-05');
      await form.getByLabel('延期理由').fill('连续降雨。');
      await form.getByLabel('目前进展').fill('主体完成。');
    });
    const { page, form } = await ruling('office');
    await form.getByText('连续降雨。').waitFor();
    await grant(form);
    await form.waitFor({ state: 'detached' });
    expect(await leg()).toMatchObject({ due: { day: '2020-08-05' }, extensions: 1 });
    for (const one of [page, clerk]) await one.context().close();
  });

  it('a second one is no work of the office, and is refused by its head with a reason', async () => {
    const clerk = await site.product.as('dazeshan-clerk');
    const asked = { reason: '又遇降雨。', progress: '装修过半。', until: '2020-08-14' };
    ok(await clerk.put(`/api/findings/${finding}/legs/T/extension`, asked));
    const head = await ruling('office-head');
    const office = await site.signIn('office', { at: '/reviews?work=extension' });
    await shown(office);
    expect(await office.getByRole('button', { name: /的延期申请$/ }).count()).toBe(0);
    await head.form.getByText('又遇降雨。').waitFor();
    await head.form.getByRole('radio', { name: '不同意' }).check();
    await head.form.getByLabel('理由').fill('抓紧室内施工。');
    await head.form.getByRole('button', { name: '批复' }).click();
    await head.form.waitFor({ state: 'detached' });
    expect(await leg()).toMatchObject({ due: { day: '2020-08-05' }, extensions: 1 });
    for (const page of [office, head.page]) await page.context().close();
  });

  it('have nothing to complain of', () => expect(site.complaints).toStrictEqual([]));
});
