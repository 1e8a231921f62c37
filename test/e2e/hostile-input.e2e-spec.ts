import { get } from 'node:http';
import { waitUntil } from '@app/testing';
import { Logger } from '@nestjs/common';
import type { Answer, Client } from '../support/client';
import type { Login } from '../support/county';
import { hostileRequests, SECRETS, UNKNOWN, type Operation } from '../support/hostile-requests';
import { LOGIN_OF, machinesFor } from '../support/machines';
import { captureOutput, filesWith, sheetText, tablesWith } from '../support/plaintext';
import { startProduct, type Product } from '../support/product';
import { TABLE } from './authorisation-matrix.table';

const SEED = 20_200_706;
const PER_ROUTE = 24;
const AT_ONCE = 6;
const LOGINS = [...Object.values(LOGIN_OF), 'jiudian-clerk', 'jiudian-deputy', 'housing-clerk'] as const satisfies readonly Login[];
const HIDDEN = Object.values(SECRETS);
/** Routes that give a personal value, to be recorded, to whoever may have it. */
const REVEALS = /\/(reveal|phone-readings)$/;

const ok = <T>(answer: Answer<T>): Answer<T> => {
  if (answer.status >= 300) throw new Error(`${String(answer.status)} ${answer.text}`);
  return answer;
};
const shows = ({ headers, text }: Pick<Answer, 'headers' | 'text'>): string | undefined =>
  HIDDEN.find((secret) => text.includes(secret) || JSON.stringify(headers).includes(encodeURIComponent(secret)));

/** What is wrong with an answer to somebody who means ill; null when nothing is. */
const faultOf = (key: string, answer: Answer): string | null => {
  const { status, headers, body } = answer;
  if (status >= 500 && status !== 503) return 'failed';
  if (shows(answer) !== undefined && !(status < 300 && REVEALS.test(key))) return 'repeats what is personal';
  if (status < 400) return null;
  if (!String(headers['content-type']).startsWith('application/problem+json')) return 'is not problem+json';
  const told = [body?.['code'], body?.['zh'], body?.['en']].every((part) => typeof part === 'string' && part !== '');
  return told ? null : 'lacks code or sentences';
};

describe('Input of somebody who means ill', () => {
  let product: Product;
  let by: (login: (typeof LOGINS)[number]) => Client;
  let output: ReturnType<typeof captureOutput>;
  let north: string, south: string, northLater: string;

  const finding = (town: string, marker: string) => ({
    place: { townId: town, text: `${marker} 村东头` },
    subject: { kind: 'household', ...SECRETS },
    category: 'housing',
    text: `${marker} 房屋鉴定为 C 级，尚未改造。`,
    suggestedMeasure: `${marker} 拆除`,
    items: [{ subject: { kind: 'person', ...SECRETS }, text: `${marker} 未搬离` }],
  });
  const file = async (town: string, marker: string, { beyondFiling }: Readonly<{ beyondFiling: boolean }>): Promise<string> => {
    const [inspector, office, clerk] = [by('inspector'), by('office'), by(town === 'dazeshan' ? 'dazeshan-clerk' : 'jiudian-clerk')];
    const id = String(ok(await inspector.post('/api/findings', finding(town, marker))).body['findingId']);
    const at = `/api/findings/${id}`;
    ok(await office.put(`${at}/acceptance`, { rectification: 'time-limited', seriousness: 'ordinary', reason: marker }));
    ok(await office.put(`${at}/transfer`, {}));
    if (!beyondFiling) return id;
    const typed = { text: `${marker} 户主电话 ${SECRETS.phone}，证号 ${SECRETS.idNumber}，卡号 ${SECRETS.bankCard}` };
    ok(await clerk.post(`${at}/comments`, typed, { headers: { 'x-redact-personal-data': 'confirmed' } }));
    const photo = { name: `${marker}${SECRETS.idNumber}.png`, type: 'image/png', content: PIXEL };
    ok(await clerk.upload(`${at}/evidence`, { phase: 'before' }, photo));
    ok(await clerk.put(`${at}/legs/T/receipt`));
    ok(await clerk.put(`${at}/legs/T/assignment`, { assignee: `${marker} 网格员` }));
    ok(await clerk.put(`${at}/legs/T/plan`, { measures: `${marker} 重建`, responsible: '包村干部', targetOn: '2020-07-20' }));
    return id;
  };
  const list = async (town: string, marker: string): Promise<string> => {
    const office = by('office');
    const draft = { title: `${marker} 清单`, source: { kind: 'inspection', name: `${marker} 督查`, documentNumber: marker } };
    const id = String(ok(await office.post('/api/lists', draft)).body['listId']);
    const { items: _, suggestedMeasure: measure, ...row } = finding(town, marker);
    const legs = [{ unitId: town, line: 'territorial', leads: true }];
    ok(await office.post(`/api/lists/${id}/rows`, { rows: [{ ...row, measure, rectification: 'time-limited', legs }] }));
    ok(await office.put(`/api/lists/${id}/issue`, {}));
    return id;
  };

  beforeAll(async () => {
    output = captureOutput();
    product = await startProduct();
    by = await machinesFor(product, LOGINS);
    south = await file('jiudian', 'MARKERSOUTH', { beyondFiling: true });
    north = await file('dazeshan', 'MARKERNORTH', { beyondFiling: true });
    northLater = await file('dazeshan', 'MARKERNORTH', { beyondFiling: false });
    await product.settle();
  }, 120_000);
  afterAll(async () => {
    output.end();
    await product?.close();
  });

  it('finds no word of another town by any way of reading', async () => {
    const lists = [await list('dazeshan', 'MARKERNORTH'), await list('jiudian', 'MARKERSOUTH')];
    await product.settle();
    const board = ok(await by('office').get<{ rows: { figures: object }[] }>('/api/clearance/board?scope=town')).body.rows;
    const figures = [...new Set(board.flatMap((row) => Object.keys(row.figures)))];
    const boards = ['scope=county', 'scope=town', 'scope=town&under=jiudian', 'scope=department', 'scope=category', 'scope=source'];
    const urls = [
      ...['', '?text=MARKERSOUTH', '?text=MARKER', '?unit=jiudian', '?town=jiudian', '?sort=number'].map(
        (query) => `/api/findings${query}`,
      ),
      ...[south, north].flatMap((id) => [`/api/findings/${id}`, `/api/findings/${id}/timeline`, `/api/findings/${id}/proposal`]),
      ...['', '?unit=jiudian', '?overdue=false'].map((query) => `/api/legs${query}`),
      ...['', '?of=unit'].map((query) => `/api/inbox${query}`),
      ...['', '?of=unit'].map((query) => `/api/acts/mine${query}`),
      ...['/api/units', '/api/categories', '/api/calendar', '/api/rules', '/api/session', '/api/lists', '/api/imports'],
      ...lists.flatMap((id) => [`/api/lists/${id}`, `/api/lists/${id}/rows`]),
      ...boards.map((query) => `/api/clearance/board?${query}`),
      ...['town&id=jiudian', 'town&id=dazeshan', 'county&id=all'].flatMap((of) =>
        figures.map((figure) => `/api/clearance/list?scope=${of}&figure=${figure}`),
      ),
    ];
    const read = async (who: Client): Promise<string> =>
      (await Promise.all(urls.map((url) => who.get(url)))).map(({ text }) => text).join('\n');
    const sheet = (who: Client): Promise<string> => sheetText(product, who, '/api/findings/export.xlsx?purpose=调度');
    for (const login of ['dazeshan-clerk', 'dazeshan-head', 'leader-dazeshan'] as const) {
      const seen = (await read(by(login))) + (await sheet(by(login)));
      expect([login, seen.includes('MARKERNORTH'), seen.includes('MARKERSOUTH')]).toStrictEqual([login, true, false]);
    }
    const theirs = (await read(by('jiudian-clerk'))) + (await sheet(by('jiudian-clerk')));
    expect([theirs.includes('MARKERNORTH'), theirs.includes('MARKERSOUTH')]).toStrictEqual([false, true]);
    expect(HIDDEN.filter((secret) => theirs.includes(secret))).toStrictEqual([]);
  });

  it('hears nothing of another town in the stream of changes', async () => {
    await product.app.listen(0, '127.0.0.1');
    const headers = { authorization: `Bearer ${by('dazeshan-clerk').bearer ?? ''}`, 'last-event-id': '0' };
    let text = '';
    const asked = get(`${await product.app.getUrl()}/api/events/stream`, { headers, agent: false }, (response) => {
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('error', () => undefined);
    });
    asked.on('error', () => undefined);
    await waitUntil(() => text.includes(northLater), { what: 'the last change of the own town' });
    asked.destroy();
    expect([text.includes(north), text.includes(south), shows({ headers: {}, text })]).toStrictEqual([true, false, undefined]);
  });

  it('uploads no file that is not what it says, and none under a name that does harm', async () => {
    const at = `/api/findings/${north}/evidence`;
    const upload = (name: string, content: Buffer | string, fields: Readonly<Record<string, string>> = { phase: 'after' }) =>
      by('dazeshan-clerk').upload<Record<string, string>>(at, fields, { name, type: 'image/png', content: Buffer.from(content) });
    const refused = await Promise.all([
      upload('照片.jpg', 'MZ\u0090\u0000\u0003'),
      upload('照片.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      upload('照片.png', '<!doctype html><script>alert(1)</script>'),
      upload('照片.png', ''),
      upload('照片.png.exe', PIXEL),
      upload('照片\u202Egnp.exe', PIXEL),
      upload('照片.pdf', PIXEL),
      upload('绝密★照片.png', PIXEL),
    ]);
    const unsupported = [422, 'evidence-type-unsupported'];
    expect(refused.map(({ status, body }) => [status, body['code']])).toStrictEqual([
      ...[unsupported, unsupported, unsupported],
      [422, 'evidence-empty-invalid'],
      ...[unsupported, unsupported, unsupported],
      [422, 'secrecy-mark'],
    ]);
    for (const fields of [{ phase: 'after', legId: '\u0000' }, { phase: "'; --" }, { phase: 'after', nobody: 'x' }] as const)
      expect((await upload('照片.png', PIXEL, fields)).status).toBe(400);
    const type = { 'content-type': 'multipart/form-data; boundary=x' };
    const cut = Buffer.from('--x\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n\r\nabc');
    for (const headers of [type, { 'content-type': 'multipart/form-data' }])
      for (const url of [at, '/api/imports'])
        expect([url, (await by('office').post(url, cut, { headers })).status]).toStrictEqual([url, 400]);

    const named = async (name: string, content: Buffer = PIXEL): Promise<string> => {
      const { evidenceId } = ok(await upload(name, content)).body;
      const answer = await by('dazeshan-clerk').get(`${at}/${String(evidenceId)}`);
      if (answer.status !== 200) return String(answer.body['code']);
      expect([answer.headers['content-type'], answer.headers['x-content-type-options']]).toStrictEqual(['image/png', 'nosniff']);
      return decodeURIComponent(/^attachment; filename\*=UTF-8''(\S+)$/.exec(String(answer.headers['content-disposition']))?.[1] ?? '');
    };
    expect(await named(`${'长'.repeat(100)}.png`)).toBe(`${'长'.repeat(100)}.png`);
    expect(await named(`${'𠮷'.repeat(200)}.png`)).toBe(`${'𠮷'.repeat(116)}.png`);
    expect(await named('../../../../etc/照片.png')).not.toContain('/');
    expect(await named('..\\..\\照片.png')).not.toContain('\\');
    expect(await named('\u202E照片.png')).toBe('_照片.png');
    expect(await named('巨幅.png', declaring(50_000, 50_000))).toBe('evidence-picture-unreadable');
  });

  it('is refused in both languages at every route, never with a failure, and what is personal never comes back', async () => {
    const office = by('office');
    const draft = { title: '问题清单', source: { kind: 'inspection', name: '市督查' } };
    const listId = String(ok(await office.post('/api/lists', draft)).body['listId']);
    const rows = ['编号,问题类别,所在镇街,户主姓名,联系电话,身份证号,问题表述'];
    const person = `${SECRETS.name},${SECRETS.phone},${SECRETS.idNumber}`;
    rows.push(`1,住房安全,大泽山镇,${person},漏雨 ${SECRETS.bankCard}`, `2,住房安全,不知何镇,${person},漏雨`);
    const csv = { name: `清单${SECRETS.phone}.csv`, type: 'text/csv', content: Buffer.from(rows.join('\n')) };
    const importId = String(ok(await office.upload('/api/imports', {}, csv)).body['importId']);
    const until = (state: string) =>
      waitUntil(async () => ok(await office.get(`/api/imports/${importId}`)).body['state'] === state, {
        what: `an import that is ${state}`,
      });
    await until('ready');
    expect(shows(await office.get(`/api/imports/${importId}/rows`))).toBe(undefined);
    ok(await office.post(`/api/imports/${importId}/commit`, { confirmPersonal: true }));
    await until('committed');
    const { subjectId } = ok(await office.get(`/api/findings/${northLater}`)).body['subject'] as { subjectId: string };

    const known =
      (path: string) =>
      (parameter: string): readonly string[] => {
        const table: Readonly<Record<string, readonly string[]>> = {
          id: [/lists|imports/.exec(path)?.[0] === 'lists' ? listId : path.includes('imports') ? importId : northLater],
          legId: ['T', 'S'],
          subjectId: [subjectId],
          seq: ['1', '0', '-1', '1e9'],
          stage: ['1', '0', '1001'],
          year: ['2020', '2021', '0', '99999'],
          unitId: ['jiudian-dongtaiping', 'nowhere', 'constructor'],
          personId: ['p-water-clerk', '__proto__'],
          postId: ['water-clerk', 'toString'],
          code: ['archives', 'constructor'],
        };
        return table[parameter] ?? [UNKNOWN];
      };
    const document = ok(await product.anonymous.get<{ paths: Record<string, Record<string, Operation>> }>('/api/openapi.json')).body;
    const faults: string[] = [];
    const operations = Object.entries(document.paths).flatMap(([path, verbs]) =>
      Object.entries(verbs).map((entry) => [path, ...entry] as const),
    );
    for (const [path, verb, operation] of operations) {
      const method = verb.toUpperCase();
      const key = `${method} ${path.slice('/api'.length).replace(/\{(\w+)\}/g, ':$1')}`;
      const line = TABLE[key];
      if (line === undefined) throw new Error(`${key} is not in the table`);
      if (line.stream === true) continue;
      const roles = typeof line.roles === 'string' ? (['office', 'admin', 'clerk'] as const) : line.roles;
      const requests = hostileRequests(method, path, operation, known(path), { seed: SEED, count: PER_ROUTE });
      for (let from = 0; from < requests.length; from += AT_ONCE) {
        const asked = requests.slice(from, from + AT_ONCE).map(async ({ as, url, body, headers }) => {
          const role = roles[as % roles.length] as keyof typeof LOGIN_OF;
          const answer = await by(LOGIN_OF[role]).send(method, url, body, { headers: { 'content-type': 'application/json', ...headers } });
          const fault = faultOf(key, answer);
          if (fault === null) return;
          faults.push(`${key} ${fault}: ${answer.text.slice(0, 300)} ← ${JSON.stringify({ url, body, headers }).slice(0, 600)}`);
        });
        await Promise.all(asked);
      }
    }
    expect(faults).toStrictEqual([]);
    // Six thousand requests: seconds on a machine of one's own, minutes on a shared one.
  }, 400_000);

  it('leaves nothing personal outside the seals: no table, no file, no line of output', async () => {
    await product.settle();
    expect(await tablesWith(product, HIDDEN)).toStrictEqual([]);
    expect(await filesWith(product, HIDDEN)).toStrictEqual([]);
    new Logger('control').error('a line of output');
    expect([output.text().includes('a line of output'), shows({ headers: {}, text: output.text() })]).toStrictEqual([true, undefined]);
    const sheet = await sheetText(product, by('office'), '/api/findings/export.xlsx?purpose=调度');
    expect([sheet.includes('MARKERSOUTH'), shows({ headers: {}, text: sheet })]).toStrictEqual([true, undefined]);
    expect(ok(await by('office').get(`/api/findings?text=${SECRETS.phone}`)).body['total']).toBe(0);
    expect((await tablesWith(product, ['MARKERNORTH'])).length).toBeGreaterThan(0);
  });
});

/** A picture of one pixel. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** The same picture, saying that it is larger. */
const declaring = (width: number, height: number): Buffer => {
  const picture = Buffer.from(PIXEL);
  picture.writeUInt32BE(width, 16);
  picture.writeUInt32BE(height, 20);
  return picture;
};
