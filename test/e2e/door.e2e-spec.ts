import { Accounts, Tokens } from '@app/identity';
import type { AccountId } from '@app/kernel';
import { DataSource } from 'typeorm';
import { Client } from '../support/client';
import { PASSWORD, personOf } from '../support/county';
import { startProduct, type Product } from '../support/product';

type Me = { account: { login: string; mustChangePassword: boolean }; acting: { postId: string; roles: string[] } | null; csrf: string };

describe('The door', () => {
  let product: Product;
  const fresh = async (login: string, password = PASSWORD): Promise<Client> => {
    const client = new Client(product.app);
    await client.signIn(login, password);
    return client;
  };
  const accountOf = async (login: string): Promise<AccountId> => {
    const found = (await product.app.get(Accounts).list()).find((a) => a.login === login);
    if (found === undefined) throw new Error(`no account ${login}`);
    return found.id;
  };

  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.close());

  it('gives a session cookie that scripts cannot read and other sites cannot use', async () => {
    const answer = await product.anonymous.send('POST', '/api/session', { login: 'office', password: PASSWORD });
    const cookies = [answer.headers['set-cookie']].flat().map(String);
    expect(answer.status).toBe(200);
    expect(cookies[0]).toMatch(/^ql_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(cookies[1]).toMatch(/^ql_csrf=[\w-]{43}; Path=\/; SameSite=Strict$/);
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('says who is signed in, from which post, with which others', async () => {
    const office = await fresh('office');
    const me = await office.get<Me>('/api/session');
    expect(me.body).toMatchObject({
      account: { login: 'office', mustChangePassword: false },
      person: { id: 'p-office', name: '督查办科员' },
      acting: { postId: 'office', unit: { id: 'office', name: '市督查办' }, roles: ['office'], inPlaceOf: null },
      posts: [{ id: 'office', substitute: false }],
      today: '2020-07-06',
    });
  });

  it('answers 401 to nobody, to a made-up session and to a made-up token', async () => {
    const answers = await Promise.all([
      new Client(product.app).get('/api/session'),
      new Client(product.app).get('/api/session', { cookie: 'ql_session=made-up' }),
      new Client(product.app).get('/api/session', { authorization: 'Bearer ql_made-up-made-up-made-up' }),
      new Client(product.app).get('/api/session', { authorization: 'Basic b2ZmaWNlOng=' }),
    ]);
    expect(answers.map((a) => [a.status, a.body['code']])).toStrictEqual(answers.map(() => [401, 'not-signed-in']));
  });

  it('refuses a write of a browser without the CSRF header or with that of another session', async () => {
    const office = await fresh('office');
    const other = await fresh('inspector');
    const theirs = (await other.get<Me>('/api/session')).body.csrf;
    for (const token of ['', 'x', theirs]) {
      const answer = await office.put('/api/session/post', { postId: null }, { headers: { 'x-csrf-token': token } });
      expect([answer.status, answer.body['code']]).toStrictEqual([403, 'csrf-token-missing']);
    }
    expect((await office.put('/api/session/post', { postId: null })).status).toBe(200);
  });

  it('refuses fields that it does not know, and bodies that are none, without a 500', async () => {
    for (const body of [{ login: 'office', password: PASSWORD, admin: true }, { login: 1, password: {} }, [], 'x', null]) {
      const answer = await new Client(product.app).send('POST', '/api/session', body);
      expect(answer.status).toBe(400);
    }
  });

  it('says the same for every reason of a refusal', async () => {
    const say = async (login: string, password: string) => {
      const answer = await new Client(product.app).send('POST', '/api/session', { login, password });
      return [answer.status, answer.text];
    };
    expect(await say('office', 'wrong-wrong-wrong')).toStrictEqual(await say('nobody-at-all', 'wrong-wrong-wrong'));
  });

  it('limits attempts from one address, with Retry-After', async () => {
    const knock = () =>
      product.app.inject({ method: 'POST', url: '/api/session', remoteAddress: '10.9.9.9', payload: { login: 'nobody', password: 'x' } });
    const first = await Promise.all(Array.from({ length: 60 }, knock));
    expect(new Set(first.map((a) => a.statusCode))).toStrictEqual(new Set([401]));
    const over = await knock();
    expect([over.statusCode, Number(over.headers['retry-after'])]).toStrictEqual([429, 60]);
  });

  it('ends a session at once: sign-out, withdrawal', async () => {
    const admin = await product.as('admin');
    const leaving = await fresh('water-clerk');
    await leaving.delete('/api/session');
    expect((await leaving.get('/api/session')).status).toBe(401);

    const withdrawn = await fresh('water-deputy');
    expect((await admin.put(`/api/admin/accounts/${await accountOf('water-deputy')}/withdrawal`)).status).toBe(204);
    expect((await withdrawn.get('/api/session')).status).toBe(401);
    await expect(fresh('water-deputy')).rejects.toThrow('401');
  });

  it('gives a one-time password that opens nothing but its own replacement', async () => {
    const admin = await product.as('admin');
    const reset = await admin.post<{ password: string }>(`/api/admin/accounts/${await accountOf('jiudian-clerk')}/password-resets`);
    expect(reset.status).toBe(201);
    const clerk = await fresh('jiudian-clerk', reset.body.password);
    expect((await clerk.get<Me>('/api/session')).body.account.mustChangePassword).toBe(true);
    expect((await clerk.get('/api/units')).body['code']).toBe('password-change-required');
    const weak = await clerk.put('/api/account/password', { present: reset.body.password, wanted: '1234567890' });
    expect([weak.status < 500, weak.body['code']]).toStrictEqual([true, 'password-common']);
    expect((await clerk.put('/api/account/password', { present: reset.body.password, wanted: 'lotus-rain-42-river' })).status).toBe(204);
    expect((await clerk.get('/api/units')).status).toBe(200);
  });

  it('keeps neither passwords nor tokens in the database, idempotency records included', async () => {
    const admin = await product.as('admin');
    const made = await admin.post<{ password: string }>('/api/admin/accounts', { login: 'new-clerk', personId: 'p-inspector' });
    expect(made.status).toBe(201);
    const token = await admin.post<{ token: string }>('/api/admin/tokens', {
      accountId: await accountOf('new-clerk'),
      name: '数据交换',
      scopes: ['read'],
    });
    const database = product.app.get(DataSource);
    const tables = await database.query<{ name: string }[]>(`select tablename as name from pg_tables where schemaname = 'public'`);
    for (const { name } of tables) {
      const [hit] = await database.query<unknown[]>(
        `select 1 from "${name}" t where strpos(t::text, $1) > 0 or strpos(t::text, $2) > 0 limit 1`,
        [made.body.password, token.body.token],
      );
      expect([name, hit]).toStrictEqual([name, undefined]);
    }
  });

  it('lets a machine read with its token, without cookies, and write only where its scope says so', async () => {
    const tokens = product.app.get(Tokens);
    const machine = async (scopes: ('read' | 'write')[]): Promise<Client> => {
      const client = new Client(product.app);
      const account = { accountId: await accountOf('office'), actingPostId: null, expiresAt: null };
      client.bearer = (await tokens.issue({ ...account, name: '数据交换', scopes })).token;
      return client;
    };
    const reader = await machine(['read']);
    expect((await reader.get('/api/units')).status).toBe(200);
    expect((await reader.put('/api/session/post', { postId: null })).body['code']).toBe('token-scope-missing');
    expect((await (await machine(['read', 'write'])).put('/api/session/post', { postId: null })).status).toBe(200);
  });

  it('takes a role away with the next request', async () => {
    const admin = await product.as('admin');
    const office = await fresh('housing-head');
    expect((await office.get<Me>('/api/session')).body.acting?.roles).toStrictEqual(['head']);
    expect((await admin.put(`/api/admin/posts/housing-head/holdings/${personOf('housing-head')}/end`, {})).status).toBe(200);
    await product.settle();
    expect((await office.get<Me>('/api/session')).body.acting).toBeNull();
    expect((await office.get('/api/session', { 'x-acting-post': 'housing-head' })).status).toBe(403);
  });

  it('lets a substitute act in the place of the holder, and nobody else (R13)', async () => {
    const admin = await product.as('admin');
    const named = await admin.post('/api/admin/posts/dazeshan-deputy/substitutes', { personId: personOf('dazeshan-clerk') });
    expect(named.status).toBe(201);
    await product.settle();
    const clerk = await fresh('dazeshan-clerk');
    const acting = (await clerk.put<Me>('/api/session/post', { postId: 'dazeshan-deputy' })).body.acting;
    expect(acting).toMatchObject({ roles: ['deputy'], inPlaceOf: { id: 'p-dazeshan-deputy' } });
    expect((await clerk.get<Me>('/api/session')).body.acting?.postId).toBe('dazeshan-deputy');
    const stranger = await (await product.as('inspector')).put('/api/session/post', { postId: 'dazeshan-deputy' });
    expect([stranger.status, stranger.body['code']]).toStrictEqual([403, 'post-not-yours']);
  });

  it('keeps administration, audit and the work itself apart', async () => {
    const [admin, auditor, office] = await Promise.all([product.as('admin'), product.as('auditor'), product.as('office')]);
    expect((await admin.get('/api/security-log')).status).toBe(403);
    expect((await auditor.get('/api/admin/accounts')).status).toBe(403);
    expect((await office.get('/api/admin/accounts')).status).toBe(403);
    const log = await auditor.get<{ entries: { kind: string }[] }>('/api/security-log?limit=500');
    expect(log.status).toBe(200);
    expect(new Set(log.body.entries.map((e) => e.kind))).toEqual(
      new Set([
        'account-created',
        'account-withdrawn',
        'denied',
        'password-changed',
        'password-reset',
        'sign-in-failed',
        'signed-in',
        'signed-out',
        'token-issued',
      ]),
    );
  });
});
