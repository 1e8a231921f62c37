import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { PASSWORD, type Login } from './county';
import { startProduct, type Product } from './product';

/** Where Chrome, Chromium and Edge live; CHROME_PATH names another. */
const PLACES = [
  process.env['CHROME_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const found = PLACES.find((place) => place !== undefined && existsSync(place));

/** A suite in a real browser; where the machine has none it is skipped and says so. */
export const describeInBrowser = (name: string, suite: () => void): void =>
  found === undefined ? describe.skip(`${name} [missing: browser]`, suite) : describe(name, suite);

export const PHONE = { width: 390, height: 844 } as const;
export const DESKTOP = { width: 1280, height: 800 } as const;
const WEB_DIR = path.resolve(__dirname, '../../dist/web');

/** `before` sees the page while nothing has been asked for yet. */
type Opening = Readonly<{ phone?: boolean; at?: string; before?: (page: Page) => Promise<void> }>;
/** The whole product behind a real browser, on an address of its own. */
export type Site = Readonly<{
  product: Product;
  origin: string;
  browser: Browser;
  /** A browser of its own, nobody signed in. */
  visit: (opening?: Opening) => Promise<Page>;
  /** Signs in by the page, as people do, and waits for the menu. */
  signIn: (login: Login, opening?: Opening) => Promise<Page>;
  /** What the pages complained of: errors of scripts, blocked scripts and styles, and what was asked of another host. */
  complaints: readonly string[];
  close: () => Promise<void>;
}>;

export const startSite = async (env: Readonly<Record<string, string>> = {}): Promise<Site> => {
  if (!existsSync(path.join(WEB_DIR, 'index.html'))) throw new Error('dist/web is not built: run `npm run web` first');
  const product = await startProduct({ webDir: WEB_DIR, env });
  const origin = (await product.app.listen(0, '127.0.0.1'), (await product.app.getUrl()).replace('[::1]', '127.0.0.1'));
  const browser = launch();
  browsers.add(browser);
  return siteOf(product, origin, await browser);
};

const browsers = new Set<Promise<Browser>>();
// As the product: whatever became of the hook that was to close it.
if (typeof afterAll === 'function') {
  afterAll(async () => {
    for (const browser of browsers)
      await browser.then(
        (one) => one.close(),
        () => undefined,
      );
  });
}

const launch = (): Promise<Browser> =>
  chromium.launch({
    ...(found === undefined ? {} : { executablePath: found }),
    args: ['--no-sandbox', '--disable-quic', '--disable-background-networking', '--disable-dev-shm-usage', '--lang=zh-CN'],
    timeout: 60_000,
  });

const siteOf = (product: Product, origin: string, browser: Browser): Site => {
  const complaints: string[] = [];
  const visit = async ({ phone = false, at = '/', before }: Opening = {}): Promise<Page> => {
    const context = await browser.newContext({
      baseURL: origin,
      viewport: phone ? PHONE : DESKTOP,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      ...(phone ? { isMobile: true, hasTouch: true, deviceScaleFactor: 2 } : {}),
    });
    context.setDefaultTimeout(30_000);
    const page = await context.newPage();
    listen(page, origin, complaints);
    await before?.(page);
    await page.goto(at);
    return page;
  };
  const signIn = async (login: Login, opening: Opening = {}): Promise<Page> => {
    const page = await visit(opening);
    await page.getByLabel('用户名').fill(login);
    await page.getByLabel('密码').fill(PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('navigation', { name: '主菜单' }).waitFor();
    return page;
  };
  return {
    product,
    origin,
    browser,
    visit,
    signIn,
    complaints,
    close: async () => {
      // Whatever becomes of the browser, the product has to end.
      await browser.close().finally(() => product.close());
    },
  };
};

/** Refusals of the api are part of the work; a broken script or a blocked file is not. */
const listen = (page: Page, origin: string, complaints: string[]): void => {
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol !== 'blob:' && protocol !== 'data:' && asked !== origin) complaints.push(`${page.url()}: asked ${asked}`);
  });
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !/^Failed to load resource/.test(text)) complaints.push(`${page.url()}: ${text}`);
  });
};

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
type Axe = Readonly<{ run: (options: object) => Promise<{ violations: readonly { id: string; nodes: readonly { html: string }[] }[] }> }>;

/** Breaches of WCAG 2.2 AA on the page as it stands; empty is good. */
export const breachesOf = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(AXE);
  return remaining(async () => {
    const violations = await page.evaluate(
      async (tags) => (await (globalThis as unknown as { axe: Axe }).axe.run({ runOnly: { type: 'tag', values: tags } })).violations,
      WCAG,
    );
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  });
};

const LOOKS = 4;
/** What is still found when a page has come to rest: something that fades in or is laid out anew is looked at again. */
export const remaining = async (find: () => Promise<readonly string[]>): Promise<readonly string[]> => {
  let found = await find();
  for (let looks = 1; looks < LOOKS && found.length > 0; looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    found = await find();
  }
  return found;
};

/** Whether the page scrolls sideways, which it must not, and goes on doing so: a chart takes its new width a moment after the text around it. */
export const isTooWide = async (page: Page): Promise<boolean> => {
  // Asked from here each time: what the page itself evaluates again and again is against its own policy.
  const tooWide = 'document.documentElement.scrollWidth > document.documentElement.clientWidth + 1';
  return (await remaining(async () => ((await page.evaluate<boolean>(tooWide)) ? ['scrolls sideways'] : []))).length > 0;
};

export const offline = (context: BrowserContext, is: boolean): Promise<void> => context.setOffline(is);
