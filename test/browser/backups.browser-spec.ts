import { readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describeInBrowser, startSite, type Site } from '../support/browser';
import { CountyWork } from '../support/county-work';
import { shown } from './steps';

describeInBrowser('The backups of an instance', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
    await new CountyWork(site.product).file();
  });
  afterAll(() => site?.close());

  it('are taken and verified by an administrator, who is warned where there is none and told of a damaged file', async () => {
    const page = await site.signIn('admin');
    await page.goto('/admin');
    await page.getByRole('link', { name: '还没有任何备份' }).click();
    await page.getByText('还没有任何备份。机器或磁盘损坏时').waitFor();
    await page.getByRole('button', { name: '立即备份' }).click();
    await page.getByText(/备份 \S+ 已完成/).waitFor();
    await page.getByText('最近一次备份是 0 天前。').waitFor();

    const verify = page.getByRole('button', { name: /^核对/ });
    await verify.click();
    await page.getByText('核对无误').waitFor();
    const folder = path.join(site.product.dataDir, 'backups');
    const [name = ''] = await readdir(folder);
    await page.getByText(`npm run cli -- restore ${path.join(folder, name)}`).waitFor();
    await rm(path.join(folder, name, 'account', '000001.ndjson.gz'));
    await writeFile(path.join(folder, name, 'stranger.txt'), '');
    await verify.click();
    await page.getByText('缺失：account/000001.ndjson.gz').waitFor();
    expect(await page.getByText('多余：stranger.txt').count()).toBe(1);
    await shown(page);
    expect(await page.getByText('master.key').count()).toBe(0);
  });
});
