import { STYLE_SOURCE } from '@app/documents';
import { breachesOf, describeInBrowser, isTooWide, startSite, type Site } from '../support/browser';

describeInBrowser('The door of the web application', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site?.close());

  it('lets in who has the password, and shows whoever has not why in both languages', async () => {
    const page = await site.visit();
    await page.getByLabel('用户名').fill('office');
    await page.getByLabel('密码').fill('wrong');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').innerText()).toMatch(/[一-鿿]/);
    expect(await page.getByRole('alert').innerText()).toMatch(/[a-z]{3}/);
    const inside = await site.signIn('office');
    await inside.waitForURL('**/inbox');
    await page.context().close();
    await inside.context().close();
  });

  it('can be read and used by everybody, on a phone and on a desk', async () => {
    for (const phone of [true, false]) {
      const page = await site.visit({ phone });
      await page.getByLabel('用户名').waitFor();
      expect(await breachesOf(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
      await page.context().close();
    }
  });

  it('lets in nobody’s scripts and styles but its own', async () => {
    const { headers } = await site.product.app.inject({ url: '/inbox' });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`style-src 'self' ${STYLE_SOURCE};`);
    const inside = await site.signIn('office');
    expect(await inside.locator('style').count()).toBe(0);
    expect(site.complaints).toEqual([]);
    await inside.context().close();
  });

  it('tells the server of a sign-out that had no network, before anybody is let in', async () => {
    const page = await site.signIn('office');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: '退出' }).click();
    await page.getByLabel('用户名').waitFor();
    await page.context().setOffline(false);
    await page.reload();
    await page.getByLabel('用户名').waitFor();
    expect((await page.request.get('/api/session')).status()).toBe(401);
    await page.context().close();
  });
});
