import { describeInBrowser, startSite, type Site } from '../support/browser';
import { CountyWork } from '../support/county-work';
import { act, shown } from './steps';

describeInBrowser('A pause, as the unit asks for it and the office grants it', () => {
  let site: Site;
  let finding = '';
  beforeAll(async () => {
    site = await startSite();
    const work = new CountyWork(site.product);
    finding = await work.handToTown(await work.file({ text: '安置房未开工。' }));
    await site.product.settle();
  });
  afterAll(() => site?.close());

  it('is asked for on the page of the finding, granted in the queue of the office, and ended by the unit', async () => {
    const clerk = await site.signIn('dazeshan-clerk', { at: `/findings/${finding}` });
    await shown(clerk);
    await clerk.getByRole('button', { name: /^还能办 \d+ 项$/ }).click();
    await act(clerk, '申请暂停', async (form) => {
      await form.getByLabel('暂停事由').selectOption({ label: '法定程序' });
      await form.getByLabel('情况说明').fill('招标公示');
      await form.getByLabel('申请停表到').fill('2020-07-20');
    });

    const office = await site.signIn('office', { at: '/reviews?work=pause' });
    await shown(office);
    await office.getByRole('button', { name: /^批复 .* 的暂停申请$/ }).click();
    const form = office.getByRole('dialog');
    await form.getByText('招标公示').waitFor();
    await form.getByRole('radio', { name: '批准暂停' }).check();
    await form.getByLabel('依据').fill('青平发改〔2020〕3号');
    await form.getByRole('button', { name: '批复' }).click();
    await form.waitFor({ state: 'detached' });
    await site.product.settle();

    await clerk.goto(`/findings/${finding}`);
    await shown(clerk);
    await clerk
      .getByText(/^停表到.*7月20日（法定程序）：青平发改〔2020〕3号$/)
      .first()
      .waitFor();
    await act(clerk, '恢复计时');
    await site.product.settle();
    await clerk.goto(`/findings/${finding}`);
    await shown(clerk);
    await clerk.getByText('时限怎么来的').first().click();
    await clerk
      .getByText(/经批准停表（法定程序：青平发改〔2020〕3号）/)
      .first()
      .waitFor();
  });

  it('has nothing to complain of', () => expect(site.complaints).toStrictEqual([]));
});
