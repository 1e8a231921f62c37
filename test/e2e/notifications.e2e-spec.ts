import { randomUUID } from 'node:crypto';
import { CODEC } from '@app/core';
import { EventStore } from '@app/event-store';
import { NOTIFICATION_POLICIES } from '@app/notifications';
import type { Policy } from '@app/read-store';
import { DataSource } from 'typeorm';
import type { Answer, Client } from '../support/client';
import { startProduct, type Product } from '../support/product';

const ok = <T>(answer: Answer<T>): Answer<T> => {
  if (answer.status >= 300) throw new Error(`${String(answer.status)} ${answer.text}`);
  return answer;
};
type Item = Readonly<{
  id: string;
  kind: string;
  text: string;
  path: string;
  at: string;
  read: boolean;
  inPlaceOf: { name: string } | null;
}>;
type Page = Readonly<{ items: readonly Item[]; next: string | null; unread: number }>;

describe('What people are told', () => {
  let product: Product;
  let inspector: Client, office: Client, clerk: Client, other: Client, admin: Client;
  beforeAll(async () => {
    product = await startProduct();
    [inspector, office, clerk, other, admin] = await Promise.all([
      product.as('inspector'),
      product.as('office'),
      product.as('dazeshan-clerk'),
      product.as('jiudian-clerk'),
      product.as('admin'),
    ]);
  });
  afterAll(() => product.close());
  const of = async (client: Client, query = ''): Promise<Page> => ok(await client.get<Page>(`/api/notifications${query}`)).body;
  const hand = async (): Promise<string> => {
    const filed = await inspector.post('/api/findings', {
      place: { townId: 'dazeshan', text: '村东头' },
      subject: { kind: 'household', name: '周样一' },
      category: 'housing',
      text: '房屋鉴定为 C 级，尚未改造。',
    });
    const id = String(ok(filed).body['findingId']);
    ok(await office.put(`/api/findings/${id}/acceptance`, { rectification: 'time-limited', seriousness: 'ordinary', reason: '属实' }));
    ok(await office.put(`/api/findings/${id}/transfer`, {}));
    await product.settle();
    return id;
  };

  it('is that a leg was delivered to their unit, with its number and due time, and no name of a household', async () => {
    const id = await hand();
    const { items, unread } = await of(clerk);
    expect([items.length, unread, items[0]?.kind, items[0]?.path]).toStrictEqual([1, 1, 'delivered', `/findings/${id}`]);
    expect(items[0]?.text).toMatch(/^QL-2020-\d{6} 已交办大泽山镇，\d+月\d+日 17:30前完成。$/);
    expect((await of(other)).items).toStrictEqual([]);
    const stored = await product.app.get(DataSource).query<unknown[]>('select * from notification');
    expect(JSON.stringify(stored)).not.toContain('周样一');
  });

  it('is marked as read by themselves alone, by choice', async () => {
    const [item] = (await of(clerk)).items;
    const at = `/api/notifications/${item?.id ?? ''}/read-mark`;
    expect(ok(await clerk.get(at.replace('/read-mark', '').replace(/[^/]+$/, 'unread'))).body).toStrictEqual({ unread: 1 });
    expect((await other.put(at, { read: true })).status).toBe(404);
    expect(ok(await clerk.put(at, { read: true })).body).toStrictEqual({ unread: 0 });
    expect((await of(clerk, '?state=unread')).items).toStrictEqual([]);
    expect(ok(await clerk.put(at, { read: false })).body).toStrictEqual({ unread: 1 });
    expect(ok(await clerk.put('/api/notifications/read-marks', { upTo: item?.at ?? '' })).body).toStrictEqual({ unread: 0 });
  });

  it('is told again neither by a rebuild nor by a policy that reads its history again', async () => {
    const before = await of(clerk);
    await product.readers.rebuild();
    await product.settle();
    expect(await of(clerk)).toStrictEqual(before);
    const [reading] = NOTIFICATION_POLICIES;
    const policy = reading === undefined ? null : product.app.get<Policy>(reading, { strict: false });
    const stored = await product.app.get(EventStore).readAll(0n, 500, { eventTypes: policy?.handles ?? [] });
    expect(stored.length).toBe(2);
    for (const event of stored) await policy?.react(CODEC.decode(event));
    expect(await of(clerk)).toStrictEqual(before);
  });

  it('goes by mail only as each of them chose, on the choice they looked at', async () => {
    const seen = ok(
      await clerk.get<{ choice: Record<string, unknown>; mailbox: string | null; mailPossible: boolean }>('/api/notifications/choice'),
    );
    expect([seen.body.mailbox, seen.body.mailPossible, seen.headers['etag']]).toStrictEqual([null, false, '"0"']);
    const wanted = { choice: { ...seen.body.choice, digest: 'weekly' }, mailbox: '13800138000@mail.test' };
    expect((await clerk.put('/api/notifications/choice', wanted)).status).toBe(428);
    const chosen = ok(await clerk.put('/api/notifications/choice', wanted, { seen: '"0"' }));
    expect([chosen.body, chosen.text.includes('138')]).toStrictEqual([{ revision: '1' }, false]);
    expect((await clerk.put('/api/notifications/choice', wanted, { seen: '"0"' })).body['code']).toBe('choice-changed');
    expect(ok(await clerk.get('/api/notifications/choice')).body['mailbox']).toBe('13800138000@mail.test');
    expect(ok(await other.get('/api/notifications/choice')).body['mailbox']).toBe(null);
    const sameTimes = { ...wanted, choice: { ...wanted.choice, quiet: { from: '08:00', to: '08:00' } } };
    expect((await clerk.put('/api/notifications/choice', sameTimes, { seen: '"1"' })).body['code']).toBe('choice-invalid');
  });

  it('goes to other systems only where the settings allow the host', async () => {
    const hook = { label: '办公平台', url: 'https://oa.example.test/hook', kinds: ['delivered'] };
    const refused = await admin.post('/api/admin/webhooks', hook);
    expect([refused.status, refused.body['code']]).toStrictEqual([422, 'webhook-url-invalid']);
    expect((await clerk.get('/api/admin/webhooks')).status).toBe(403);
    expect(ok(await admin.get('/api/admin/webhooks')).body['webhooks']).toStrictEqual([]);
  });

  it('can be looked at by administrators where it could not be sent, sent again or dropped with a reason, without the address', async () => {
    const database = product.app.get(DataSource);
    const ids = [randomUUID(), randomUUID()];
    for (const id of ids) {
      await database.query(
        `insert into outbox (id, channel, person_id, state, attempts, next_at, created_at, settled_at, last_error)
         values ($1, 'mail', 'p-dazeshan-clerk', 'dead', 10, $2, $2, $2, 'smtp-550')`,
        [id, product.clock.now()],
      );
    }
    const { letters } = ok(await admin.get<{ letters: Record<string, unknown>[] }>('/api/admin/dead-letters')).body;
    expect(letters.map(({ attempts, error, person }) => [attempts, error, person])).toStrictEqual(
      ids.map(() => [10, 'smtp-550', { id: 'p-dazeshan-clerk', name: '大泽山镇经办' }]),
    );
    const at = (id: string | undefined, what: string): string => `/api/admin/dead-letters/${id ?? ''}/${what}`;
    expect((await admin.put(at(ids[0], 'dropping'), { reason: ' ' })).status).toBe(400);
    ok(await admin.put(at(ids[0], 'dropping'), { reason: '已离任' }));
    ok(await admin.put(at(ids[1], 'resending')));
    expect((await admin.put(at(ids[1], 'resending'))).body['code']).toBe('dead-letter-absent');
    expect(ok(await admin.get('/api/admin/dead-letters')).body['letters']).toStrictEqual([]);
    expect(ok(await admin.get<{ outbox: { waiting: number } }>('/api/admin/mail')).body.outbox.waiting).toBe(1);
    const metrics = (await product.anonymous.get('/api/metrics')).text;
    expect(metrics).toContain('qingling_outbox{state="waiting"} 1');
    expect((await admin.post('/api/admin/mail/trials', { mailbox: 'a@mail.test' })).body['code']).toBe('mail-not-configured');
  });
});
