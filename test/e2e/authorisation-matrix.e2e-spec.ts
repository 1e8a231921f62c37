import { get } from 'node:http';
import { Accounts, Tokens } from '@app/identity';
import {
  idFrom,
  localDateOf,
  stampOf,
  SYSTEM,
  type AccountId,
  type Act,
  type CommandId,
  type PersonId,
  type PostId,
  type UnitId,
} from '@app/kernel';
import { HandlePerson, HandlePost } from '@app/organisation';
import { CommandBus } from '@nestjs/cqrs';
import { Routes } from '../../apps/api/src/security/routes';
import { Client, type Answer } from '../support/client';
import { startProduct, type Product } from '../support/product';
import { PEOPLE, RELATIONS, SEES, UNIT_OF, type Line, type Person, type Relation } from './authorisation-matrix.lines';
import { TABLE } from './authorisation-matrix.table';

type Verdict = 'open' | 'closed' | 'hidden';
const UNKNOWN = '7b1c9f0e-1111-4222-8333-444455556666';
/** A revision that no stream has: what passes the door and is in sight ends there and changes nothing. */
const NEVER_SEEN = '"999999"';
const CLOSED = new Set(['not-signed-in', 'forbidden', 'post-required']);

const expected = ({ roles, object }: Line, role: Person, relation: Relation): Verdict => {
  if (roles !== 'public' && roles !== 'everybody' && !roles.includes(role)) return 'closed';
  return object === null || SEES[role][relation] ? 'open' : 'hidden';
};
const observed = ({ status, body }: Pick<Answer, 'status' | 'body'>, { object }: Line): Verdict | number => {
  if (status >= 500) return status;
  if (CLOSED.has(String(body?.['code']))) return 'closed';
  return object !== null && status === 404 && body?.['code'] === 'not-found' ? 'hidden' : 'open';
};

/** Over a real connection, so that hanging up is noticed: the beginning of an answer that does not end. */
const listen = (url: string, bearer: string | null): Promise<Pick<Answer, 'status' | 'body'>> =>
  new Promise((resolve, reject) => {
    const headers = bearer === null ? {} : { authorization: `Bearer ${bearer}` };
    const asked = get(url, { headers, agent: false }, (response) => {
      const status = response.statusCode ?? 0;
      if (status === 200) {
        response.destroy();
        resolve({ status, body: {} });
        return;
      }
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status, body: JSON.parse(text) as Record<string, unknown> }));
    });
    asked.on('error', reject);
  });

describe('The authorisation matrix', () => {
  let product: Product;
  const clients = new Map<string, Client>();
  const ids: Record<string, string> = {};
  let before: unknown;
  let address = '';
  let revoked: Client;
  let madeUp: Client;

  /** A machine's token for each role in each place: one person, one post, no session that a sign-out could end. */
  const place = async (role: Person, relation: Relation): Promise<void> => {
    const name = `m-${role}-${relation}`;
    const [personId, postId, unitId] = [name as PersonId, name as PostId, UNIT_OF[relation] as UnitId];
    const bus = product.app.get(CommandBus);
    const at = product.clock.now();
    const from = localDateOf(at);
    const act: Act = { at, on: from, by: stampOf(SYSTEM) };
    const id = (what: string): CommandId => idFrom('matrix', name, what) as CommandId;
    await bus.execute(new HandlePerson(personId, { type: 'RegisterPerson', data: { name, phone: null } }, act, id('person')));
    const post = { unitId, title: name, roles: [role], receives: false };
    await bus.execute(new HandlePost(postId, { type: 'CreatePost', data: post }, act, id('post')));
    await bus.execute(new HandlePost(postId, { type: 'HoldPost', data: { personId, from, to: null } }, act, id('holding')));
    const town = relation === 'own' || relation === 'sibling' ? unitId : null;
    if (role === 'leader' && town !== null) {
      const charge = { unitId: town, from, to: null };
      await bus.execute(new HandlePerson(personId, { type: 'PutInChargeOf', data: charge }, act, id('charge')));
    }
    const account = await product.app.get(Accounts).create({ login: name, personId });
    const token = { accountId: account.id, name, scopes: ['read', 'write'] as const, actingPostId: postId, expiresAt: null };
    const client = new Client(product.app);
    client.bearer = (await product.app.get(Tokens).issue(token)).token;
    clients.set(`${role} ${relation}`, client);
  };

  const ok = (answer: Answer): Answer => {
    if (answer.status >= 300) throw new Error(`${String(answer.status)} ${answer.text}`);
    return answer;
  };
  /** One finding on the town and the housing department, and one list with the same. */
  const prepare = async (): Promise<void> => {
    const [inspector, office] = await Promise.all([product.as('inspector'), product.as('office')]);
    const content = {
      place: { townId: 'dazeshan', villageId: 'dazeshan-beishuyuan' },
      subject: { kind: 'household', name: '周样一', phone: '13900001234' },
      category: 'housing',
      text: '房屋鉴定为 C 级，尚未改造。',
    };
    const id = String(ok(await inspector.post('/api/findings', content)).body['findingId']);
    ok(await office.put(`/api/findings/${id}/acceptance`, { rectification: 'time-limited', seriousness: 'ordinary' }));
    ok(await office.put(`/api/findings/${id}/transfer`, {}));
    const photo = { name: '现场.png', type: 'image/png', content: PIXEL };
    const evidence = ok(await inspector.upload(`/api/findings/${id}/evidence`, { phase: 'before' }, photo));
    const source = { kind: 'inspection', name: '市督查' };
    const listId = String(ok(await office.post('/api/lists', { title: '问题清单', source })).body['listId']);
    const legs = [
      { unitId: 'dazeshan', line: 'territorial', leads: true },
      { unitId: 'housing', line: 'sectoral', leads: false },
    ];
    ok(await office.post(`/api/lists/${listId}/rows`, { rows: [{ ...content, rectification: 'time-limited', legs }] }));
    ok(await office.put(`/api/lists/${listId}/issue`, {}));
    await product.settle();
    const detail = ok(await office.get(`/api/findings/${id}`));
    const subject = (detail.body['subject'] as { subjectId: string }).subjectId;
    before = detail.headers['etag'];
    Object.assign(ids, { finding: id, list: listId, evidenceId: String(evidence.body['evidenceId']), subjectId: subject });
  };

  const accountOf = async (login: string): Promise<AccountId> => {
    const found = (await product.app.get(Accounts).list()).find((a) => a.login === login);
    if (found === undefined) throw new Error(`no account ${login}`);
    return found.id;
  };
  const addressOf = (path: string, { object }: Line): string => {
    const value: Readonly<Record<string, string | undefined>> = {
      id: object === null ? UNKNOWN : ids[object],
      legId: 'T',
      rung: 'urging',
      seq: '1',
      stage: '1',
      year: '2019',
      evidenceId: ids['evidenceId'],
      subjectId: ids['subjectId'],
      unitId: 'nowhere',
      personId: 'nobody',
      postId: 'nothing',
      code: 'nothing',
      ruleId: 'nothing',
    };
    return `/api${path.replace(/:(\w+)/g, (_, name: string) => value[name] ?? UNKNOWN)}`;
  };
  const ask = async (client: Client, key: string, line: Line): Promise<Pick<Answer, 'status' | 'body'>> => {
    const [method = '', path = ''] = key.split(' ');
    const url = addressOf(path, line);
    if (line.stream !== true) return client.send(method, url, method === 'GET' ? undefined : (line.body ?? {}), { seen: NEVER_SEEN });
    return listen(`${address}${url}`, client.bearer);
  };

  beforeAll(async () => {
    product = await startProduct();
    for (const role of PEOPLE) for (const relation of RELATIONS) await place(role, relation);
    await product.settle();
    await prepare();
    const issued = await product.app.get(Tokens).issue({
      accountId: await accountOf('m-office-own'),
      name: 'revoked',
      scopes: ['read', 'write'],
      actingPostId: null,
      expiresAt: null,
    });
    await product.app.get(Tokens).revoke(issued.id);
    [revoked, madeUp] = [new Client(product.app), new Client(product.app)];
    [revoked.bearer, madeUp.bearer] = [issued.token, 'ql_made-up-made-up-made-up-made-up'];
    await product.app.listen(0, '127.0.0.1');
    address = await product.app.getUrl();
  }, 120_000);
  afterAll(() => product?.close());

  it('knows every route of the api, and no other, with the roles that the route itself names', () => {
    const sorted = (roles: Line['roles']): Line['roles'] => (typeof roles === 'string' ? roles : [...roles].sort());
    const said = product.app
      .get(Routes)
      .all()
      .map(({ method, path, access }): readonly [string, Line['roles'] | null] => [
        `${method} ${path}`,
        access === null || access === 'public' ? access : sorted(access.roles ?? 'everybody'),
      ]);
    expect(Object.fromEntries(said)).toStrictEqual(
      Object.fromEntries(Object.entries(TABLE).map(([key, { roles }]) => [key, sorted(roles)])),
    );
  });

  it.each(Object.keys(TABLE))('%s', async (key) => {
    const line = TABLE[key];
    if (line === undefined) throw new Error(key);
    const strangers = { nobody: new Client(product.app), 'a revoked token': revoked, 'a made-up token': madeUp };
    for (const [who, client] of Object.entries(strangers)) {
      const verdict = observed(await ask(client, key, line), line);
      expect([who, verdict]).toStrictEqual([who, line.roles === 'public' ? 'open' : 'closed']);
    }
    const cells = [...clients].map(async ([who, client]) => [who, observed(await ask(client, key, line), line)] as const);
    const wanted = [...clients.keys()].map((who) => {
      const [role, relation] = who.split(' ') as [Person, Relation];
      return [who, expected(line, role, relation)] as const;
    });
    expect(Object.fromEntries(await Promise.all(cells))).toStrictEqual(Object.fromEntries(wanted));
  });

  it('left the finding as it was', async () => {
    const office = await product.as('office');
    const detail = await office.get(`/api/findings/${ids['finding'] ?? ''}`);
    expect(detail.headers['etag']).toBe(before);
  });
});

/** A picture of one pixel. */
const PIXEL = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
