import { createHash } from 'node:crypto';
import { EventStore, StoreUnavailable } from '@app/event-store';
import { idFrom, localDate, stampOf, type CommandId } from '@app/kernel';
import { NOTICE_POLICIES } from '@app/notices';
import { Directory } from '@app/organisation';
import { byAppendAlone } from '../support/by-append-alone';
import type { Answer, Client } from '../support/client';
import { CountyWork, ok } from '../support/county-work';
import { personOf } from '../support/county';
import { startProduct, type Product } from '../support/product';

type Written = { noticeId: string; number: string | null; revision: string; position: string; changed: boolean };
type Row = {
  noticeId: string;
  kind: string;
  number: string;
  signature: string;
  findings: number;
  corrections: readonly { number: string }[];
  corrects: { number: string } | null;
};
type Detail = Row & {
  content: { rows: readonly Record<string, unknown>[]; text: string | null; follows: { number: string } | null };
  contentHash: string;
  deliveries: readonly Record<string, unknown>[];
  refusal: Record<string, unknown> | null;
  replies: readonly Record<string, unknown>[];
};
type Page = { notices: readonly Row[]; next: string | null };

const codeOf = (answer: Answer): unknown => [answer.status, answer.body['code']];
const TODAY = localDate('2020-07-06');
const INSPECTORS = ['p-inspector', 'p-team-head'];

describe('Notices 通知文书, over HTTP', () => {
  let product: Product;
  let work: CountyWork;
  let office: Client, head: Client, town: Client, teamHead: Client;
  let first: string, second: string, roof: string;
  let store: EventStore;
  beforeAll(async () => {
    product = await startProduct();
    work = new CountyWork(product);
    store = byAppendAlone(product.app.get(EventStore, { strict: false }));
    [office, head, town, teamHead] = await Promise.all([
      product.as('office'),
      product.as('office-head'),
      product.as('dazeshan-clerk'),
      product.as('team-head'),
    ]);
    roof = await work.handToTown(await work.file());
    first = await work.handToTown(
      await work.file({ subject: { kind: 'village', name: '北树园村' }, category: 'archives', text: '档案不全。' }),
    );
    await product.settle();
  });
  afterAll(() => product?.close());

  const request = (over: object = {}) => ({
    kind: 'rectification-notice',
    unitId: 'dazeshan',
    legs: [
      { findingId: roof, legId: 'T' },
      { findingId: first, legId: 'T', requirement: '补齐档案，按户归集。' },
    ],
    inspectors: INSPECTORS,
    ...over,
  });
  const issue = async (over: object = {}, by = office): Promise<Written> => ok(await by.post<Written>('/api/notices', request(over)));
  const listed = async (by: Client, query = ''): Promise<readonly Row[]> => ok(await by.get<Page>(`/api/notices${query}`)).notices;
  /** The next append to such a stream is lost with the connection; says whether it came to that. */
  const crashOnce = (streams: string): (() => boolean) => {
    const append = store.append.bind(store);
    let crashed = false;
    const spy = jest.spyOn(store, 'append').mockImplementation((stream, ...rest) => {
      if (!stream.startsWith(streams)) return append(stream, ...rest);
      spy.mockRestore();
      crashed = true;
      return Promise.reject(new StoreUnavailable('cut'));
    });
    return () => crashed;
  };
  const shown = async (id: string, by = office): Promise<Detail> => ok(await by.get<Detail>(`/api/notices/${id}`));

  it('is previewed without a number, and refused as the issuing would be', async () => {
    const preview = ok(await office.post('/api/notices/preview', request()));
    expect(preview).toMatchObject({ content: { number: '', unitName: '大泽山镇', issuerName: '市督查办' } });
    expect(codeOf(await office.post('/api/notices/preview', request({ unitId: 'jiudian' })))).toStrictEqual([
      409,
      'notice-leg-of-another-unit',
    ]);
    expect(codeOf(await office.post('/api/notices', request({ inspectors: ['p-inspector'] })))).toStrictEqual([
      422,
      'notice-inspectors-required',
    ]);
    expect(await listed(office)).toStrictEqual([]);
  });

  it('is issued for several findings of one unit with the next number of its kind, and refusals leave no gap', async () => {
    const one = await issue();
    expect(one.number).toBe('限改〔2020〕0001号');
    expect((await issue({ kind: 'assignment', inspectors: [] })).number).toBe('交办〔2020〕0001号');
    expect((await issue({}, teamHead)).number).toBe('限改〔2020〕0002号');
    await product.settle();
    const { content, deliveries } = await shown(one.noticeId);
    expect(content.rows.map((row) => [row['object'], row['place'], row['requirement'], row['term']])).toStrictEqual([
      ['周**', '大泽山镇北树园村', '对照问题逐项整改到位，举一反三，防止反弹。', '15个工作日'],
      ['北树园村', '大泽山镇北树园村', '补齐档案，按户归集。', '15个工作日'],
    ]);
    expect(deliveries.map(({ way, to }) => [way, to])).toStrictEqual([['in-system', '大泽山镇']]);
    second = one.noticeId;
  });

  it('gets its first answer when it is asked for again', async () => {
    const key = 'f0b8d0f4-3f5c-4b7e-9d5b-0a1b2c3d4e5f';
    const one = ok(await office.post<Written>('/api/notices', request(), { key }));
    const again = ok(await office.post<Written>('/api/notices', request(), { key }));
    expect([again.noticeId, again.number]).toStrictEqual([one.noticeId, one.number]);
    expect((await issue()).number).toBe('限改〔2020〕0004号');
  });

  it('is for the office, and for the head of the team that found it', async () => {
    const other = await product.as('inspector-2');
    expect((await other.post('/api/notices', request())).status).toBe(403);
    expect((await town.post('/api/notices', request())).status).toBe(403);
    expect(codeOf(await teamHead.post('/api/notices', request({ kind: 'assignment' })))).toStrictEqual([403, 'notice-not-yours']);
  });

  it('is seen by its unit, the leader who answers for it, the team that issued it, the office and auditors', async () => {
    await product.settle();
    for (const login of ['dazeshan-clerk', 'dazeshan-head', 'leader-dazeshan', 'office', 'auditor'] as const) {
      expect([login, (await (await product.as(login)).get(`/api/notices/${second}`)).status]).toStrictEqual([login, 200]);
    }
    for (const login of ['jiudian-clerk', 'housing-clerk', 'inspector-2'] as const) {
      const stranger = await product.as(login);
      expect([login, (await stranger.get(`/api/notices/${second}`)).status]).toStrictEqual([login, 404]);
      expect((await listed(stranger)).length).toBe(0);
    }
    expect((await listed(teamHead)).map(({ number }) => number)).toStrictEqual(['限改〔2020〕0002号']);
    expect((await listed(town, `?finding=${roof}&kind=assignment`)).map(({ number }) => number)).toStrictEqual(['交办〔2020〕0001号']);
  });

  it('is signed for by its unit, or refused before two witnesses (R17)', async () => {
    const signature = async (id: string): Promise<string> => (await shown(id)).signature;
    const refused = await issue();
    await product.settle();
    expect([await signature(second), await signature(refused.noticeId)]).toStrictEqual(['unsigned', 'unsigned']);
    expect(codeOf(await office.put(`/api/notices/${second}/signature`))).toStrictEqual([403, 'notice-not-yours']);
    expect((await (await product.as('jiudian-clerk')).put(`/api/notices/${second}/signature`)).status).toBe(404);
    expect(ok(await town.put<Written>(`/api/notices/${second}/signature`)).changed).toBe(true);
    expect(ok(await town.put<Written>(`/api/notices/${second}/signature`)).changed).toBe(false);
    const refusal = { reason: '负责人拒不签字', witnesses: ['于海', '刘东'] };
    ok(await office.put(`/api/notices/${refused.noticeId}/refusal`, refusal));
    expect(codeOf(await office.put(`/api/notices/${second}/refusal`, refusal))).toStrictEqual([409, 'notice-signed']);
    ok(await office.put(`/api/notices/${refused.noticeId}/delivery`, { way: 'posted-up', to: '镇政府门厅' }));
    await product.settle();
    expect([await signature(second), await signature(refused.noticeId)]).toStrictEqual(['signed', 'refused']);
    expect((await shown(refused.noticeId)).refusal).toMatchObject({ ...refusal, by: { name: '督查办科员' } });
  });

  it('is answered in writing with evidence of its own findings', async () => {
    const foreign = '7b1c9f0e-1111-4222-8333-444455556666';
    expect(codeOf(await town.put(`/api/notices/${second}/reply`, { text: '已整改', evidence: [foreign] }))).toStrictEqual([
      422,
      'notice-evidence-invalid',
    ]);
    ok(await town.put(`/api/notices/${second}/reply`, { text: '屋面已修缮，档案已补齐。' }));
    await product.settle();
    expect((await shown(second)).replies).toMatchObject([{ text: '屋面已修缮，档案已补齐。', by: { name: '大泽山镇经办' } }]);
    expect((await listed(office, '?replied=true')).map(({ noticeId }) => noticeId)).toStrictEqual([second]);
  });

  it('never changes: a correction of the head of the office refers to it, and both show it', async () => {
    const before = await shown(second);
    const correction = { text: '第2项整改要求更正为：按户补齐档案，由镇扶贫办验收。', legs: [{ findingId: first, legId: 'T' }] };
    expect((await office.post(`/api/notices/${second}/correction`, correction)).status).toBe(403);
    const made = ok(await head.post<Written>(`/api/notices/${second}/correction`, correction));
    expect(made.number).toBe('更正〔2020〕0001号');
    await product.settle();
    const after = await shown(second);
    expect([after.content, after.contentHash]).toStrictEqual([before.content, before.contentHash]);
    expect(after.corrections.map(({ number }) => number)).toStrictEqual(['更正〔2020〕0001号']);
    expect((await shown(made.noticeId)).corrects?.number).toBe('限改〔2020〕0001号');
  });

  it('gets numbers without gaps however many are issued at once, and the same one after a crash between number and notice', async () => {
    const many = await Promise.all(Array.from({ length: 12 }, () => issue()));
    const numbers = many.map(({ number }) => Number(/〔2020〕(\d{4})号$/.exec(number ?? '')?.[1])).sort((a, b) => a - b);
    const [least = 0] = numbers;
    expect(numbers).toStrictEqual(many.map((_, at) => least + at));

    const key = '0d3c8a52-52a4-4a0f-8f39-1f2e3d4c5b6a';
    const crashed = crashOnce('notice-');
    expect((await office.post('/api/notices', request(), { key })).status).toBe(503);
    expect(crashed()).toBe(true);
    expect((await issue()).number).toBe(`限改〔2020〕${String(least + 13).padStart(4, '0')}号`);
    expect(ok(await office.post<Written>('/api/notices', request(), { key })).number).toBe(
      `限改〔2020〕${String(least + 12).padStart(4, '0')}号`,
    );
  });

  it('follows once from a rung of the ladder, however often it is told of it and whatever breaks, and names the notice before it', async () => {
    const view = await product.app.get(Directory, { strict: false }).view();
    const at = product.clock.now();
    const by = stampOf(view.actorFor(personOf('office-head'), undefined, at));
    const data = {
      findingId: roof,
      number: 'QL-2020-000001',
      legId: 'T',
      unitId: 'dazeshan',
      dueAt: '2020-07-05T09:30:00.000Z',
      addressees: [
        { kind: 'unit', unitId: 'dazeshan', personId: null },
        { kind: 'leader', unitId: 'dazeshan', personId: 'p-leader-dazeshan' },
      ],
      text: '请说明逾期原因。',
      replyBy: '2020-07-10',
      changed: false,
      at,
      on: TODAY,
      by,
    };
    const metadata = {
      recordedAt: at,
      businessDate: TODAY,
      actor: by.personId,
      actingUnit: by.unitId,
      actingPost: null,
      causationId: null,
    };
    const crashed = crashOnce('notice-');
    for (const rung of ['urging', 'supervision-letter', 'interview']) {
      const event = { id: idFrom('rung', rung), type: 'RungIssued', version: 1, data: { ...data, rung } };
      await store.append(`rungs-${rung}`, 'any', [{ ...event, metadata: { ...metadata, commandId: rung as CommandId } }]);
      await product.settle();
      const [stored] = await store.readStream(`rungs-${rung}`);
      if (stored === undefined) throw new Error('the rung was not stored');
      for (const policy of NOTICE_POLICIES) {
        const reacting = product.app.get(policy, { strict: false });
        if (reacting.handles.includes('RungIssued')) for (let n = 0; n < 3; n++) await reacting.react(stored);
      }
    }
    await product.settle();
    expect(crashed()).toBe(true);
    const letters = (await listed(office, `?finding=${roof}`)).filter(
      ({ kind }) => kind === 'urging-notice' || kind === 'supervision-letter',
    );
    expect(letters.map(({ number }) => number)).toStrictEqual(['督办〔2020〕0001号', '催办〔2020〕0001号']);
    expect((await shown(letters[0]?.noticeId ?? '')).content).toMatchObject({
      follows: { number: '催办〔2020〕0001号' },
      text: '请说明逾期原因。',
      copies: ['大泽山镇包联领导包镇领导'],
      signer: '督查办主任',
    });
  });

  it('comes as Word, PDF and a page for printing, in the same bytes whatever happened to it since', async () => {
    const file = async (format: string, query = ''): Promise<readonly unknown[]> => {
      const url = `/api/notices/${second}/file/${format}${query}`;
      const { statusCode, headers, rawPayload } = await product.app.inject({ url, headers: { cookie: town.cookieHeader } });
      return [statusCode, headers['content-type'], headers['content-disposition'], createHash('sha256').update(rawPayload).digest('hex')];
    };
    const all = async (): Promise<readonly unknown[]> => Promise.all(['pdf', 'docx', 'html'].map((format) => file(format)));
    const before = await all();
    const name = encodeURIComponent('限期整改通知单 限改〔2020〕0001号');
    expect(before.map((answer) => (answer as unknown[]).slice(0, 3))).toStrictEqual([
      [200, 'application/pdf', `attachment; filename="notice.pdf"; filename*=UTF-8''${name}.pdf`],
      [
        200,
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
        `attachment; filename="notice.docx"; filename*=UTF-8''${name}.docx`,
      ],
      [200, 'text/html; charset=utf-8', `inline; filename="notice.html"; filename*=UTF-8''${name}.html`],
    ]);
    ok(await office.put(`/api/notices/${second}/delivery`, { way: 'post', to: '镇党政办' }));
    ok(await town.put(`/api/notices/${second}/reply`, { text: '补充材料。' }));
    await product.settle();
    expect(await all()).toStrictEqual(before);
    expect((await file('pdf', '?copy=file'))[3]).not.toBe((before[0] as unknown[])[3]);
    expect((await file('exe'))[0]).toBe(400);
    const stranger = await product.as('jiudian-clerk');
    const url = `/api/notices/${second}/file/pdf`;
    expect((await product.app.inject({ url, headers: { cookie: stranger.cookieHeader } })).statusCode).toBe(404);
  });

  it('is found by the code on the paper by who may read it, and by nobody with anything else', async () => {
    const { contentHash } = await shown(second);
    const [stored] = await store.readStream(`notice-${second}`, 0n, 1);
    const { opaque } = stored?.data as { opaque: string };
    const door = (code: string, h: string, by = town): Promise<Answer> => by.get(`/api/notices/by-code/${code}?h=${h}`);
    expect(ok(await door(opaque, contentHash.slice(0, 32)))).toStrictEqual({
      noticeId: second,
      number: '限改〔2020〕0001号',
      matches: true,
    });
    expect(ok(await door(opaque, contentHash.slice(1, 33)))['matches']).toBe(false);
    expect(ok(await door(opaque, ''))['matches']).toBe(false);
    expect((await door(opaque, contentHash, await product.as('jiudian-clerk'))).status).toBe(404);
    for (const hostile of ['0'.repeat(32), second, `${opaque}0`, opaque.toUpperCase(), '%27%20or%201=1', '..%2F..%2Fetc', '%00', '督办']) {
      expect([hostile, [400, 404].includes((await door(hostile, contentHash)).status)]).toStrictEqual([hostile, true]);
    }
    expect((await product.anonymous.get(`/api/notices/by-code/${opaque}?h=${contentHash}`)).status).toBe(401);
  });

  it('is the same after its read model is made anew', async () => {
    await product.settle();
    const tables = (await product.readers.compareWithRebuild()).filter(({ projection }) => projection === 'notices');
    expect(tables.map(({ table, onlyLive, onlyRebuilt }) => ({ table, onlyLive, onlyRebuilt }))).toStrictEqual([
      { table: 'notice', onlyLive: [], onlyRebuilt: [] },
      { table: 'notice_finding', onlyLive: [], onlyRebuilt: [] },
    ]);
    expect(tables.every(({ rows }) => rows > 0)).toBe(true);
  });
});
