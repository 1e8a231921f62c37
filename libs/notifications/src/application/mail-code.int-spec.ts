import { randomUUID } from 'node:crypto';
import { BUILT_IN_BOOK, type CalendarService } from '@app/calendar';
import type { PersonId } from '@app/kernel';
import { DirectoryView, NO_ROWS } from '@app/organisation';
import { MasterKey } from '@app/privacy';
import { createDataSource } from '@app/read-store';
import { freshDatabase, VirtualClock, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { DEFAULT_CHOICE } from '../domain/choice';
import { Outbox } from '../outbox/outbox';
import { Channels, OutboxSender } from '../outbox/outbox-sender';
import { startMailServer } from '../testing/mail-server';
import { Announcer } from './announcer';
import { Choices } from './choices';
import { NotificationOptions } from './notification-options';
import { Webhooks } from './webhooks';

const ANN = 'p-ann' as PersonId;
const BOB = 'p-bob' as PersonId;
const CHOICE = { ...DEFAULT_CHOICE, digest: 'immediate', quiet: null, workingDaysOnly: false } as const;

describe('A mail address', () => {
  const clock = new VirtualClock();
  let database: FreshDatabase;
  let dataSource: DataSource;
  let server: Awaited<ReturnType<typeof startMailServer>>;
  let choices: Choices, announcer: Announcer, sender: OutboxSender;
  beforeAll(async () => {
    server = await startMailServer(null);
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
    const mail = { url: `smtp://127.0.0.1:${String(server.port)}?tls=off`, from: 'ql@office.test' };
    const options = new NotificationOptions({ mail, publicUrl: 'https://ql.test' });
    const key = new MasterKey(Buffer.alloc(32, 7), '');
    const calendars = { calendar: () => BUILT_IN_BOOK.calendar } as unknown as CalendarService;
    choices = new Choices(dataSource, key, clock, options);
    announcer = new Announcer(dataSource, { view: () => Promise.resolve(new DirectoryView(NO_ROWS)) }, calendars, clock, options);
    sender = new OutboxSender(
      new Outbox(dataSource, clock),
      new Channels(options),
      choices,
      new Webhooks(dataSource, key, clock, options),
      { isActive: () => Promise.resolve(true) },
      announcer,
      options,
      dataSource,
      clock,
    );
  });
  afterAll(async () => {
    await server?.close();
    await dataSource?.destroy();
    await database?.drop();
  });
  beforeEach(async () => {
    await dataSource.query('truncate outbox, notification, notification_choice');
    server.received.splice(0);
    clock.set('2020-07-06T02:00:00Z');
  });
  const choose = (person: PersonId, address: string, seen = 0n) => choices.choose(person, { choice: CHOICE, address }, seen);
  const tell = () =>
    announcer.tell({
      eventId: randomUUID(),
      at: clock.now(),
      position: null,
      doneBy: null,
      news: [{ kind: 'trial', to: [{ kind: 'person', personId: ANN }], params: {}, path: '/', urgent: true }],
    });
  const send = async (): Promise<readonly string[]> => {
    clock.advance({ minutes: 2 });
    while ((await sender.round()) > 0);
    return server.received.splice(0).map(({ to, subject, text }) => `${to} ${subject} ${/确认码：(\d+)/.exec(text)?.[1] ?? ''}`.trim());
  };
  const codeIn = (letters: readonly string[]): string => letters[0]?.split(' ').at(-1) ?? '';
  const refusal = { code: 'mail-code-invalid' };

  it('gets nothing but a code before it is confirmed by it', async () => {
    const chosen = await choices.choose(ANN, { choice: { ...CHOICE, mail: ['trial'] }, address: 'ann@mail.test' }, 0n);
    expect(chosen.confirmed).toBe(false);
    await tell();
    const letters = await send();
    expect(letters).toStrictEqual([expect.stringMatching(/^ann@mail\.test 【清零】邮箱确认码 \d{8}$/)]);
    await choices.confirm(ANN, codeIn(letters));
    expect((await choices.of(ANN)).confirmed).toBe(true);
    await tell();
    expect(await send()).toStrictEqual(['ann@mail.test 【清零】这是一条试发的通知。']);
    const again = await choices.choose(ANN, { choice: { ...CHOICE, mail: ['trial', 'notice'] }, address: 'ann@mail.test' }, 1n);
    expect([again.confirmed, await send()]).toStrictEqual([true, []]);
  });

  it('is confirmed by a code once, of the person it was made for, and no longer than two hours', async () => {
    await choose(ANN, 'same@mail.test');
    await choose(BOB, 'same@mail.test');
    const codes = (await send()).map((letter) => codeIn([letter]));
    expect(codes.length).toBe(2);
    const code = (await choices.codeToSend(ANN))?.code ?? '';
    await expect(choices.confirm(BOB, code)).rejects.toMatchObject(refusal);
    await choices.confirm(ANN, code);
    await expect(choices.confirm(ANN, code)).rejects.toMatchObject(refusal);
    const late = (await choices.codeToSend(BOB))?.code ?? '';
    clock.advance({ hours: 2 });
    await expect(choices.confirm(BOB, late)).rejects.toMatchObject(refusal);
    expect((await choices.of(BOB)).confirmed).toBe(false);
  });

  it('is confirmed by the code that was sent last, after five wrong ones by none', async () => {
    await choose(ANN, 'ann@mail.test');
    const first = codeIn(await send());
    await choices.sendCode(ANN);
    const second = codeIn(await send());
    const wrong = [first, '', '1', ...['11111111', '22222222']].filter((code) => code !== second);
    for (const code of wrong) await expect(choices.confirm(ANN, code)).rejects.toMatchObject(refusal);
    await expect(choices.confirm(ANN, second)).rejects.toMatchObject(refusal);
  });

  it('gets at most five codes in a day, however they are asked for, and one letter for those that have not left', async () => {
    let { revision } = await choose(ANN, 'a0@mail.test');
    for (let n = 1; n <= 2; n += 1) ({ revision } = await choose(ANN, `a${String(n)}@mail.test`, revision));
    await choices.sendCode(ANN);
    expect((await send()).length).toBe(1);
    clock.advance({ hours: 3 });
    await choices.sendCode(ANN);
    await expect(choices.sendCode(ANN)).rejects.toMatchObject({ code: 'mail-code-too-often' });
    await expect(choose(ANN, 'a9@mail.test', revision)).rejects.toMatchObject({ code: 'mail-code-too-often' });
    expect((await choices.of(ANN)).address).toBe('a2@mail.test');
    clock.advance({ hours: 22 });
    await choices.sendCode(ANN);
  });

  it('has to be confirmed anew when another one is given, and its code is void', async () => {
    await choose(ANN, 'ann@mail.test');
    const code = codeIn(await send());
    await choose(ANN, 'other@mail.test', 1n);
    await expect(choices.confirm(ANN, code)).rejects.toMatchObject(refusal);
    const other = codeIn(await send());
    await choices.confirm(ANN, other);
    expect(await choices.of(ANN)).toMatchObject({ address: 'other@mail.test', confirmed: true });
  });

  it('and its code are kept sealed, and a code that nobody waits for is not sent', async () => {
    await choose(ANN, 'ann@mail.test');
    const { code = '' } = (await choices.codeToSend(ANN)) ?? {};
    const [row] = await dataSource.query<unknown[]>('select c.*, o.* from notification_choice c, outbox o');
    expect([JSON.stringify(row).includes(code), JSON.stringify(row).includes('mail.test')]).toStrictEqual([false, false]);
    await choices.confirm(ANN, code);
    expect(await send()).toStrictEqual([]);
    expect(await dataSource.query('select state, last_error from outbox')).toStrictEqual([{ state: 'dropped', last_error: 'no-code' }]);
  });
});
