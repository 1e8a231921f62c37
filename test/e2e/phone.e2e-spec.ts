import { Accounts, SecurityLog } from '@app/identity';
import { Client, type Answer } from '../support/client';
import { PASSWORD, type Login } from '../support/county';
import { filesWith, tablesWith } from '../support/plaintext';
import { startProduct, type Product } from '../support/product';

const VILLAGE = 'dazeshan-beishuyuan';
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkqGeoBwAChAGA/0MEhgAAAABJRU5ErkJggg==', 'base64');
const PERSONAL = { name: '周样一', phone: '13900001234', idNumber: '370283195001011237' } as const;

const filing = (over: Readonly<Record<string, unknown>> = {}) => ({
  place: { townId: 'dazeshan', villageId: VILLAGE },
  subject: { kind: 'household', ...PERSONAL },
  category: 'housing',
  text: '房屋鉴定为 C 级，尚未改造。',
  manner: 'household',
  ...over,
});

const ok = <T>(answer: Answer<T>): Answer<T> => {
  if (answer.status >= 300) throw new Error(`${String(answer.status)} ${answer.text}`);
  return answer;
};

let product: Product;
let inspector: Client, head: Client, office: Client;
const file = async (who: Client, over: Readonly<Record<string, unknown>> = {}): Promise<string> =>
  String(ok(await who.post('/api/findings', filing(over))).body['findingId']);
const signedIn = async (login: Login): Promise<Client> => {
  const client = new Client(product.app);
  await client.signIn(login, PASSWORD);
  return client;
};

beforeAll(async () => {
  product = await startProduct();
  [inspector, head, office] = await Promise.all([product.as('inspector'), product.as('team-head'), product.as('office')]);
});
afterAll(() => product?.close());

type Package = {
  takenAt: string;
  expiresAt: string;
  task: { inspectionId: string } | null;
  teamMembers: { id: string }[];
  openCount: number;
  findings: {
    findingId: string;
    subject: { label: string; subjectKey: string; code: string };
    evidenceCount: number;
    mayVerify: boolean;
  }[];
  roster: { subjectKey: string; label: string; code: string }[];
  categories: { code: string; initials: string; evidenceKinds: string[] }[];
  recentCategories: string[];
};

describe('The package for a village', () => {
  let taken: Answer<Package>;
  beforeAll(async () => {
    const id = await file(inspector);
    await file(inspector, { category: 'water' });
    await file(await product.as('inspector-2'));
    ok(
      await inspector.upload(`/api/findings/${id}/evidence`, { phase: 'before' }, { name: '现场.png', type: 'image/png', content: PIXEL }),
    );
    await product.settle();
    taken = ok(await inspector.get<Package>(`/api/villages/${VILLAGE}/package`));
  });

  it('holds the open findings that the reader may see, categories by pinyin initials, and what was filed last', () => {
    const { findings, openCount, categories, recentCategories, teamMembers, task } = taken.body;
    expect([findings.length, openCount, task]).toStrictEqual([2, 2, null]);
    expect(findings.map(({ evidenceCount }) => evidenceCount).sort()).toStrictEqual([0, 1]);
    expect(categories.map(({ code, initials }) => [code, initials])).toStrictEqual(
      expect.arrayContaining([
        ['housing', 'zfaq'],
        ['water', 'ysaq'],
      ]),
    );
    expect(recentCategories).toStrictEqual(['water', 'housing']);
    expect(teamMembers.map(({ id }) => id)).toStrictEqual(expect.arrayContaining(['p-inspector', 'p-inspector-b', 'p-team-head']));
  });

  it('is good for 24 hours', () => {
    expect(Date.parse(taken.body.expiresAt) - Date.parse(taken.body.takenAt)).toBe(24 * 3_600_000);
  });

  it('names households by masked label and a short code, and holds nothing personal in clear', () => {
    expect(taken.body.roster.map(({ label }) => label)).toStrictEqual(['周**', '周**']);
    expect(new Set(taken.body.roster.map(({ code }) => code)).size).toBe(2);
    expect(Object.values(PERSONAL).filter((secret) => taken.text.includes(secret))).toStrictEqual([]);
  });

  it('lets a household be named again by its key, and nothing that is not of the village', async () => {
    const { subject: _, ...rest } = filing({ category: 'archives' });
    const subjectKey = taken.body.roster[0]?.subjectKey;
    const again = await inspector.post('/api/findings', { ...rest, subjectKey });
    expect(again.status).toBe(201);
    await product.settle();
    const filed = await inspector.get<{ subject: { label: string; subjectId: string } }>(
      `/api/findings/${String(again.body['findingId'])}`,
    );
    expect([filed.body.subject.label, filed.body.subject.subjectId]).toStrictEqual(['周**', subjectKey]);
    ok(await inspector.put(`/api/findings/${String(again.body['findingId'])}/withdrawal`, { reason: '重复' }));
    const place = { townId: 'jiudian', villageId: 'jiudian-dongtaiping' };
    expect((await inspector.post('/api/findings', { ...rest, subjectKey, place })).body['code']).toBe('subject-unknown');
    const both = await inspector.post('/api/findings', { ...filing(), subjectKey });
    expect([both.status, both.body['code']]).toStrictEqual([400, 'invalid']);
  });

  it('stands in the security log each time it is taken', async () => {
    const entries = await product.app.get(SecurityLog).read({ limit: 50 });
    const noted = entries.filter(({ kind }) => kind === 'package-taken');
    expect(noted.map(({ personId, detail }) => [personId, detail['village']])).toStrictEqual([['p-inspector', VILLAGE]]);
  });

  it('leaves out what another team found, and is for inspectors alone', async () => {
    const theirs = ok(await (await product.as('inspector-2')).get<Package>(`/api/villages/${VILLAGE}/package`));
    expect(theirs.body.findings.length).toBe(1);
    expect((await (await product.as('dazeshan-clerk')).get(`/api/villages/${VILLAGE}/package`)).status).toBe(403);
    expect((await inspector.get('/api/villages/dazeshan/package')).status).toBe(404);
  });

  it('says which findings its reader may verify, and lets them', async () => {
    const id = taken.body.findings[0]?.findingId ?? '';
    ok(await office.put(`/api/findings/${id}/acceptance`, { rectification: 'time-limited', seriousness: 'ordinary' }));
    const legs = [{ legId: 'T', unitId: 'dazeshan', line: 'territorial', duty: 'acts', leads: true }];
    ok(await office.put(`/api/findings/${id}/transfer`, { legs, singleLegBecause: '镇里的事', overruledBecause: '镇里的事' }));
    const [clerk, deputy, mayor] = await Promise.all([
      product.as('dazeshan-clerk'),
      product.as('dazeshan-deputy'),
      product.as('dazeshan-head'),
    ]);
    const said = { text: '已修', measures: '修缮', effect: '好', completedOn: '2020-07-06' };
    const proof = ok(
      await clerk.upload(
        `/api/findings/${id}/evidence`,
        { phase: 'after', legId: 'T' },
        { name: '后.png', type: 'image/png', content: PIXEL },
      ),
    );
    ok(await clerk.put(`/api/findings/${id}/legs/T/receipt`));
    ok(await clerk.put(`/api/findings/${id}/legs/T/report`, { ...said, evidence: [proof.body['evidenceId']] }));
    ok(await deputy.put(`/api/findings/${id}/legs/T/first-review`, { passed: true }));
    ok(await mayor.put(`/api/findings/${id}/legs/T/signature`));
    await product.settle();
    const seen = String(ok(await office.get(`/api/findings/${id}`)).headers['etag']);
    ok(await office.put(`/api/findings/${id}/legs/T/review`, { result: 'passed', text: '材料齐全' }, { seen }));
    await product.settle();
    const again = ok(await inspector.get<Package & { toVerifyToday: number }>(`/api/villages/${VILLAGE}/package`)).body;
    expect([again.toVerifyToday, again.findings.find((one) => one.findingId === id)?.mayVerify]).toStrictEqual([1, true]);
    const now = String(ok(await inspector.get(`/api/findings/${id}`)).headers['etag']);
    const verified = await inspector.put(`/api/findings/${id}/verification`, { method: 'on-site', text: '现场看过' }, { seen: now });
    expect(verified.status).toBe(200);
  });
});

describe('A phone’s key', () => {
  it('is given to who registers the phone, and again only right after signing in', async () => {
    const issued = ok(await inspector.post<{ deviceId: string; secret: string }>('/api/devices', { label: '我的手机' })).body;
    expect(Buffer.from(issued.secret, 'base64').length).toBe(32);
    const again = ok(await inspector.get<{ secret: string }>(`/api/devices/${issued.deviceId}/secret`)).body;
    expect(again.secret).toBe(issued.secret);
    product.clock.advance({ minutes: 16 });
    const late = await inspector.get(`/api/devices/${issued.deviceId}/secret`);
    expect([late.status, late.body['code']]).toStrictEqual([403, 'fresh-sign-in-required']);
    const fresh = await signedIn('inspector');
    expect((await fresh.get<{ secret: string }>(`/api/devices/${issued.deviceId}/secret`)).body.secret).toBe(issued.secret);
    const stranger = await (await signedIn('inspector-b')).get(`/api/devices/${issued.deviceId}/secret`);
    expect([stranger.status, stranger.body['code']]).toStrictEqual([404, 'device-absent']);
  });

  it('stands sealed in the database, and in no file', async () => {
    const { secret } = ok(await inspector.post<{ secret: string }>('/api/devices', {})).body;
    const hex = Buffer.from(secret, 'base64').toString('hex');
    expect(await tablesWith(product, [secret, hex])).toStrictEqual([]);
    expect(await filesWith(product, [secret, hex])).toStrictEqual([]);
  });

  it('is for at most five phones of an account', async () => {
    const who = await product.as('inspector-b');
    for (let n = 0; n < 5; n += 1) ok(await who.post('/api/devices', { label: String(n) }));
    const sixth = await who.post('/api/devices', { label: '6' });
    expect([sixth.status, sixth.body['code']]).toStrictEqual([409, 'device-limit']);
    const { devices } = (await who.get<{ devices: { deviceId: string; state: string }[] }>('/api/devices')).body;
    expect((await who.delete(`/api/devices/${devices[0]?.deviceId ?? ''}`)).status).toBe(204);
    expect((await who.post('/api/devices', { label: '6' })).status).toBe(201);
  });

  it('is destroyed when an administrator withdraws the phone, which is told so with or without a session', async () => {
    const { deviceId } = ok(await head.post<{ deviceId: string }>('/api/devices', {})).body;
    expect((await product.anonymous.get(`/api/devices/${deviceId}`)).body).toStrictEqual({ deviceId, state: 'active' });
    const admin = await product.as('admin');
    expect((await admin.put(`/api/admin/devices/${deviceId}/withdrawal`)).status).toBe(204);
    for (const answer of [await product.anonymous.get(`/api/devices/${deviceId}`), await head.get(`/api/devices/${deviceId}/secret`)]) {
      expect([answer.status, answer.body['code']]).toStrictEqual([410, 'device-withdrawn']);
    }
  });

  it('goes with the account: the phone learns it at its next contact, though it can no longer sign in', async () => {
    const who = await product.as('inspector-2');
    const { deviceId } = ok(await who.post<{ deviceId: string }>('/api/devices', {})).body;
    const accounts = product.app.get(Accounts);
    const account = (await accounts.list()).find(({ login }) => login === 'inspector-2');
    if (account === undefined) throw new Error('no account');
    await accounts.withdraw(account.id);
    expect((await who.get('/api/session')).status).toBe(401);
    const told = await who.get(`/api/devices/${deviceId}`);
    expect([told.status, told.body['code']]).toStrictEqual([410, 'device-withdrawn']);
    const listed = await (await product.as('admin')).get<{ devices: { state: string }[] }>(`/api/admin/accounts/${account.id}/devices`);
    expect(listed.body.devices.map(({ state }) => state)).toStrictEqual(['withdrawn']);
  });
});

describe('立行立改 in a village', () => {
  const onTheSpot = { personPresent: '村委会值班人员', secondInspector: 'p-inspector-b', text: '当场清理完毕' };
  const photographed = async (id: string, phase: string): Promise<void> => {
    const picture = { name: `${phase}.png`, type: 'image/png', content: PIXEL };
    ok(await (await signedIn('inspector')).upload(`/api/findings/${id}/evidence`, { phase }, picture));
  };
  type Detail = {
    stage: string;
    rectification: string | null;
    onTheSpot: { personPresent: string } | null;
    copies: { id: string }[];
    legs: { legId: string; stage: string; report: { text: string } | null }[];
  };
  const look = async (who: Client, id: string): Promise<Detail> => {
    await product.settle();
    return ok(await who.get<Detail>(`/api/findings/${id}`)).body;
  };

  it('is filed in one go by an inspector, accepted in one go by the head, and then waits for the county’s review', async () => {
    const [who, chief] = [await signedIn('inspector'), await signedIn('team-head')];
    const id = await file(who, { onTheSpot });
    await photographed(id, 'before');
    await photographed(id, 'after');
    const filed = await look(chief, id);
    expect([filed.stage, filed.onTheSpot?.personPresent]).toStrictEqual(['untriaged', '村委会值班人员']);
    const key = 'accepted-on-the-spot';
    const accepted = ok(await chief.put(`/api/findings/${id}/on-the-spot/acceptance`, {}, { key }));
    expect(ok(await chief.put(`/api/findings/${id}/on-the-spot/acceptance`, {}, { key })).body).toStrictEqual(accepted.body);
    const { stage, rectification, copies, legs } = await look(chief, id);
    expect([stage, rectification, copies.map((unit) => unit.id)]).toStrictEqual(['in-review', 'immediate', ['housing']]);
    expect(legs.map((leg) => [leg.legId, leg.stage, leg.report?.text])).toStrictEqual([['T', 'submitted', '当场清理完毕']]);
  });

  it('waits for a photograph that comes after the head’s acceptance', async () => {
    const [who, chief] = [await signedIn('inspector'), await signedIn('team-head')];
    const id = await file(who, { onTheSpot });
    await photographed(id, 'before');
    ok(await chief.put(`/api/findings/${id}/on-the-spot/acceptance`));
    expect((await look(chief, id)).stage).toBe('unsigned');
    await photographed(id, 'after');
    expect((await look(chief, id)).stage).toBe('in-review');
  });

  it('is done by a head alone on their own phone, with another inspector beside', async () => {
    const chief = await signedIn('team-head');
    const id = await file(chief, { onTheSpot });
    await photographed(id, 'before');
    await photographed(id, 'after');
    ok(await chief.put(`/api/findings/${id}/on-the-spot/acceptance`));
    expect((await look(chief, id)).stage).toBe('in-review');
  });

  it('is refused of one inspector, of what is not ordinary, and of an acceptance without it; nothing is filed then', async () => {
    const [who, chief] = [await signedIn('inspector'), await signedIn('team-head')];
    const code = async (over: Readonly<Record<string, unknown>>) => (await who.post('/api/findings', filing(over))).body['code'];
    expect(await code({ onTheSpot: { ...onTheSpot, secondInspector: 'p-inspector' } })).toBe('two-inspectors-required');
    expect(await code({ onTheSpot, seriousness: 'serious' })).toBe('not-on-the-spot');
    const id = await file(who);
    const refused = await chief.put(`/api/findings/${id}/on-the-spot/acceptance`);
    expect([refused.status, refused.body['code']]).toStrictEqual([409, 'nothing-on-the-spot']);
    expect((await who.put(`/api/findings/${id}/on-the-spot/acceptance`)).status).toBe(403);
  });
});

describe('What was captured without a network', () => {
  it('is filed once, though it is sent twice hours apart and from another session (R16)', async () => {
    const capturedAt = product.clock.now();
    const draft = filing({ text: '水窖裂缝渗漏。', capturedAt, foundOn: capturedAt.slice(0, 10) });
    const key = 'a-draft-on-the-phone';
    product.clock.advance({ hours: 5 });
    const first = ok(await (await signedIn('inspector')).post('/api/findings', draft, { key })).body;
    product.clock.advance({ hours: 7 });
    const again = ok(await (await signedIn('inspector')).post('/api/findings', draft, { key }));
    expect([again.body, again.headers['idempotent-replayed']]).toStrictEqual([first, 'true']);
    await product.settle();
    const detail = await (
      await signedIn('inspector')
    ).get<{ lateEntry: unknown; capturedAt: string }>(`/api/findings/${String(first['findingId'])}`);
    expect(detail.body.lateEntry).toStrictEqual({ kind: 'offline', documentNumber: null, reason: '离线采集' });
  });

  it('is refused after 72 hours, and said so', async () => {
    const capturedAt = product.clock.now();
    product.clock.advance({ hours: 72, minutes: 1 });
    const late = await (await signedIn('inspector')).post('/api/findings', filing({ capturedAt }));
    expect([late.status, late.body['code']]).toStrictEqual([422, 'capture-too-late']);
  });
});
