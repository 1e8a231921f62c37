import { describeInBrowser, startSite, type Site } from '../support/browser';
import { CountyWork, ok } from '../support/county-work';
import { shown } from './steps';

const YEAR = {
  reference: '国办发明电〔2020〕27号',
  holidays: [
    { day: '2021-01-01', name: '元旦' },
    { day: '2021-05-01', name: '劳动节' },
    ...['2021-10-01', '2021-10-02', '2021-10-03'].map((day) => ({ day, name: '国庆节' })),
  ],
  swappedWorkdays: [],
};

/** A step with consequences is ticked before it is taken. */
const SURE = '我已核对上面写明的后果';

describeInBrowser('The calendar of a year', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
    const work = new CountyWork(site.product);
    await work.handToTown(await work.file());
    await site.product.settle();
  });
  afterAll(() => site?.close());

  it('is proposed by an administrator, who cannot confirm it, and holds when the head of the office has seen what moves and confirmed it', async () => {
    const admin = await site.signIn('admin', { at: '/admin/calendar' });
    await shown(admin);
    await admin.getByRole('button', { name: '载入年度日历' }).click();
    const form = admin.getByRole('dialog', { name: '载入年度日历' });
    await form.getByLabel('年度安排（JSON）').fill(JSON.stringify(YEAR));
    await form.getByRole('button', { name: '预览变动' }).click();
    const asked = admin.getByRole('dialog', { name: '确认 2021 年日历' });
    await asked.getByRole('checkbox', { name: SURE }).check();
    await asked.getByRole('button', { name: '载入 2021 年日历' }).click();
    await admin.getByText('已提交 2021 年日历。').waitFor();
    await site.product.settle();
    await admin.reload();
    await admin.getByText('您已提交，等另一名系统管理员或督查办主任确认。').waitFor();
    expect(await admin.getByRole('button', { name: '预览变动并确认' }).count()).toBe(0);

    const head = await site.signIn('office-head', { at: '/admin/calendar' });
    await shown(head);
    await head.getByRole('button', { name: '预览变动并确认' }).click();
    const dialog = head.getByRole('dialog', { name: '确认 2021 年日历' });
    await dialog.getByRole('checkbox', { name: SURE }).check();
    await dialog.getByRole('button', { name: '确认 2021 年日历' }).click();
    await dialog.waitFor({ state: 'detached' });
    await head.getByRole('heading', { name: '2021 年日历待确认' }).waitFor({ state: 'detached' });
    await site.product.settle();
    type Calendar = Readonly<{ editions: readonly Readonly<{ year: number; alone: boolean }>[]; proposals: readonly unknown[] }>;
    const { editions, proposals } = ok(await (await site.product.as('office-head')).get<Calendar>('/api/calendar'));
    expect([editions.map(({ year, alone }) => [year, alone]), proposals]).toStrictEqual([[[2021, false]], []]);
    expect(site.complaints).toStrictEqual([]);
  });
});
