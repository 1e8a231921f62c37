import { EventStore } from '@app/event-store';
import sharp from 'sharp';
import { Routes } from '../../apps/api/src/security/routes';
import type { Answer, Client } from '../support/client';
import { ON_EVENTSTOREDB, startProduct, type Product } from '../support/product';

const house = {
  place: { townId: 'dazeshan', villageId: 'dazeshan-beishuyuan' },
  subject: { kind: 'household', name: '王大海', idNumber: '370283195001011234', phone: '13800005678' },
  category: 'housing',
  text: '房屋鉴定为 C 级，尚未改造。',
};

const photo = (): Promise<Buffer> =>
  sharp({ create: { width: 8, height: 8, channels: 3, background: 'green' } })
    .jpeg()
    .toBuffer();
const codeOf = (answer: Answer): unknown => [answer.status, answer.body['code']];
const tagOf = (answer: Answer): string => String(answer.headers['etag']);

describe('The main job over HTTP', () => {
  let product: Product;
  let inspector: Client, office: Client, town: Client, townDeputy: Client, dept: Client, deptDeputy: Client;
  beforeAll(async () => {
    product = await startProduct();
    [inspector, office, town, townDeputy, dept, deptDeputy] = (await Promise.all(
      (['inspector', 'office', 'dazeshan-clerk', 'dazeshan-deputy', 'housing-clerk', 'housing-deputy'] as const).map(product.as),
    )) as [Client, Client, Client, Client, Client, Client];
  });
  afterAll(() => product?.close());

  const ok = <T = Record<string, unknown>>(answer: Answer<T>): Answer<T> => {
    if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
    return answer;
  };
  const file = async (): Promise<string> => String(ok(await inspector.post('/api/findings', house)).body['findingId']);
  const transferred = async (): Promise<{ id: string; tag: string }> => {
    const id = await file();
    ok(await office.put(`/api/findings/${id}/acceptance`, { rectification: 'time-limited', seriousness: 'ordinary' }));
    const tag = tagOf(ok(await office.put(`/api/findings/${id}/transfer`, {})));
    return { id, tag };
  };
  /** A unit's part: sign for it, prove it, report it, review it, sign it off. */
  const finishLeg = async (id: string, leg: 'T' | 'S', clerk: Client, deputy: Client): Promise<Answer> => {
    ok(await clerk.put(`/api/findings/${id}/legs/${leg}/receipt`));
    ok(await clerk.put(`/api/findings/${id}/legs/${leg}/plan`, { measures: '拆除重建', responsible: '包村干部', targetOn: '2020-07-20' }));
    const evidence = ok(
      await clerk.upload(
        `/api/findings/${id}/evidence`,
        { phase: 'after', legId: leg },
        { name: '整改后.jpg', type: 'image/jpeg', content: await photo() },
      ),
    ).body['evidenceId'];
    const report = { text: '已建成', measures: '新建', effect: '已入住', completedOn: '2020-07-06', evidence: [evidence] };
    ok(await clerk.put(`/api/findings/${id}/legs/${leg}/report`, report));
    ok(await deputy.put(`/api/findings/${id}/legs/${leg}/first-review`, { passed: true }));
    return ok(await deputy.put(`/api/findings/${id}/legs/${leg}/signature`, {}));
  };

  it('takes a finding from filing over two legs to clearance', async () => {
    const { id } = await transferred();
    await finishLeg(id, 'T', town, townDeputy);
    let tag = tagOf(await finishLeg(id, 'S', dept, deptDeputy));
    for (const leg of ['T', 'S']) {
      tag = tagOf(ok(await office.put(`/api/findings/${id}/legs/${leg}/review`, { result: 'passed', text: '属实' }, { seen: tag })));
    }
    tag = tagOf(ok(await office.put(`/api/findings/${id}/verification`, { method: 'on-site', text: '现场看过' }, { seen: tag })));
    const cleared = ok(await office.put(`/api/findings/${id}/clearance`, { text: '同意销号' }, { seen: tag }));
    expect(cleared.body['changed']).toBe(true);
  });

  it('shows what became of a list: signed for, cleared, and a relapse that takes nothing from its number (R26)', async () => {
    const listId = String(
      ok(await office.post('/api/lists', { title: '大泽山镇问题清单', source: { kind: 'inspection', name: '市督查' } })).body['listId'],
    );
    const legs = [{ unitId: 'dazeshan', line: 'territorial', leads: true }];
    const row = { ...house, subject: { kind: 'village', name: '北树园村' }, rectification: 'immediate', legs };
    ok(await office.post(`/api/lists/${listId}/rows`, { rows: [row] }));
    ok(await office.put(`/api/lists/${listId}/issue`));
    await product.settle();
    const rows = ok(await office.get<{ rows: { findingId: string }[] }>(`/api/lists/${listId}/rows`)).body.rows;
    const id = String(rows[0]?.findingId);
    const counts = async (): Promise<unknown> => {
      await product.settle();
      return ok(await office.get(`/api/lists/${listId}`)).body['counts'];
    };
    expect(await counts()).toMatchObject({ issued: 1, transferred: 1, signedFor: 0, open: 1, cleared: 0, relapses: 0 });
    let tag = tagOf(await finishLeg(id, 'T', town, townDeputy));
    expect(await counts()).toMatchObject({ signedFor: 1, open: 1, cleared: 0 });
    const zeros = async (client: Client): Promise<readonly unknown[]> => {
      const { lists } = ok(await client.get<{ lists: { listId: string; zeros: unknown }[] }>('/api/lists')).body;
      const detail = ok(await client.get(`/api/lists/${listId}`)).body['zeros'];
      return [lists.find((list) => list.listId === listId)?.zeros, detail];
    };
    expect(await zeros(office)).toStrictEqual([[], []]);
    tag = tagOf(ok(await office.put(`/api/findings/${id}/legs/T/review`, { result: 'passed', text: '属实' }, { seen: tag })));
    tag = tagOf(ok(await office.put(`/api/findings/${id}/verification`, { method: 'on-site', text: '现场看过' }, { seen: tag })));
    ok(await office.put(`/api/findings/${id}/clearance`, { text: '同意销号' }, { seen: tag }));
    expect(await counts()).toMatchObject({ open: 0, cleared: 1, relapses: 0 });
    const reached = ['rectified', 'cleared'].map((kind) => ({ kind, reached: '2020-07-06', lost: null }));
    expect(await zeros(office)).toStrictEqual([reached, reached]);
    // The town sees its rows, perhaps not all of them: a zero is the whole list’s.
    expect(await zeros(town)).toStrictEqual([null, null]);
    ok(await office.post(`/api/findings/${id}/look-backs`, { round: '第一轮', result: 'relapse', text: '又漏雨了' }));
    expect(await counts()).toMatchObject({ issued: 1, open: 0, cleared: 1, relapses: 1 });
    const [again] = ok(await office.get<{ findings: { stage: string }[] }>('/api/findings?flag=relapse')).body.findings;
    expect(again?.stage).toBe('untriaged');
  });

  it('files with place, subject, category and one sentence, and numbers what it files', async () => {
    const filed = await inspector.post('/api/findings', house);
    expect([filed.status, filed.body['revision'], filed.headers['etag']]).toStrictEqual([201, '0', '"0"']);
    expect(filed.body['number']).toMatch(/^QL-2020-\d{6}$/);
  });

  it('returns the first answer to the same key and body, and refuses the key with another body', async () => {
    const first = await inspector.post('/api/findings', house, { key: 'the-same-key-1' });
    const again = await inspector.post('/api/findings', house, { key: 'the-same-key-1' });
    expect([again.status, again.body, again.headers['etag']]).toStrictEqual([first.status, first.body, first.headers['etag']]);
    expect(codeOf(await inspector.post('/api/findings', { ...house, text: '别的' }, { key: 'the-same-key-1' }))).toStrictEqual([
      422,
      'idempotency-key-reused',
    ]);
    // Another account's key is another key.
    expect((await product.as('inspector-2').then((c) => c.post('/api/findings', house, { key: 'the-same-key-1' }))).status).toBe(201);
  });

  it('gives the first answer also when it had died between the event and the answer', async () => {
    const first = await inspector.post('/api/findings', house, { key: 'died-in-between' });
    const { DataSource } = await import('typeorm');
    await product.app.get(DataSource).query("UPDATE http_idempotency SET status = NULL, body = NULL WHERE key = 'died-in-between'");
    const again = await inspector.post('/api/findings', house, { key: 'died-in-between' });
    expect([again.status, again.body]).toStrictEqual([201, first.body]);
  });

  it('wants If-Match where the decision rests on what was seen: 428 without, 412 with what changed since', async () => {
    const { id, tag } = await transferred();
    await finishLeg(id, 'T', town, townDeputy);
    const review = { result: 'passed', text: '属实' };
    expect(codeOf(await office.put(`/api/findings/${id}/legs/T/review`, review))).toStrictEqual([428, 'if-match-required']);
    const stale = await office.put(`/api/findings/${id}/legs/T/review`, review, { seen: tag });
    expect(codeOf(stale)).toStrictEqual([412, 'changed-since']);
    expect((stale.body['since'] as { type: string }[]).map((e) => e.type)).toStrictEqual([
      'LegSignedFor',
      'LegPlanned',
      'EvidenceAdded',
      'LegReported',
      'LegFirstReviewed',
      'LegSubmitted',
    ]);
  });

  it('says neither that a finding is unknown nor that it is forbidden', async () => {
    const { id } = await transferred();
    const stranger = await product.as('jiudian-clerk');
    const forbidden = await stranger.put(`/api/findings/${id}/legs/T/receipt`);
    const unknown = await stranger.put('/api/findings/7b1c9f0e-1111-4222-8333-444455556666/legs/T/receipt');
    expect([forbidden.status, forbidden.text]).toStrictEqual([404, unknown.text]);
  });

  it('asks before it takes personal numbers in free text, and masks them on confirmation', async () => {
    const typed = { ...house, text: '户主电话 13812345678，房屋漏雨。' };
    const asked = await inspector.post('/api/findings', typed);
    expect(codeOf(asked)).toStrictEqual([422, 'personal-data-found']);
    expect(asked.text).not.toContain('13812345678');
    const taken = await inspector.post('/api/findings', typed, { headers: { 'x-redact-personal-data': 'confirmed' } });
    expect(taken.status).toBe(201);
    const stored = JSON.stringify((await product.app.get(EventStore).readAll(0n, 10_000)).map(({ data }) => data));
    expect(stored).toContain('房屋漏雨');
    const leaked = ['13812345678', '370283195001011234', '王大海'].filter((secret) => stored.includes(secret));
    expect(leaked).toStrictEqual([]);
  });

  it('keeps evidence by its hash, serves it to those who may see the finding, and keeps the hash when it is removed', async () => {
    const { id } = await transferred();
    const added = ok(
      await town.upload(
        `/api/findings/${id}/evidence`,
        { phase: 'before' },
        { name: '现场.jpg', type: 'image/jpeg', content: await photo() },
      ),
    );
    const other = {
      name: 'x.jpg',
      type: 'image/jpeg',
      content: await sharp(await photo())
        .negate()
        .jpeg()
        .toBuffer(),
    };
    const sameKey = { key: 'evidence-key-1' };
    ok(await town.upload(`/api/findings/${id}/evidence`, { phase: 'before' }, { ...other, content: await photo() }, sameKey));
    expect(codeOf(await town.upload(`/api/findings/${id}/evidence`, { phase: 'before' }, other, sameKey))).toStrictEqual([
      422,
      'idempotency-key-reused',
    ]);
    const url = `/api/findings/${id}/evidence/${String(added.body['evidenceId'])}`;
    expect((await dept.get(url)).headers['content-type']).toBe('image/jpeg');
    expect((await (await product.as('jiudian-clerk')).get(url)).status).toBe(404);
    ok(await town.delete(url, { reason: '传错了' }));
    expect((await dept.get(url)).status).toBe(404);
    const pdf = await town.upload(
      `/api/findings/${id}/evidence`,
      { phase: 'after' },
      { name: 'x.pdf', type: 'application/pdf', content: await photo() },
    );
    expect(codeOf(pdf)).toStrictEqual([422, 'evidence-type-unsupported']);
  });

  it('gives an upper level’s number to one finding for ever, and explains the gap that a refusal leaves in ours', async () => {
    const upper = { authority: '省扶贫办', batch: '2020年中督查', number: '3-(2)①', due: '2020-09-30' };
    const first = await office.post('/api/findings', { ...house, upper });
    expect(first.status).toBe(201);
    expect(codeOf(await office.post('/api/findings', { ...house, upper }))).toStrictEqual([409, 'upper-reference-taken']);
    await product.settle();
    const { gaps } = (
      await office.get<{ gaps: { n: number; outcome: string; because: string }[] }>('/api/lists/numbers/findings/2020/gaps')
    ).body;
    const [gap] = gaps.filter(({ because }) => because === 'upper-reference-taken');
    expect([gaps.length, gap?.outcome, gap?.n]).toStrictEqual([1, 'void', Number(String(first.body['number']).slice(-6)) + 1]);
  });

  it('links a finding to another one that is known, never to itself', async () => {
    const [one, other] = [await file(), await file()];
    const link = (to: string) => office.put(`/api/findings/${one}/link`, { to, reason: '同一户' });
    expect(codeOf(await link(one))).toStrictEqual([422, 'link-to-itself']);
    expect(codeOf(await link('7b1c9f0e-1111-4222-8333-444455556666'))).toStrictEqual([422, 'link-target-unknown']);
    expect((await link(other)).body['changed']).toBe(true);
  });

  it('splits a finding over towns: the department’s leg stays with the parent, each town gets a child', async () => {
    const id = await file();
    ok(await office.put(`/api/findings/${id}/acceptance`, { rectification: 'time-limited', seriousness: 'ordinary' }));
    ok(await office.put(`/api/findings/${id}/split`, { towns: ['dazeshan', 'jiudian'] }));
    ok(await office.put(`/api/findings/${id}/transfer`, {}));
    await product.settle();
    const parent = ok(await office.get(`/api/findings/${id}`));
    expect((parent.body['legs'] as { line: string; leads: boolean }[]).map((leg) => [leg.line, leg.leads])).toStrictEqual([
      ['sectoral', true],
    ]);
    const mine = await (await product.as('jiudian-clerk')).get<{ findings: { parentId: string | null }[] }>('/api/findings');
    expect(mine.body.findings.map((f) => f.parentId)).toStrictEqual([id]);
  });

  it('answers bad input with what was expected and never with 500', async () => {
    const answers = await Promise.all([
      inspector.post('/api/findings', { ...house, colour: 'red' }),
      inspector.post('/api/findings', { ...house, place: null }),
      inspector.post('/api/findings', '{', { headers: { 'content-type': 'application/json' } }),
      inspector.put('/api/findings/not-a-uuid/withdrawal', { reason: 'x' }),
      inspector.send('PUT', '/api/nowhere', {}),
      office.put('/api/findings/7b1c9f0e-1111-4222-8333-444455556666/clearance', { text: 'x' }, { seen: 'W/"weak"' }),
    ]);
    expect(answers.map((a) => a.status)).toStrictEqual([400, 400, 400, 400, 404, 404]);
    for (const answer of answers) expect(answer.headers['content-type']).toContain('application/problem+json');
  });

  it('describes every route: who may, what it takes, how it refuses, and the words of status and stage', async () => {
    type Operation = { summary?: string; requestBody?: unknown; parameters?: { name: string }[]; responses: Record<string, unknown> };
    type Document = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, { enum?: string[] }> } };
    const { paths, components } = (await product.anonymous.get<Document>('/api/openapi.json')).body;
    const routes = product.app.get(Routes).all();
    const lacking = routes.filter(({ method, path: at, access }) => {
      const operation = paths[`/api${at.replace(/:(\w+)/g, '{$1}')}`]?.[method.toLowerCase()];
      const named = (operation?.parameters ?? []).map(({ name }) => name);
      const asks = method === 'GET' || access === 'public' || (named.includes('Idempotency-Key') && named.includes('If-Match'));
      return operation?.responses['default'] === undefined || !asks || (access !== 'public' && operation.summary === undefined);
    });
    expect(lacking).toStrictEqual([]);
    const bodies = routes.filter(({ method }) => method === 'POST' || method === 'PUT' || method === 'PATCH');
    const empty = bodies.filter(
      ({ method, path: at }) => paths[`/api${at.replace(/:(\w+)/g, '{$1}')}`]?.[method.toLowerCase()]?.requestBody === undefined,
    );
    // These say all by their address.
    expect(empty.map(({ method, path: at }) => `${method} ${at}`)).toStrictEqual([
      'POST /admin/accounts/:accountId/password-resets',
      'PUT /admin/accounts/:accountId/unlocking',
      'PUT /admin/accounts/:accountId/withdrawal',
      'POST /admin/backups',
      'PUT /admin/backups/:name/cancellation',
      'PUT /admin/backups/:name/verification',
      'PUT /admin/calendar/:year/confirmation',
      'PUT /admin/dead-letters/:id/resending',
      'PUT /admin/devices/:deviceId/withdrawal',
      'PUT /admin/tokens/:tokenId/revocation',
      'POST /admin/webhooks/:id/secrets',
      'POST /admin/webhooks/:id/trials',
      'PUT /notices/:id/signature',
      'POST /notifications/mailbox/codes',
    ]);
    expect(components.schemas['FindingStatus']?.enum?.slice(0, 4)).toStrictEqual(['found', 'assigned', 'rectified', 'verified']);
    expect(components.schemas['FindingStage']?.enum).toContain('to-verify');
  });

  it('keeps its events in the store that this run is about', () => {
    expect(product.app.get(EventStore).constructor.name).toBe(ON_EVENTSTOREDB ? 'EventStoreDbEventStore' : 'PostgresEventStore');
  });

  it('describes itself and tells how it is', async () => {
    const document = await product.anonymous.get<{ paths: Record<string, unknown> }>('/api/openapi.json');
    expect(Object.keys(document.body.paths)).toContain('/api/findings/{id}/legs/{legId}/review');
    expect((await product.anonymous.get('/api/health/ready')).body).toStrictEqual({
      eventStore: { status: 'up' },
      readStore: { status: 'up' },
      worker: { status: 'down', secondsSinceBeat: null, queue: null },
    });
    expect((await product.anonymous.get('/api/metrics')).text).toContain('qingling_event_store_position');
  });
});
