import type { Locator, Page } from 'playwright-core';
import { describeInBrowser, remaining, startSite, type Site } from '../support/browser';
import { CountyWork } from '../support/county-work';
import { menu, shown } from './steps';

describeInBrowser('Supervision of a unit', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site?.close());

  const step = async (page: Page, name: string, submit: string, fill: (form: Locator) => Promise<void>): Promise<void> => {
    await page.getByRole('main').getByRole('button', { name, exact: true }).click();
    const form = page.getByRole('dialog', { name });
    await fill(form);
    await form.getByRole('button', { name: submit, exact: true }).click();
    await form.waitFor({ state: 'detached' }).catch(async () => {
      throw new Error(`${name} was not taken: ${await form.innerText()}`);
    });
    await site.product.settle();
    await page.reload();
    await shown(page);
  };
  const open = async (page: Page, view: string): Promise<void> => {
    await menu(page, '挂牌督办');
    await page.getByRole('link', { name: view, exact: true }).click();
    await page.getByRole('link', { name: '查看 大泽山镇 的挂牌督办' }).click();
    await page.getByRole('heading', { name: '大泽山镇 挂牌督办', level: 1 }).waitFor();
    await shown(page);
  };
  const says = async (page: Page, ...texts: readonly string[]): Promise<void> => {
    const missing = async (): Promise<readonly string[]> => {
      const said = await page.getByRole('main').innerText();
      return texts.filter((text) => !said.includes(text));
    };
    expect(await remaining(missing)).toStrictEqual([]);
  };

  it('goes its way over the pages: proposed, put on the list, reported on, taken off by a leader beside the figures of the day', async () => {
    const office = await site.signIn('office', { at: '/supervision' });
    await step(office, '建议挂牌', '建议挂牌', async (form) => {
      await form.getByLabel('单位').selectOption({ label: '大泽山镇' });
      await form.getByLabel('理由').fill('问题多发，整改缓慢。');
    });

    const leader = await site.signIn('leader-dazeshan');
    await open(leader, '建议挂牌');
    await step(leader, '挂牌', '确认挂牌', async (form) => {
      await form.getByLabel('理由').fill('同意挂牌。');
      await form.getByLabel('整改措施').fill('逐户排查，每周调度。');
      await form.getByLabel('摘牌期限').fill('2020-08-31');
      await form.getByLabel('未销号不超过').check();
      await form.getByLabel('件数上限').fill('2');
    });
    await says(leader, '挂牌中', '挂牌〔2020〕0001号', '逐户排查，每周调度。', '每 5 个工作日', '第 1 期', '当日 0 件');

    const deputy = await site.signIn('dazeshan-deputy');
    await open(deputy, '挂牌中');
    await step(deputy, '报送进展', '报送', (form) => form.getByLabel('进展情况').fill('已排查 40 户。'));
    await says(deputy, '已排查 40 户。');
    await step(deputy, '申请摘牌', '提交申请', async (form) => {
      await form.getByLabel('如何达到：未销号不超过 2 件').fill('已全部销号。');
      await form.getByLabel('如何达到：没有超期未整改').fill('没有超期。');
    });

    await leader.reload();
    await shown(leader);
    await says(leader, '申请摘牌', '已全部销号。', '达到');
    await step(leader, '同意摘牌', '摘牌', async () => {});
    await says(leader, '已摘牌', '同意摘牌', '共挂牌 1 天');
    expect(site.complaints).toStrictEqual([]);
  });

  it('is proposed for a finding too, found by its words', async () => {
    const work = new CountyWork(site.product);
    await work.handToTown(await work.file({ text: '东头水塘围栏缺失。' }));
    await site.product.settle();
    const office = await site.signIn('office', { at: '/supervision' });
    await step(office, '建议挂牌', '建议挂牌', async (form) => {
      await form.getByRole('radio', { name: '一个问题' }).check();
      await form.getByLabel('查找问题').fill('水塘围栏');
      await form.getByLabel('要挂牌的问题').selectOption({ label: 'QL-2020-000001 东头水塘围栏缺失。' });
      await form.getByLabel('理由').fill('久拖不决。');
    });
    await office.getByRole('link', { name: '建议挂牌', exact: true }).click();
    await office.getByRole('link', { name: '查看 QL-2020-000001 的挂牌督办' }).waitFor();
  });

  it('has a rule for departments too, which an administrator adds', async () => {
    const admin = await site.signIn('admin', { at: '/admin/supervision-rules' });
    await shown(admin);
    await step(admin, '新增规则', '调整', async (form) => {
      await form.getByLabel('规则', { exact: true }).selectOption({ label: '部门 · 他查未销号问题' });
      await form.getByLabel('每百个对象件数').fill('5');
      await form.getByLabel('理由').fill('专题会议纪要');
    });
    await says(admin, '部门 · 他查未销号问题', '他查未销号问题达到每百个对象 5 件；检查对象不少于 30 个');
    expect(site.complaints).toStrictEqual([]);
  });
});
