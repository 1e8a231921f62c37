import { waitUntil } from '@app/testing';
import type { Page } from 'playwright-core';
import { describeInBrowser, startSite, type Site } from '../support/browser';
import type { Login } from '../support/county';
import { CountyWork } from '../support/county-work';

/** All script, style and fonts, as they come over the line. */
const BUDGET = 250_000;
const KINDS: ReadonlySet<string> = new Set(['Script', 'Stylesheet', 'Font']);
type Fetched = { kind: string; path: string; encoding: string; bytes: number };

describeInBrowser('Before a page is usable', () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
    const work = new CountyWork(site.product);
    await work.handOver(await work.file());
    await site.product.settle();
  });
  afterAll(() => site?.close());

  /** Opens a page in a browser that has seen nothing, signs in, waits until the page can be used; what was fetched by then. */
  const fetchedUntil = async (
    login: Login,
    opening: Readonly<{ at: string; phone: boolean }>,
    usable: (page: Page) => Promise<void>,
  ): Promise<readonly Fetched[]> => {
    const asked = new Map<string, Fetched>();
    const page = await site.signIn(login, {
      ...opening,
      before: async (opened) => {
        // Over HTTPS browsers take Brotli, which is smaller still.
        await opened.setExtraHTTPHeaders({ 'accept-encoding': 'gzip' });
        const line = await opened.context().newCDPSession(opened);
        await line.send('Network.enable');
        line.on('Network.responseReceived', ({ requestId, response }) => {
          const encoding = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-encoding')?.[1];
          const one = asked.get(requestId);
          if (one !== undefined) one.encoding = encoding ?? 'none';
        });
        line.on('Network.requestWillBeSent', ({ requestId, type = '', request }) => {
          asked.set(requestId, { kind: type, path: new URL(request.url).pathname, encoding: '', bytes: 0 });
        });
        line.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
          const one = asked.get(requestId);
          if (one !== undefined) one.bytes = encodedDataLength;
        });
      },
    });
    await usable(page);
    const fetched = [...asked.values()].filter(({ kind, path }) => KINDS.has(kind) || /\.(js|css|woff2?)$/.test(path));
    // What was asked for by then counts whole.
    await waitUntil(() => fetched.every(({ bytes }) => bytes > 0), { what: 'the end of what was asked for' });
    await page.context().close();
    expect([...new Set(fetched.map(({ encoding }) => encoding))]).toStrictEqual(['gzip']);
    return fetched;
  };
  const sumOf = (fetched: readonly Fetched[]): number => fetched.reduce((sum, { bytes }) => sum + bytes, 0);
  const tell = (what: string, fetched: readonly Fetched[]): void => {
    process.stdout.write(`${what}: ${String(sumOf(fetched))} bytes of script, style and fonts in ${String(fetched.length)} files\n`);
  };

  it('the inbox of a town has fetched at most 250 kB of script, style and fonts, all of it from here', async () => {
    const fetched = await fetchedUntil('dazeshan-clerk', { at: '/inbox', phone: false }, (page) =>
      page.getByRole('link', { name: '房屋鉴定为 C 级，尚未改造。' }).first().waitFor(),
    );
    tell('/inbox', fetched);
    expect(fetched.length).toBeGreaterThan(3);
    expect(sumOf(fetched)).toBeGreaterThan(50_000);
    expect(sumOf(fetched)).toBeLessThanOrEqual(BUDGET);
  });

  it('filing on a phone has fetched at most 250 kB of script, style and fonts, all of it from here', async () => {
    const fetched = await fetchedUntil('inspector', { at: '/file', phone: true }, async (page) => {
      await page.getByRole('radio', { name: '住房安全' }).waitFor();
      await page.getByLabel('一句话说明').fill('可以写了');
    });
    tell('/file', fetched);
    expect(fetched.length).toBeGreaterThan(3);
    expect(sumOf(fetched)).toBeGreaterThan(50_000);
    expect(sumOf(fetched)).toBeLessThanOrEqual(BUDGET);
  });

  it('nothing was asked of another host', () => {
    expect(site.complaints).toStrictEqual([]);
  });
});
