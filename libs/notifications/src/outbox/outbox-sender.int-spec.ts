import { randomUUID } from 'node:crypto';
import { BUILT_IN_BOOK, type CalendarService } from '@app/calendar';
import { instantAt, localDate, type PersonId } from '@app/kernel';
import { DirectoryView, NO_ROWS, type Directory } from '@app/organisation';
import { MasterKey } from '@app/privacy';
import { createDataSource } from '@app/read-store';
import { freshDatabase, makeCertificates, VirtualClock, type FreshDatabase, type MadeCertificates } from '@app/testing';
import type { DataSource } from 'typeorm';
import { Announcer } from '../application/announcer';
import { Choices } from '../application/choices';
import { DeadLetters } from '../application/dead-letters';
import { NotificationOptions } from '../application/notification-options';
import { Webhooks } from '../application/webhooks';
import { DEFAULT_CHOICE, type Choice } from '../domain/choice';
import { MAX_ATTEMPTS } from '../domain/retry';
import { chooseAndConfirm } from '../testing/confirmed';
import { startMailServer } from '../testing/mail-server';
import { Outbox, type Outcome } from './outbox';
import { Channels, OutboxSender } from './outbox-sender';

const PERSON = 'p-clerk' as PersonId;
const view = new DirectoryView(NO_ROWS);

describe('The outbox', () => {
  const clock = new VirtualClock();
  let certificates: MadeCertificates;
  let database: FreshDatabase;
  let dataSource: DataSource;
  let server: Awaited<ReturnType<typeof startMailServer>>;
  let options: NotificationOptions;
  let outbox: Outbox, choices: Choices, announcer: Announcer, letters: DeadLetters, webhooks: Webhooks;
  let active = true;
  const senderWith = (channels: Channels) =>
    new OutboxSender(
      outbox,
      channels,
      choices,
      webhooks,
      { isActive: () => Promise.resolve(active) },
      announcer,
      options,
      dataSource,
      clock,
    );
  const sender = () => senderWith(new Channels(options));

  beforeAll(async () => {
    certificates = await makeCertificates();
    server = await startMailServer(certificates.dir);
    database = await freshDatabase();
    dataSource = await createDataSource(database.url, { poolSize: 8 }).initialize();
    options = new NotificationOptions({
      mail: { url: `smtp://ql:ge%20heim@localhost:${String(server.port)}`, from: 'ql@office.test', caFile: certificates.caFile },
      webhookHosts: [{ protocol: 'https:', host: 'oa.test', port: 443 }],
      publicUrl: 'https://ql.test',
    });
    const key = new MasterKey(Buffer.alloc(32, 7), '');
    const directory: Directory = { view: () => Promise.resolve(view) };
    const calendars = { calendar: () => BUILT_IN_BOOK.calendar } as unknown as CalendarService;
    outbox = new Outbox(dataSource, clock);
    choices = new Choices(dataSource, key, clock, options);
    letters = new DeadLetters(dataSource, clock);
    webhooks = new Webhooks(dataSource, key, clock, options);
    announcer = new Announcer(dataSource, directory, calendars, clock, options);
  });
  afterAll(async () => {
    await server.close();
    await dataSource.destroy();
    await database.drop();
    await certificates.drop();
  });
  beforeEach(async () => {
    await dataSource.query('truncate outbox, notification, notification_choice, webhook_endpoint cascade');
    server.received.splice(0);
    active = true;
    clock.set('2020-07-06T02:00:00Z');
  });

  const choose = (over: Partial<Choice>) =>
    chooseAndConfirm(choices, dataSource, PERSON, { choice: { ...DEFAULT_CHOICE, ...over }, address: 'clerk@mail.test' });
  const tell = (number: string, urgent = false) =>
    announcer.tell({
      eventId: randomUUID(),
      at: clock.now(),
      position: null,
      doneBy: null,
      news: [
        {
          kind: 'delivered',
          to: [{ kind: 'person', personId: PERSON }],
          params: { number, unit: '大泽山镇', due: '7月27日 17:30' },
          path: `/findings/${number}`,
          urgent,
        },
      ],
    });
  const at = (day: string, time: string): void => clock.set(instantAt(localDate(day), time));
  const rows = () =>
    dataSource.query<{ state: string; attempts: number; last_error: string | null }[]>(
      'select state, attempts, last_error from outbox order by created_at, id',
    );

  it('sends nothing in quiet hours, and one mail of all at the moment that was chosen', async () => {
    await choose({});
    await tell('QL-1');
    at('2020-07-06', '22:00');
    await tell('QL-2');
    at('2020-07-07', '08:29');
    expect([await sender().round(), server.received.length]).toStrictEqual([0, 0]);
    at('2020-07-07', '08:30');
    expect([await sender().round(), await sender().round()]).toStrictEqual([1, 0]);
    expect(server.received.map(({ to, subject }) => [to, subject])).toStrictEqual([['clerk@mail.test', '【清零】2 条通知']]);
    expect(server.received[0]?.text).toMatch(/QL-1[^]*QL-2/);
  });

  it('lets urgent mail through at night for those who chose that', async () => {
    await choose({ urgentAtOnce: true });
    at('2020-07-11', '23:00');
    await tell('QL-1', true);
    await tell('QL-2');
    at('2020-07-11', '23:01');
    expect(await sender().round()).toBe(1);
    expect(server.received.map(({ text }) => [text.includes('QL-1'), text.includes('QL-2')])).toStrictEqual([[true, false]]);
  });

  it('sends a mail once, however many senders there are', async () => {
    await choose({ digest: 'immediate' });
    for (let n = 0; n < 20; n += 1) {
      clock.advance({ minutes: 2 });
      await tell(`QL-${String(n)}`);
    }
    clock.advance({ minutes: 2 });
    const senders = Array.from({ length: 4 }, sender);
    while ((await Promise.all(senders.map((one) => one.round()))).some((taken) => taken > 0));
    expect(server.received.length).toBe(20);
    expect(new Set(server.received.map(({ messageId }) => messageId)).size).toBe(20);
  });

  it('sends once more, under the same Message-ID, what a sender had sent when it was killed before it could say so', async () => {
    await choose({ digest: 'immediate' });
    await tell('QL-1');
    clock.advance({ minutes: 2 });
    const real = new Channels(options);
    const killed = senderWith(real);
    jest.spyOn(outbox, 'settle').mockRejectedValueOnce(new Error('killed'));
    await expect(killed.round()).rejects.toThrow('killed');
    expect([server.received.length, await sender().round()]).toStrictEqual([1, 0]);
    clock.advance({ minutes: 6 });
    expect([await sender().round(), await sender().round()]).toStrictEqual([1, 0]);
    expect(server.received.map(({ messageId }) => messageId)).toStrictEqual([server.received[0]?.messageId, server.received[0]?.messageId]);
    expect(await rows()).toStrictEqual([{ state: 'sent', attempts: 2, last_error: null }]);
  });

  it('tries again after a refusal that passes, and makes a dead letter of one that stays, without anybody’s address', async () => {
    await choose({ digest: 'immediate' });
    await tell('QL-1');
    clock.advance({ minutes: 2 });
    server.meet({ code: 451 });
    await sender().round();
    expect(await rows()).toStrictEqual([{ state: 'waiting', attempts: 1, last_error: 'smtp-451' }]);
    expect(await sender().round()).toBe(0);
    clock.advance({ minutes: 2 });
    server.meet({ code: 550 });
    await sender().round();
    const [dead] = await letters.list();
    expect([dead?.channel, dead?.personId, dead?.messages, dead?.attempts, dead?.error]).toStrictEqual(['mail', PERSON, 1, 2, 'smtp-550']);
    await letters.resend(dead?.id ?? '');
    await sender().round();
    expect([server.received.length, await letters.list()]).toStrictEqual([1, []]);
  });

  it('gives up after ten attempts over a day', async () => {
    await choose({ digest: 'immediate' });
    await tell('QL-1');
    const refusing = { mailer: { send: (): Promise<Outcome> => Promise.resolve({ end: 'failed', error: 'smtp-451', permanent: false }) } };
    const broken = senderWith({ ...new Channels(options), ...refusing });
    for (let n = 0; n < 30 * 60; n += 10) {
      clock.advance({ minutes: 10 });
      await broken.round();
    }
    expect(await rows()).toStrictEqual([{ state: 'dead', attempts: MAX_ATTEMPTS, last_error: 'smtp-451' }]);
    const [dead] = await letters.list();
    await expect(letters.drop(dead?.id ?? '', '  ', PERSON)).rejects.toMatchObject({ code: 'reason-required' });
    await letters.drop(dead?.id ?? '', '邮箱停用', PERSON);
    expect((await rows()).map(({ state }) => state)).toStrictEqual(['dropped']);
  });

  it('does not try for ever what kills its sender each time', async () => {
    await choose({ digest: 'immediate' });
    await tell('QL-1');
    for (let n = 0; n < MAX_ATTEMPTS; n += 1) {
      clock.advance({ minutes: 6 });
      expect((await outbox.claim(10)).length).toBe(1);
    }
    clock.advance({ minutes: 6 });
    await sender().round();
    expect([await rows(), server.received.length]).toStrictEqual([
      [{ state: 'dead', attempts: MAX_ATTEMPTS + 1, last_error: 'sender-lost' }],
      0,
    ]);
  });

  it('sends nothing to who has left, took the address back, or has read it already', async () => {
    await choose({ digest: 'immediate' });
    await tell('QL-1');
    clock.advance({ minutes: 2 });
    active = false;
    await sender().round();
    active = true;
    await tell('QL-2');
    await dataSource.query('update notification set read_at = $1', [clock.now()]);
    clock.advance({ minutes: 2 });
    await sender().round();
    await tell('QL-3');
    await choices.choose(PERSON, { choice: DEFAULT_CHOICE, address: null }, 1n);
    clock.advance({ minutes: 2 });
    await sender().round();
    expect((await rows()).map(({ state, last_error: error }) => [state, error])).toStrictEqual([
      ['dropped', 'no-address'],
      ['dropped', 'read-already'],
      ['dropped', 'no-address'],
    ]);
    expect(server.received).toStrictEqual([]);
  });

  it('posts what a webhook asked for, once for each event, signed with its valid secrets, and forgets with it', async () => {
    const plan = { label: 'OA', url: 'https://oa.test/hook', kinds: ['delivered'], paused: false } as const;
    const { id, keyId } = await webhooks.add(plan, PERSON);
    const second = await webhooks.addSecret(id);
    await expect(webhooks.addSecret(id)).rejects.toMatchObject({ code: 'webhook-secrets-limit' });
    const posted: { body: string; keys: readonly string[] }[] = [];
    const posting = senderWith({
      mailer: null,
      webhooks: {
        send: ({ body, keys }) => {
          posted.push({ body, keys: keys.map((key) => key.keyId) });
          return Promise.resolve({ end: 'sent' });
        },
      },
    });
    await tell('QL-1');
    await posting.round();
    expect(posted.map(({ keys }) => [...keys].sort())).toStrictEqual([[keyId, second.keyId].sort()]);
    expect(JSON.parse(posted[0]?.body ?? '')).toMatchObject({
      kind: 'delivered',
      text: 'QL-1 已交办大泽山镇，7月27日 17:30前完成。',
      link: 'https://ql.test/findings/QL-1',
    });
    expect(posted[0]?.body).not.toContain(PERSON);
    await webhooks.retireSecret(id, keyId);
    await expect(webhooks.retireSecret(id, second.keyId)).rejects.toMatchObject({ code: 'webhook-last-secret' });
    await webhooks.tryOut(id);
    await webhooks.change(id, { ...plan, paused: true }, 1n);
    await expect(webhooks.change(id, plan, 1n)).rejects.toMatchObject({ code: 'webhook-changed' });
    await tell('QL-2');
    await posting.round();
    expect(posted.map(({ body }) => (JSON.parse(body) as { kind: string }).kind)).toStrictEqual(['delivered', 'trial']);
    await webhooks.remove(id);
    expect(await webhooks.list()).toStrictEqual([]);
    const sealed = await dataSource.query<unknown[]>('select * from webhook_secret');
    expect(sealed).toStrictEqual([]);
  });

  it('forgets what was sent a month ago, and looks for what is due without reading the rest', async () => {
    await dataSource.query(
      `insert into outbox (id, channel, person_id, state, next_at, created_at, settled_at)
       select gen_random_uuid(), 'mail', 'x', 'sent', $1, $1, $1::timestamptz from generate_series(1, 20000)`,
      [clock.now()],
    );
    await dataSource.query('analyze outbox');
    const plan = await dataSource.query<{ 'QUERY PLAN': string }[]>(
      `explain select id from outbox where state = 'waiting' and next_at <= $1 order by next_at limit 12 for update skip locked`,
      [clock.now()],
    );
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('outbox_due');
    expect(await outbox.prune()).toBe(0);
    clock.advance({ days: 31 });
    expect(await outbox.prune()).toBe(5_000);
  });
});
