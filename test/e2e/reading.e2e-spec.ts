import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SecurityLog } from '@app/identity';
import { waitUntil } from '@app/testing';
import { Workbook } from 'exceljs';
import type { Answer, Client } from '../support/client';
import { textOf } from '../documents/tools';
import { startProduct, type Product } from '../support/product';

const house = (text: string, town = 'dazeshan') => ({
  place: { townId: town, villageId: null },
  subject: { kind: 'household', name: '王大海', idNumber: '370283195001011234', phone: '13800005678' },
  category: 'housing',
  text,
});
type Listed = Readonly<{
  findings: readonly { findingId: string; number: string; text: string; stage: string }[];
  total: number;
  next: string | null;
}>;
type Detail = Readonly<{
  subject: { subjectId: string; label: string };
  legs: readonly { unit: { name: string }; due: { steps: readonly unknown[] } }[];
  mine: readonly { work: string }[];
}>;

describe('Reading over HTTP', () => {
  let product: Product;
  let inspector: Client, office: Client, north: Client, south: Client, housing: Client;
  let one: string, other: string, position: string;
  beforeAll(async () => {
    product = await startProduct();
    [inspector, office, north, south, housing] = (await Promise.all(
      (['inspector', 'office', 'dazeshan-clerk', 'jiudian-clerk', 'housing-clerk'] as const).map(product.as),
    )) as [Client, Client, Client, Client, Client];
    [one] = await transferred('MARKERNORTH 建新未拆旧');
    [other, position] = await transferred('MARKERSOUTH =1+1 危房', 'jiudian');
  });
  afterAll(() => product?.close());

  const ok = <T>(answer: Answer<T>): Answer<T> => {
    if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
    return answer;
  };
  const transferred = async (text: string, town?: string): Promise<[string, string]> => {
    const id = String(ok(await inspector.post('/api/findings', house(text, town))).body['findingId']);
    ok(await office.put(`/api/findings/${id}/acceptance`, { rectification: 'time-limited', seriousness: 'ordinary' }));
    return [id, String(ok(await office.put(`/api/findings/${id}/transfer`, {})).body['position'])];
  };
  const list = async (who: Client, query = ''): Promise<Listed> =>
    ok(await who.get<Listed>(`/api/findings?position=${position}${query}`)).body;

  it('lets a read see the write whose position it names', async () => {
    const [id, at] = await transferred('刚刚交办');
    const detail = ok(await office.get(`/api/findings/${id}`, { 'x-read-position': at }));
    expect(detail.headers['x-read-behind']).toBe(undefined);
    expect([detail.body['stage'], detail.headers['etag']]).toStrictEqual(['unsigned', `"${String(detail.body['revision'])}"`]);
  });

  it('shows each town its own findings, the department and the office those of both', async () => {
    const texts = async (who: Client): Promise<string> => JSON.stringify(await list(who));
    const [a, b, c, d] = [await texts(north), await texts(south), await texts(housing), await texts(office)];
    expect([a.includes('MARKERNORTH'), a.includes('MARKERSOUTH')]).toStrictEqual([true, false]);
    expect([b.includes('MARKERNORTH'), b.includes('MARKERSOUTH')]).toStrictEqual([false, true]);
    expect([c.includes('MARKERNORTH'), c.includes('MARKERSOUTH')]).toStrictEqual([true, true]);
    expect([d.includes('MARKERNORTH'), d.includes('MARKERSOUTH')]).toStrictEqual([true, true]);
    const leader = await product.as('leader-dazeshan');
    expect((await texts(leader)).includes('MARKERSOUTH')).toBe(false);
    expect((await texts(leader)).includes('MARKERNORTH')).toBe(true);
    expect((await (await product.as('admin')).get('/api/findings')).status).toBe(403);
  });

  it('answers unknown and forbidden alike', async () => {
    const unknown = '7b1c9f0e-1111-4222-8333-444455556666';
    for (const path of ['', '/timeline', '/deadlines', '/deadlines.pdf']) {
      const forbidden = await south.get(`/api/findings/${one}${path}?position=${position}`);
      const nowhere = await south.get(`/api/findings/${unknown}${path}`);
      expect([forbidden.status, forbidden.text]).toStrictEqual([404, nowhere.text]);
    }
  });

  it('searches, narrows and pages, and says clearly what it does not understand', async () => {
    expect((await list(office, `&text=${encodeURIComponent('未拆')}`)).findings.map((f) => f.findingId)).toStrictEqual([one]);
    expect((await list(office, '&text=jdz')).findings.map((f) => f.findingId)).toStrictEqual([other]);
    expect((await list(office, '&town=jiudian&status=assigned')).total).toBe(1);
    const first = await list(office, '&limit=1&sort=number');
    const second = await list(office, `&limit=1&sort=number&cursor=${String(first.next)}`);
    expect(second.findings[0]?.number).not.toBe(first.findings[0]?.number);
    for (const wrong of [
      'text=a',
      'limit=0',
      'sort=luck',
      'stage=unknown',
      'dueFrom=2020-02-30',
      'colour=red',
      'cursor=nonsense',
      'position=x',
    ]) {
      expect([wrong, (await office.get(`/api/findings?${wrong}`)).status]).toStrictEqual([wrong, 400]);
    }
  });

  it('shows legs with the derivation of their due times, whose turn it is, and the history', async () => {
    const detail = ok(await north.get<Detail>(`/api/findings/${one}?position=${position}`)).body;
    expect(detail.legs.map((leg) => leg.unit.name)).toStrictEqual(['大泽山镇', '市住建局']);
    expect(detail.legs[0]?.due.steps.length).toBeGreaterThan(0);
    expect(detail.mine.map(({ work }) => work)).toStrictEqual(['sign']);
    const timeline = ok(await north.get<{ lines: { type: string; person: { name: string } }[] }>(`/api/findings/${one}/timeline`)).body;
    expect(timeline.lines.map(({ type, person }) => [type, person.name]).slice(0, 2)).toStrictEqual([
      ['FindingFiled', '督查员甲'],
      ['FindingAccepted', '督查办科员'],
    ]);
  });

  it('accounts in words for every clock of a finding, the office’s too', async () => {
    type Clocks = Readonly<{
      deadlines: readonly Readonly<{ key: string; unit: { name: string }; running: boolean; due: { account: string[] } }>[];
    }>;
    const { deadlines } = ok(await north.get<Clocks>(`/api/findings/${one}/deadlines?position=${position}`)).body;
    expect(deadlines.map(({ key, unit, running }) => [key, unit.name, running]).sort()).toStrictEqual([
      ['rectify/S', '市住建局', true],
      ['rectify/T', '大泽山镇', true],
      ['sign/S', '市住建局', true],
      ['sign/T', '大泽山镇', true],
    ]);
    const account = deadlines.find(({ key }) => key === 'rectify/T')?.due.account ?? [];
    expect(account[0]).toMatch(/^20\d\d年\d+月\d+日 \d\d:\d\d 送达，从20\d\d年\d+月\d+日起算$/);
    expect(account[1]).toBe('按规则“整改时限”（rectify）第1版，15 个工作日');
    expect(account.at(-1)).toMatch(/^期限：20\d\d年\d+月\d+日 17:30$/);
  });

  it('prints the same account on paper, with who printed it', async () => {
    const paper = await product.app.inject({
      method: 'GET',
      url: `/api/findings/${one}/deadlines.pdf?position=${position}`,
      headers: { cookie: north.cookieHeader },
    });
    expect([paper.statusCode, paper.headers['content-type']]).toStrictEqual([200, 'application/pdf']);
    const text = (await textOf(paper.rawPayload)).replace(/\s/g, '');
    for (const said of [
      '期限溯源',
      '整改（大泽山镇）',
      '签收（市住建局）',
      '按规则“整改时限”（rectify）第1版，15个工作日',
      '还有15个工作日',
      '大泽山镇',
    ])
      expect(text).toContain(said);
    expect(text).not.toContain('王大海');
  });

  it('gives each post its inbox, which empties with the work', async () => {
    type Inbox = Readonly<{ entries: readonly { work: string; findingId: string }[] }>;
    const inbox = async (after: string) => ok(await south.get<Inbox>(`/api/inbox?position=${after}`)).body.entries.map((e) => e.work);
    expect(await inbox(position)).toStrictEqual(['sign']);
    const signed = ok(await south.put(`/api/findings/${other}/legs/T/receipt`));
    expect(await inbox(String(signed.body['position']))).toStrictEqual(['rectify']);
    const acts = ok(await south.get<{ acts: { type: string; findingId: string }[] }>('/api/acts/mine')).body.acts;
    expect(acts.map(({ type, findingId }) => [type, findingId])).toStrictEqual([['LegSignedFor', other]]);
    const legs = ok(await south.get<{ total: number }>('/api/legs?unit=jiudian')).body;
    expect(legs.total).toBe(1);
  });

  it('counts the working days to each due time, and none while the clock stands', async () => {
    type Left = Readonly<{ workingDaysLeft: number | null }>;
    const [waiting] = ok(await north.get<{ entries: readonly Left[] }>(`/api/inbox?position=${position}`)).body.entries;
    expect(waiting?.workingDaysLeft).toBe(1);
    const listed = ok(await north.get<{ findings: readonly Left[] }>('/api/findings')).body.findings[0];
    const detail = ok(
      await north.get<Left & { legs: readonly Left[]; turns: readonly Left[]; mine: readonly Left[] }>(`/api/findings/${one}`),
    ).body;
    const [guides, acts] = [detail.legs[1], detail.legs[0]].map((leg) => leg?.workingDaysLeft ?? null);
    expect([detail.workingDaysLeft, listed?.workingDaysLeft]).toStrictEqual([
      Math.min(Number(guides), Number(acts)),
      detail.workingDaysLeft,
    ]);
    expect(detail.mine.map((turn) => turn.workingDaysLeft)).toStrictEqual([1]);
    const [back] = await transferred('退单期间');
    ok(await north.put(`/api/findings/${back}/legs/T/receipt`));
    const returned = ok(await north.put(`/api/findings/${back}/legs/T/return`, { ground: 'not-our-duty', text: '不属本镇职责' })).body;
    const stands = ok(await north.get<{ legs: readonly Left[] }>(`/api/findings/${back}?position=${String(returned['position'])}`)).body;
    expect(stands.legs[0]?.workingDaysLeft).toBe(null);
    const legs = ok(await north.get<{ legs: readonly (Left & { findingId: string })[] }>('/api/legs?unit=dazeshan')).body.legs;
    const leftOf = (id: string) => legs.filter((leg) => leg.findingId === id).map((leg) => leg.workingDaysLeft);
    expect([leftOf(one), leftOf(back)]).toStrictEqual([[acts], [null]]);
  });

  it('masks persons everywhere, and records a reading in full before it shows it', async () => {
    const shown = await north.get<Detail>(`/api/findings/${one}`);
    const everything = [shown.text, JSON.stringify(await list(north)), (await north.get(`/api/findings/${one}/timeline`)).text].join('');
    for (const secret of ['王大海', '370283195001011234', '13800005678', 'sealed']) expect(everything.includes(secret)).toBe(false);
    const { subjectId, label } = shown.body.subject;
    expect(label).toBe('王**');
    const url = `/api/findings/${one}/subjects/${subjectId}/reveal`;
    expect((await north.post(url, { field: 'phone' })).status).toBe(400);
    expect((await south.post(url, { field: 'phone', purpose: '入户核实' })).status).toBe(404);
    expect((await north.post(url, { field: 'phone', purpose: '入户核实' })).body).toStrictEqual({ field: 'phone', value: '13800005678' });
    const log = await product.app.get(SecurityLog, { strict: false }).read({ limit: 50 });
    expect(log.filter(({ kind }) => kind === 'read-in-full').map(({ detail }) => detail)).toStrictEqual([
      { findingId: one, subjectId, field: 'phone' },
    ]);
  });

  it('opens what is sensitive to the named handlers alone (R40)', async () => {
    const subject = { ...house('').subject, sensitive: true };
    const filed = ok(await inspector.post('/api/findings', { ...house('残疾证未办理'), subject })).body;
    const detail = ok(
      await inspector.get<Detail>(`/api/findings/${String(filed['findingId'])}?position=${String(filed['position'])}`),
    ).body;
    const url = `/api/findings/${String(filed['findingId'])}/subjects/${detail.subject.subjectId}/reveal`;
    const asked = { field: 'phone', purpose: '核实残疾证' };
    // A comment is open to whoever may know the finding; it makes nobody a handler.
    const teamHead = await product.as('team-head');
    ok(await teamHead.post(`/api/findings/${String(filed['findingId'])}/comments`, { text: '请尽快核实' }));
    await product.settle();
    const refused = await teamHead.post(url, asked);
    expect([refused.status, refused.body['code']]).toStrictEqual([403, 'named-handlers-only']);
    expect((await inspector.post(url, asked)).body).toStrictEqual({ field: 'phone', value: '13800005678' });
  });

  it('writes the list as a sheet that says who reads it and what for, and computes nothing', async () => {
    const response = await product.app.inject({
      method: 'GET',
      url: `/api/findings/export.xlsx?position=${position}&purpose=${encodeURIComponent('周调度会')}`,
      headers: { cookie: south.cookieHeader },
    });
    expect([response.statusCode, response.headers['content-type']]).toStrictEqual([
      200,
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ]);
    const book = new Workbook();
    await book.xlsx.load(response.rawPayload as never);
    const sheet = book.worksheets[0];
    const rows = sheet?.getSheetValues().slice(1) as unknown[][];
    expect(String(rows[0]?.[1])).toContain('旧店镇经办（旧店镇）');
    expect(rows[1]?.[1]).toBe('用途：周调度会');
    expect(rows[2]?.[1]).toBe('问题编号');
    expect(rows.slice(3).map((row) => row[9])).toStrictEqual(['MARKERSOUTH =1+1 危房']);
    expect((await south.get('/api/findings/export.xlsx')).status).toBe(400);
    const log = await product.app.get(SecurityLog, { strict: false }).read({ limit: 50 });
    expect(log.some(({ kind }) => kind === 'exported')).toBe(true);
  });

  it('tells a client which of its findings changed, goes on where it left off, and ends with the session', async () => {
    await product.app.listen(0, '127.0.0.1');
    const { port } = product.app.getHttpServer().address() as AddressInfo;
    const open = (
      who: Client,
      headers: Readonly<Record<string, string>> = {},
    ): Promise<{ text: () => string; ended: () => boolean; close: () => void }> =>
      new Promise((resolve, reject) => {
        const asked = httpRequest({
          port,
          host: '127.0.0.1',
          path: '/api/events/stream',
          headers: { cookie: who.cookieHeader, ...headers },
        });
        asked.on('error', reject);
        asked.on('response', (response: IncomingMessage) => {
          let text = '';
          let ended = false;
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.on('end', () => (ended = true)).on('error', () => (ended = true));
          resolve({ text: () => text, ended: () => ended, close: () => asked.destroy() });
        });
        asked.end();
      });
    const [ofNorth, ofSouth] = [await open(north), await open(south)];
    await waitUntil(() => ofNorth.text().includes('retry') && ofSouth.text().includes('retry'));
    ok(await north.put(`/api/findings/${one}/legs/T/receipt`));
    await waitUntil(() => ofNorth.text().includes(one), { what: 'the change at its own town' });
    expect(ofSouth.text().includes(one)).toBe(false);
    const seen = /id: (\d+)/.exec(ofNorth.text())?.[1] ?? '0';
    const resumed = await open(north, { 'last-event-id': String(BigInt(seen) - 1n) });
    await waitUntil(() => resumed.text().includes(one), { what: 'the change missed' });
    const whole = await open(south, { 'last-event-id': '0' });
    await waitUntil(() => whole.text().includes(other), { what: 'all that changed' });
    expect(whole.text().includes(one)).toBe(false);
    const leaving = await product.as('housing-deputy');
    const ofLeaving = await open(leaving);
    await waitUntil(() => ofLeaving.text().includes('retry'));
    ok(await leaving.delete('/api/session'));
    ok(await housing.put(`/api/findings/${one}/legs/S/receipt`));
    await waitUntil(() => ofLeaving.ended(), { what: 'the end of the stream' });
    expect(ofLeaving.text().includes(one)).toBe(false);
    for (const stream of [ofNorth, ofSouth, resumed, whole]) stream.close();
  });

  it('holds the same rows when made anew from events', async () => {
    await product.settle();
    const tables = (await product.readers.compareWithRebuild()).filter(({ projection }) => projection === 'findings');
    expect(tables.length).toBe(7);
    expect(tables.filter(({ rows }) => rows > 0).map(({ table }) => table)).toContain('finding_list');
    for (const { table, onlyLive, onlyRebuilt } of tables) expect([table, onlyLive, onlyRebuilt]).toStrictEqual([table, [], []]);
  });
});
