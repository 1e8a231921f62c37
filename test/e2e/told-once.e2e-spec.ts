import path from 'node:path';
import { Readers } from '@app/core';
import { Channels, Mailer, NotificationOptions, Outbox, OutboxSender } from '@app/notifications';
import { loadSettings } from '@app/settings';
import { Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { startMailServer } from '../../libs/notifications/src/testing/mail-server';
import { command as backup } from '../../apps/cli/src/commands/backup.command';
import { command as restore } from '../../apps/cli/src/commands/restore.command';
import { Client } from '../support/client';
import { PASSWORD } from '../support/county';
import { CountyWork, ok } from '../support/county-work';
import { ON_EVENTSTOREDB, startProduct, type Product } from '../support/product';
import { emptyInstance, type EmptyInstance } from '../support/restored';

const posted: string[] = [];
/** What a worker sends by, when the test says so; webhooks are written down instead of posted. */
@Module({
  providers: [
    Outbox,
    OutboxSender,
    {
      provide: Channels,
      inject: [NotificationOptions],
      useFactory: ({ mail }: NotificationOptions): Channels => ({
        mailer: mail === null ? null : new Mailer(mail),
        webhooks: { send: ({ body }) => Promise.resolve((posted.push(body), { end: 'sent' })) },
      }),
    },
  ],
})
class Sending {}

type App = Pick<NestFastifyApplication, 'get'>;
type Seen = Readonly<{ choice: Record<string, unknown>; mailbox: string; mailboxConfirmed: boolean }>;

describe('What was sent', () => {
  let server: Awaited<ReturnType<typeof startMailServer>>;
  let env: Readonly<Record<string, string>>;
  let product: Product;
  let work: CountyWork;
  let target: EmptyInstance | null = null;
  beforeAll(async () => {
    server = await startMailServer(null);
    env = {
      SMTP_URL: `smtp://127.0.0.1:${String(server.port)}?tls=off`,
      MAIL_FROM: 'ql@office.test',
      WEBHOOK_HOSTS: 'https://oa.test',
    };
    product = await startProduct({ env, beside: [Sending] });
    work = new CountyWork(product);
  });
  afterAll(async () => {
    jest.restoreAllMocks();
    await target?.close();
    await product?.close();
    await server?.close();
  });
  /** Everything that is due, and what was sent by it. */
  const send = async (app: App): Promise<readonly string[]> => {
    product.clock.advance({ minutes: 2 });
    while ((await app.get(OutboxSender, { strict: false }).round()) > 0);
    const webhooks = posted.splice(0).map((body) => String((JSON.parse(body) as { text: string }).text));
    return [...server.received.splice(0).map(({ to, text }) => `${to}: ${text}`), ...webhooks]
      .map((line) => line.split('\n')[0] ?? '')
      .sort();
  };
  const told = async (client: Client): Promise<readonly string[]> =>
    ok<{ items: readonly { text: string }[] }>(await client.get('/api/notifications')).items.map(({ text }) => text);

  it('to an address goes there after its person entered the code that was mailed, and before that nothing', async () => {
    const clerk = await product.as('dazeshan-clerk');
    const { choice } = ok<Seen>(await clerk.get('/api/notifications/choice'));
    const wanted = { choice: { ...choice, digest: 'immediate', quiet: null, workingDaysOnly: false }, mailbox: 'clerk@mail.test' };
    ok(await clerk.put('/api/notifications/choice', wanted, { seen: '"0"' }));
    const [letter = ''] = await send(product.app);
    expect(letter).toMatch(/^clerk@mail\.test: 确认码：\d{8}$/);
    expect(ok<Seen>(await clerk.get('/api/notifications/choice'))).toMatchObject({ mailbox: 'clerk@mail.test', mailboxConfirmed: false });
    const given = letter.slice(-8);
    const wrong = await clerk.put('/api/notifications/mailbox/confirmation', { code: given === '00000000' ? '00000001' : '00000000' });
    expect([wrong.status, wrong.body['code']]).toStrictEqual([422, 'mail-code-invalid']);
    const other = await (await product.as('jiudian-clerk')).put('/api/notifications/mailbox/confirmation', { code: given });
    expect([other.status, other.body['code']]).toStrictEqual([422, 'mail-code-invalid']);
    ok(await clerk.put('/api/notifications/mailbox/confirmation', { code: given }));
    expect(ok<Seen>(await clerk.get('/api/notifications/choice')).mailboxConfirmed).toBe(true);
    const codes = [await clerk.post('/api/notifications/mailbox/codes'), await send(product.app)];
    expect(codes).toStrictEqual([expect.objectContaining({ status: 201 }), []]);
    const hook = { label: '办公平台', url: 'https://oa.test/hook', kinds: ['delivered'] };
    ok(await (await product.as('admin')).post('/api/admin/webhooks', hook));
  });

  it('goes out no second time from an instance restored later, neither what had gone nor what went after the backup', async () => {
    for (const way of ['log', 'error'] as const) jest.spyOn(console, way).mockImplementation(() => undefined);
    jest.spyOn(process.stderr, 'write').mockImplementation(() => true);
    await work.handToTown(await work.file());
    await product.settle();
    const first = /^(clerk@mail\.test: · )?QL-2020-000001 已交办大泽山镇/;
    expect(await send(product.app)).toStrictEqual([expect.stringMatching(first), expect.stringMatching(first)]);
    // One that waits in the outbox, and one that nobody was told of yet.
    await work.handToTown(await work.file());
    await product.settle();
    await product.readers.stop();
    await work.handToTown(await work.file());
    const folder = path.join(product.dataDir, 'backups', 'one');
    await backup.run(
      [folder],
      loadSettings({ ...product.stores, DATA_DIR: product.dataDir, QUEUE_BACKEND: 'postgres', PORT: '3999', LOG_LEVEL: 'warn' }),
    );
    product.readers.start();
    await product.settle();
    expect((await send(product.app)).length).toBeGreaterThan(2);

    target = await emptyInstance(ON_EVENTSTOREDB ? 'eventstoredb' : 'postgres', { env, beside: [Sending] });
    await restore.run([folder], target.settings);
    const moved = await target.start(product.clock);
    const readers = moved.get(Readers, { strict: false });
    await readers.drain();
    expect(await send(moved)).toStrictEqual([]);
    product.clock.advance({ hours: 3 });
    expect(await send(moved)).toStrictEqual([]);
    const clerk = new Client(moved);
    await clerk.signIn('dazeshan-clerk', PASSWORD);
    expect((await told(clerk)).map((text) => text.slice(0, 14))).toStrictEqual(['QL-2020-000003', 'QL-2020-000002', 'QL-2020-000001']);

    // What happens from then on is told and sent as ever.
    const clients = new Map<string, Client>();
    const as = async (login: Parameters<Product['as']>[0]): Promise<Client> => {
      const client = clients.get(login) ?? new Client(moved);
      if (!clients.has(login)) await client.signIn(login, PASSWORD);
      clients.set(login, client);
      return client;
    };
    const there = new CountyWork({ ...product, as });
    await there.handToTown(await there.file());
    await readers.drain();
    const fourth = /^(clerk@mail\.test: · )?QL-2020-000004 已交办大泽山镇/;
    expect(await send(moved)).toStrictEqual([expect.stringMatching(fourth), expect.stringMatching(fourth)]);
  });
});
