import { waitUntil } from '@app/testing';
import type { Page, Request } from 'playwright-core';
import { describeInBrowser, startSite, type Site } from '../support/browser';
import { CountyWork, HOUSE, largePhoto, ok, photoOf } from '../support/county-work';
import type { Login } from '../support/county';
import { inTheClear, keptOnPhone, storedBy } from './browser-storage';
import { lineOf, menu, photograph, saveFinding, writeFinding, type Picture } from './steps';

const PIN = '271828';
const WRONG = '314159';
const VILLAGE = HOUSE.place.villageId;

describeInBrowser('A phone in a village', () => {
  let site: Site;
  let work: CountyWork;
  let picture: Picture;
  beforeAll(async () => {
    site = await startSite();
    work = new CountyWork(site.product);
    const task = {
      teamId: 'team-1',
      members: ['p-inspector', 'p-inspector-b', 'p-team-head'],
      villages: [VILLAGE],
      from: '2020-07-06',
      to: '2020-07-08',
      source: { kind: 'inspection', name: '脱贫攻坚督查' },
      manner: 'household',
    };
    ok(await (await site.product.as('team-head')).post('/api/inspections', task));
    await work.file({ category: 'water', text: '自来水时有时无。' });
    await site.product.settle();
    picture = { name: '现场.jpg', mimeType: 'image/jpeg', buffer: await photoOf() };
  });
  afterAll(() => site?.close());

  const filedWith = async (text: string, login: Login = 'inspector'): Promise<readonly string[]> => {
    await site.product.settle();
    type Page = Readonly<{ findings: readonly Readonly<{ findingId: string; text: string }>[] }>;
    const { findings } = ok(await (await site.product.as(login)).get<Page>('/api/findings?limit=200'));
    return findings.filter((one) => one.text === text).map(({ findingId }) => findingId);
  };
  const phonesKnown = async (login: Login): Promise<number> => {
    type Devices = Readonly<{ devices: readonly Readonly<{ state: string }>[] }>;
    const { devices } = ok(await (await site.product.as(login)).get<Devices>('/api/devices'));
    return devices.filter(({ state }) => state === 'active').length;
  };
  const stands = (what: string, is: () => Promise<boolean>): Promise<unknown> => waitUntil(is, { what, timeoutMs: 60_000, everyMs: 50 });

  /** Signed in, the store open, today's package on the phone, and the pages kept to open without a network. */
  const equipped = async (login: Login = 'inspector'): Promise<Page> => {
    const page = await site.signIn(login, { phone: true });
    await page.getByLabel('PIN', { exact: true }).fill(PIN);
    await page.getByLabel('再输一次 PIN').fill(PIN);
    await page.getByRole('button', { name: '开启离线填报' }).click();
    await page.getByRole('button', { name: '开启离线填报' }).waitFor({ state: 'detached' });
    await stands('the package on the phone', async () => (await keptOnPhone(page, 'package')) === 1);
    // Ready is not enough: only a page that the worker has taken over gets its parts without a network.
    await stands('the page taken over', () => page.evaluate(() => navigator.serviceWorker.controller !== null));
    return page;
  };
  const fileNow = async (page: Page): Promise<void> => {
    await page.getByRole('main').getByRole('link', { name: '报问题' }).click();
    await page.getByRole('heading', { name: '报问题' }).waitFor();
  };
  const opened = async (page: Page, pin = PIN): Promise<void> => {
    await page.getByLabel('PIN', { exact: true }).fill(pin);
    await page.getByRole('button', { name: '打开' }).click();
  };
  it('opens and files without a network, keeps what is typed over a reload, and sends each draft once when the network is back', async () => {
    const page = await equipped();
    await page.context().setOffline(true);
    await fileNow(page);
    await writeFinding(page, '周样二', '屋顶漏雨，室内潮湿。');
    await photograph(page, picture);
    await saveFinding(page);
    await page.getByText('已存本机，待发 1').first().waitFor();
    await fileNow(page);
    await writeFinding(page, '周样三', '山墙开裂。');
    await stands('both drafts on the phone', async () => (await keptOnPhone(page, 'draft')) === 2);

    await page.reload();
    await page.getByRole('heading', { name: '没有网络' }).waitFor();
    await opened(page);
    await menu(page, '今日', '今日检查');
    await page.getByRole('heading', { name: '今日检查' }).waitFor();
    await page.getByText('已存本机，待发 1').first().waitFor();
    await page.getByText('自来水时有时无。').waitFor();
    await fileNow(page);
    expect(await page.getByLabel('一句话说明').inputValue()).toBe('山墙开裂。');
    expect(await page.getByLabel('户主姓名或编码').inputValue()).toBe('周样三');
    await saveFinding(page);
    await page.getByText('已存本机，待发 2').first().waitFor();
    expect(await filedWith('屋顶漏雨，室内潮湿。')).toHaveLength(0);

    await menu(page, '我的');
    await page.context().setOffline(false);
    for (const text of ['屋顶漏雨，室内潮湿。', '山墙开裂。']) await lineOf(page, text).getByText('已发出').waitFor();
    for (const text of ['屋顶漏雨，室内潮湿。', '山墙开裂。']) expect(await filedWith(text)).toHaveLength(1);
    const [id = ''] = await filedWith('屋顶漏雨，室内潮湿。');
    type Detail = Readonly<{ evidence: readonly unknown[]; flags: readonly string[] }>;
    const { evidence, flags } = ok(await (await site.product.as('inspector')).get<Detail>(`/api/findings/${id}`));
    expect([evidence.length, flags.includes('offline-capture')]).toStrictEqual([1, true]);
    await page.context().close();
  });

  it('goes on with a photo where the network broke off, and the server confirms it by its hash', async () => {
    const page = await equipped();
    const large = { ...picture, buffer: await largePhoto() };
    const offsets: (string | undefined)[] = [];
    let announced: Readonly<{ sha256: string; size: number }> | null = null;
    const sent = (request: Request): void => {
      const { pathname } = new URL(request.url());
      if (request.method() === 'PATCH') offsets.push(request.headers()['upload-offset']);
      if (request.method() === 'POST' && pathname === '/api/uploads') announced = request.postDataJSON() as typeof announced;
    };
    page.on('request', sent);
    const confirmed = page.waitForResponse((answer) => answer.request().method() === 'POST' && answer.url().endsWith('/evidence/uploads'));
    // Where a step before fails, nobody waits for it.
    confirmed.catch(() => undefined);
    let cuts = 0;
    await page.route('**/api/uploads/*', async (route, request) => {
      if (request.method() !== 'PATCH' || request.headers()['upload-offset'] === '0' || cuts > 0) return route.fallback();
      cuts += 1;
      await page.context().setOffline(true);
      await route.abort('internetdisconnected');
    });
    await fileNow(page);
    await writeFinding(page, '周样四', '院墙倒塌，照片很大。');
    await photograph(page, large);
    await saveFinding(page);
    await menu(page, '我的');
    await lineOf(page, '院墙倒塌').getByText('待发').waitFor();
    const [id = ''] = await filedWith('院墙倒塌，照片很大。');
    type Detail = Readonly<{ evidence: readonly Readonly<{ evidenceId: string }>[] }>;
    type Attached = Readonly<{ evidenceId: string; hash: string }>;
    const inspector = await site.product.as('inspector');
    expect(ok(await inspector.get<Detail>(`/api/findings/${id}`)).evidence).toStrictEqual([]);

    await page.context().setOffline(false);
    await lineOf(page, '院墙倒塌').getByText('已发出').waitFor();
    await site.product.settle();
    const { evidence } = ok(await inspector.get<Detail>(`/api/findings/${id}`));
    const attached = (await (await confirmed).json()) as Attached;
    expect(attached.hash).toBe(announced!.sha256);
    expect(evidence.map(({ evidenceId }) => evidenceId)).toStrictEqual([attached.evidenceId]);
    expect(await filedWith('院墙倒塌，照片很大。')).toStrictEqual([id]);
    const [begun, cut, resumed] = offsets;
    expect([begun, cut, resumed, cuts]).toStrictEqual(['0', '262144', '262144', 1]);
    expect(new Set(offsets).size).toBe(offsets.length - 1);
    expect(Number(offsets.at(-1))).toBeLessThan(announced!.size);
    await page.context().close();
  });

  it('leaves nothing personal in the clear on the device, and the scan would have seen it', async () => {
    const secrets = ['周样五', '13900001234', '370283195001011237', '主房已成危房', '自来水时有时无'];
    const page = await equipped();
    await fileNow(page);
    await writeFinding(page, '周样五', '主房已成危房，电话 13900001234，证号 370283195001011237。');
    await photograph(page, picture);
    await stands('the draft on the phone', async () => (await keptOnPhone(page, 'draft')) === 1);
    await page.reload();
    await page.getByLabel('PIN', { exact: true }).waitFor();
    const stored = await storedBy(page);
    expect(stored.filter(({ where }) => where.startsWith('indexedDB')).length).toBeGreaterThan(3);
    expect(stored.some(({ where }) => where.startsWith('cache'))).toBe(true);
    expect(stored.filter(({ text }) => text.includes('can be taken out'))).toStrictEqual([]);
    expect(inTheClear(stored, secrets)).toStrictEqual([]);

    await page.evaluate(async ([name = '', phone = '', id = '', text = '']) => {
      localStorage.setItem('planted', name);
      sessionStorage.setItem(phone, '1');
      await (await caches.open('planted')).put('/planted', new Response(id));
      await new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('planted');
        opening.onupgradeneeded = () => opening.result.createObjectStore('things');
        opening.onerror = () => reject(opening.error ?? new Error('unwritable'));
        opening.onsuccess = () => {
          const writing = opening.result.transaction('things', 'readwrite');
          writing.objectStore('things').put({ deep: [new TextEncoder().encode(text).buffer] }, 'key');
          writing.oncomplete = () => (opening.result.close(), resolve());
        };
      });
    }, secrets);
    expect([...inTheClear(await storedBy(page), secrets)].sort()).toStrictEqual([
      'cache planted: 370283195001011237',
      'indexedDB planted/things: 主房已成危房',
      'localStorage: 周样五',
      'sessionStorage: 13900001234',
    ]);
    await page.context().close();
  });

  it('writes nothing to the phone while no PIN is set', async () => {
    const page = await site.signIn('inspector', { phone: true });
    await fileNow(page);
    await writeFinding(page, '周样六', '没有设 PIN 时写下的。');
    await menu(page, '我的');
    await lineOf(page, '没有设 PIN 时写下的。').waitFor();
    expect(inTheClear(await storedBy(page), ['周样六', '没有设 PIN 时写下的'])).toStrictEqual([]);
    expect(await keptOnPhone(page, 'draft')).toBe(0);
    await page.context().close();
  });

  it('wipes everything after five wrong PINs', async () => {
    const page = await equipped();
    await fileNow(page);
    await writeFinding(page, '周样七', '五次错误之前写下的。');
    await stands('the draft on the phone', async () => (await keptOnPhone(page, 'draft')) === 1);
    await page.reload();
    const known = await phonesKnown('inspector');
    for (const left of [4, 3, 2, 1]) {
      await opened(page, WRONG);
      await page
        .getByRole('alert')
        .filter({ hasText: `还可以试 ${String(left)} 次` })
        .waitFor();
    }
    await opened(page, WRONG);
    await page.getByText('连续 5 次输错，本机保存的内容已全部清除。').waitFor();
    expect([await keptOnPhone(page, 'draft'), await keptOnPhone(page, 'package')]).toStrictEqual([0, 0]);
    expect((await storedBy(page)).filter(({ where }) => where === 'indexedDB qingling/device')).toStrictEqual([]);
    await stands('the server’s part of the key destroyed', async () => (await phonesKnown('inspector')) === known - 1);
    await page.context().close();
  });

  it('shows both versions when somebody else was there first, and overwrites nothing', async () => {
    const id = await work.handToTown(await work.file({ subject: { kind: 'village', name: '北树园村' }, text: '村卫生室没有药品柜。' }));
    await work.report(id, 'T');
    await work.pass(id, ['T']);
    await site.product.settle();
    const page = await equipped('inspector-b');
    await page.getByText('村卫生室没有药品柜。').waitFor();
    await page.context().setOffline(true);
    await page.getByRole('listitem').filter({ hasText: '村卫生室没有药品柜。' }).getByRole('link', { name: '去复核' }).click();
    await page.getByRole('radio', { name: '通过', exact: true }).check();
    await page.getByLabel('看到的情况').fill('药品柜已装好。');
    await page.getByRole('button', { name: '保存复核结果' }).click();
    await page.getByRole('heading', { name: '我的', exact: true }).waitFor();

    await work.verify(id);
    await site.product.settle();
    await page.context().setOffline(false);
    await page.getByText('别人已经更新了这条问题，两个版本都在这里，请您决定').waitFor();
    const mine = page
      .getByRole('main')
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: '我的复核' }) });
    const theirs = page
      .getByRole('main')
      .locator('section')
      .filter({ has: page.getByRole('heading', { name: '服务器上的现在版本' }) });
    await mine.last().getByText('药品柜已装好。').waitFor();
    await theirs.last().getByText('待销号').waitFor();
    type Timeline = Readonly<{ lines: readonly Readonly<{ type: string }>[] }>;
    const { lines } = ok(await (await site.product.as('office')).get<Timeline>(`/api/findings/${id}/timeline`));
    expect(lines.filter(({ type }) => type === 'FindingVerified')).toHaveLength(1);
    await page.getByRole('button', { name: '放弃我的复核' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '删除', exact: true }).click();
    await page.getByText('没有草稿。').waitFor();
    await page.context().close();
  });

  it('asks at signing out whether to send, stay or discard what was not sent, and leaves nothing behind', async () => {
    const page = await equipped('inspector-b');
    await fileNow(page);
    await writeFinding(page, '周样八', '退出之前要发出的。');
    await photograph(page, picture);
    await page.getByRole('button', { name: '退出', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '不退出' }).click();
    expect(await page.getByLabel('一句话说明').inputValue()).toBe('退出之前要发出的。');
    await page.getByRole('button', { name: '退出', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '先发出再退出' }).click();
    await page.getByLabel('用户名').waitFor();
    expect(await filedWith('退出之前要发出的。')).toHaveLength(1);
    expect(await keptOnPhone(page, 'draft')).toBe(0);
    await page.context().close();

    const other = await equipped('inspector-b');
    await fileNow(other);
    await writeFinding(other, '周样九', '退出时放弃的。');
    await other.getByRole('button', { name: '退出', exact: true }).click();
    await other.getByRole('dialog').getByRole('button', { name: '放弃这些内容并退出' }).click();
    await other.getByLabel('用户名').waitFor();
    expect(await filedWith('退出时放弃的。')).toHaveLength(0);
    expect((await storedBy(other)).filter(({ where }) => where.startsWith('indexedDB'))).toStrictEqual([]);
    await other.context().close();
  });

  it('has nothing to complain of', () => {
    expect(site.complaints).toStrictEqual([]);
  });
});
