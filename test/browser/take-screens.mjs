/**
 * Takes the pictures in docs/screens from a running demo, in both sizes:
 *   node test/browser/take-screens.mjs [http://127.0.0.1:3000] [.data/demo-accounts.json]
 */
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';

const [origin = 'http://127.0.0.1:3000', accountsFile = '.data/demo-accounts.json'] = process.argv.slice(2);
const { accounts } = JSON.parse(readFileSync(accountsFile, 'utf8'));
const FOLDER = path.resolve(import.meta.dirname, '../../docs/screens');
mkdirSync(FOLDER, { recursive: true });
const SIZES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

/** name → who looks, and where; a step leads on from there. */
const SCREENS = {
  today: ['inspector', '/today', (page) => page.getByRole('heading', { name: '本村未销号问题' }).waitFor()],
  file: ['inspector', '/file'],
  inbox: ['town', '/inbox'],
  finding: [
    'town',
    '/findings',
    async (page) => {
      await page.locator('main a[href^="/findings/"]').first().click();
      await page.getByRole('heading', { name: '条线' }).waitFor();
    },
  ],
  triage: ['office', '/triage'],
  lists: ['office', '/lists'],
  reviews: ['office-review', '/reviews'],
  selection: [
    'town',
    '/inbox',
    async (page) => {
      // A phone shows rows, each with its own mark.
      const all = page.getByRole('checkbox', { name: '全选本页' });
      await ((await all.count()) > 0 ? all : page.getByRole('checkbox', { name: /^选择 QL-/ }).first()).check();
      await page.getByRole('button', { name: '一起办理' }).click();
      const form = page.getByRole('dialog', { name: /^一起办理/ });
      await form.getByLabel('办什么').selectOption({ label: '填报进展' });
      await form.getByLabel('进展情况').fill('施工队已进场，月底前完成。');
      await form.getByRole('button', { name: '下一步：预览' }).click();
      await page.getByRole('button', { name: /^确认：/ }).waitFor();
    },
  ],
  'round-trip': ['town', '/round-trip'],
  imports: ['office', '/imports'],
  overview: ['leader1', '/overview'],
  clearance: ['office-head', '/clearance'],
  compare: ['office-head', '/clearance/compare'],
  ladder: ['office', '/escalation'],
  notices: ['office-head', '/notices'],
  supervision: ['leader1', '/supervision'],
  bulletin: ['office', '/bulletins'],
  notifications: ['town', '/notifications'],
  calendar: ['admin', '/admin/calendar'],
  admin: ['admin', '/admin'],
};
const chosen = process.env.ONLY?.split(',') ?? Object.keys(SCREENS);

const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--lang=zh-CN'],
  env: { ...process.env, LANGUAGE: 'zh_CN' },
});
const open = async (login, viewport) => {
  const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', deviceScaleFactor: 1 });
  const page = await context.newPage();
  const { password } = accounts.find((account) => account.login === login);
  await page.goto(origin);
  await page.getByLabel('用户名').fill(login);
  await page.getByLabel('密码').fill(password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('navigation', { name: '主菜单' }).waitFor();
  return page;
};
try {
  for (const [size, viewport] of Object.entries(SIZES))
    for (const login of new Set(chosen.map((name) => SCREENS[name][0]))) {
      const page = await open(login, viewport);
      for (const name of chosen.filter((one) => SCREENS[one][0] === login)) {
        const [, address, step] = SCREENS[name];
        await page.goto(origin + address);
        await page.waitForLoadState('load');
        await page.getByText('正在加载').first().waitFor({ state: 'hidden' });
        await step?.(page);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        await page.getByText('正在加载').first().waitFor({ state: 'hidden' });
        // A palette shows the pages as they are, in a third of the bytes.
        await sharp(await page.screenshot())
          .png({ palette: true, effort: 10 })
          .toFile(path.join(FOLDER, `${name}-${size}.png`));
        console.log(`${name}-${size}.png`);
      }
      await page.context().close();
    }
} finally {
  await browser.close();
}
