import { randomUUID } from 'node:crypto';
import type { PersonId } from '@app/kernel';
import { Choices } from '@app/notifications';
import { DataSource } from 'typeorm';
import { describeInBrowser, startSite, type Site } from '../support/browser';
import { CountyWork } from '../support/county-work';
import { shown } from './steps';

describeInBrowser('Notifications', () => {
  let site: Site;
  beforeAll(async () => {
    // Nothing listens there: what is sent is looked at before it leaves.
    site = await startSite({ SMTP_URL: 'smtp://127.0.0.1:9?tls=off', MAIL_FROM: 'ql@office.test' });
    const work = new CountyWork(site.product);
    await work.handOver(await work.file());
    await site.product.settle();
  });
  afterAll(() => site?.close());

  it('are counted at the bell, read, marked and chosen by the person they are for', async () => {
    const page = await site.signIn('dazeshan-clerk');
    await page.getByRole('link', { name: '通知，1 条未读' }).click();
    await page.getByRole('heading', { name: '通知', level: 1 }).waitFor();
    await page.getByRole('link', { name: /^QL-2020-\d{6} 已交办大泽山镇/ }).waitFor();
    await page.getByRole('button', { name: /^标为已读：QL/ }).click();
    await page.getByRole('button', { name: /^标为未读：QL/ }).waitFor();
    await page.getByRole('link', { name: '通知', exact: true }).waitFor();
    await page.getByLabel('只看未读').check();
    await page.getByText('没有未读的通知。').waitFor();

    await page.getByRole('link', { name: '通知设置' }).click();
    await page.getByLabel('邮箱地址').fill('clerk@mail.test');
    await page.getByRole('radio', { name: '每周一封' }).check();
    await page.getByLabel('星期').selectOption('星期五');
    await page.getByLabel('交办送达').uncheck();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('通知设置已保存').waitFor();
    await page.reload();
    await shown(page);
    expect([
      await page.getByLabel('邮箱地址').inputValue(),
      await page.getByRole('radio', { name: '每周一封' }).isChecked(),
      await page.getByLabel('交办送达').isChecked(),
    ]).toStrictEqual(['clerk@mail.test', true, false]);

    const { code = '' } = (await site.product.app.get(Choices).codeToSend('p-dazeshan-clerk' as PersonId)) ?? {};
    await page.getByText('clerk@mail.test 还没有确认').waitFor();
    await page.getByLabel('确认码').fill(code === '12345678' ? '87654321' : '12345678');
    await page.getByRole('button', { name: '确认邮箱' }).click();
    await page.getByText('确认码不对').waitFor();
    await page.getByLabel('确认码').fill(code);
    await page.getByRole('button', { name: '确认邮箱' }).click();
    await page.getByText('邮箱已确认').waitFor();
    await page.getByRole('heading', { name: '确认邮箱' }).waitFor({ state: 'detached' });
  });

  it('that could not be sent are sent again or dropped by an administrator', async () => {
    const database = site.product.app.get(DataSource);
    for (const person of ['p-dazeshan-clerk', 'p-housing-clerk']) {
      await database.query(
        `insert into outbox (id, channel, person_id, state, attempts, next_at, created_at, settled_at, last_error)
         values ($1, 'mail', $2, 'dead', 10, $3, $3, $3, 'smtp-550')`,
        [randomUUID(), person, site.product.clock.now()],
      );
    }
    const page = await site.signIn('admin');
    await page.goto('/admin/mail');
    await page.getByText('127.0.0.1:9').waitFor();
    await page.getByRole('link', { name: '发送失败' }).last().click();
    await page.getByText('smtp-550').first().waitFor();
    await page.getByRole('button', { name: '重新发送：大泽山镇经办' }).click();
    await page.getByRole('button', { name: '重新发送：大泽山镇经办' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: '不再发送：住建局经办' }).click();
    const dialog = page.getByRole('dialog', { name: '不再发送：住建局经办' });
    await dialog.getByLabel('理由').fill('已离任');
    await dialog.getByRole('button', { name: '不再发送' }).click();
    await page.getByText('没有发送失败的记录。').waitFor();
    await page.goto('/admin/webhooks');
    await page.getByText('没有设置 WEBHOOK_HOSTS').waitFor();
  });
});

describeInBrowser('Webhooks', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite({ WEBHOOK_HOSTS: 'oa.example.test' });
  });
  afterAll(() => site?.close());

  it('are added with a secret shown once, changed, and removed when that was asked once more', async () => {
    const page = await site.signIn('admin');
    await page.goto('/admin/webhooks');
    await page.getByLabel('名称').fill('政务平台');
    await page.getByLabel('地址').fill('https://oa.example.test/ql');
    await page.getByRole('checkbox', { name: '交办送达' }).check();
    await page.getByRole('button', { name: '添加', exact: true }).click();
    await page.getByRole('button', { name: '已记下' }).click();

    await page.getByRole('button', { name: '修改：政务平台' }).click();
    const change = page.getByRole('dialog', { name: '修改：政务平台' });
    await change.getByLabel('名称').fill('县政务平台');
    await change.getByLabel('地址').fill('https://elsewhere.example.test/ql');
    await change.getByRole('button', { name: '保存' }).click();
    await change.getByRole('alert').waitFor();
    await change.getByLabel('地址').fill('https://oa.example.test/qingling');
    await change.getByRole('button', { name: '保存' }).click();
    await page.getByRole('heading', { name: '县政务平台' }).waitFor();
    await page.getByText('https://oa.example.test/qingling').waitFor();
    await change.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: '删除：县政务平台' }).click();
    const remove = page.getByRole('dialog', { name: '删除：县政务平台' });
    await remove.getByText('还没有发出的也不再发出').waitFor();
    await remove.getByRole('button', { name: '删除', exact: true }).click();
    await remove.waitFor({ state: 'detached' });
    await page.getByText('还没有推送地址。').waitFor();
  });
});
