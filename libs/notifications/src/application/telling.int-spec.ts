import { randomUUID } from 'node:crypto';
import { BUILT_IN_BOOK, type CalendarService } from '@app/calendar';
import { instant, localDate, type PersonId, type PostId, type Role, type UnitId } from '@app/kernel';
import { DirectoryView, NO_ROWS, type Directory, type Post, type Unit } from '@app/organisation';
import { MasterKey } from '@app/privacy';
import { createDataSource } from '@app/read-store';
import { freshDatabase, VirtualClock, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { DEFAULT_CHOICE } from '../domain/choice';
import type { News } from '../domain/news';
import { chooseAndConfirm } from '../testing/confirmed';
import { Announcer } from './announcer';
import { Choices } from './choices';
import { Inbox } from './inbox';
import { NotificationOptions } from './notification-options';

const FROM = localDate('2020-01-01');
const unit = (id: string, kind: Unit['kind'], path: string): Unit => ({
  id: id as UnitId,
  name: id,
  synonyms: [],
  initials: '',
  kind,
  parentId: null,
  path,
  status: 'active',
  mergedInto: null,
  from: FROM,
  to: null,
});
const post = (id: string, unitId: string, roles: readonly Role[], receives = false): Post => ({
  id: id as PostId,
  unitId: unitId as UnitId,
  title: id,
  roles,
  receives,
  closedAfter: null,
});
const tenure = (postId: string, personId: string) => ({ postId: postId as PostId, personId: personId as PersonId, from: FROM, to: null });

const view = new DirectoryView({
  ...NO_ROWS,
  units: [
    unit('pd', 'county', 'pd'),
    unit('town', 'town', 'pd/town'),
    unit('section', 'section', 'pd/town/section'),
    unit('other', 'town', 'pd/other'),
  ],
  posts: [
    post('clerk', 'town', ['clerk'], true),
    post('below', 'section', ['clerk']),
    post('deputy', 'town', ['deputy']),
    post('elsewhere', 'other', ['clerk'], true),
    post('leaders', 'pd', ['leader']),
  ],
  holdings: [
    tenure('clerk', 'a'),
    tenure('below', 'b'),
    tenure('deputy', 'c'),
    tenure('elsewhere', 'x'),
    tenure('leaders', 'l'),
    tenure('leaders', 'm'),
  ],
  substitutes: [tenure('clerk', 'c'), tenure('clerk', 'd')],
  responsibilities: [{ personId: 'l' as PersonId, unitId: 'town' as UnitId, from: FROM, to: null }],
});
const news = (over: Partial<News> = {}): News => ({
  kind: 'delivered',
  to: [{ kind: 'receivers', unitId: 'town' as UnitId }],
  params: { number: 'QL-2020-000001', unit: '大泽山镇', due: '7月27日 17:30' },
  path: '/findings/f1',
  urgent: false,
  ...over,
});

describe('Telling people', () => {
  const clock = new VirtualClock();
  let database: FreshDatabase;
  let dataSource: DataSource;
  let announcer: Announcer;
  let inbox: Inbox;
  let choices: Choices;
  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
    const directory: Directory = { view: () => Promise.resolve(view) };
    const calendars = { calendar: () => BUILT_IN_BOOK.calendar } as unknown as CalendarService;
    const options = new NotificationOptions({ mail: { url: 'smtp://mail.test', from: 'ql@mail.test' }, publicUrl: 'https://ql.test' });
    announcer = new Announcer(dataSource, directory, calendars, clock, options);
    inbox = new Inbox(dataSource, clock);
    choices = new Choices(dataSource, new MasterKey(Buffer.alloc(32, 7), ''), clock, options);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  const tell = (eventId: string, one: News = news(), doneBy: PersonId | null = null, position: bigint | null = null) =>
    announcer.tell({ eventId, at: clock.now(), position, doneBy, news: [one] });
  const of = (person: string) => inbox.page(person as PersonId, { unread: false, after: null, limit: 50 });
  const waiting = () =>
    dataSource.query<{ person_id: string; next_at: Date; taken: number }[]>(
      `select o.person_id, o.next_at, (select count(*)::int from notification n where n.mail_id = o.id) as taken
       from outbox o where o.state = 'waiting' order by o.person_id, o.next_at`,
    );

  it('reaches who holds the posts of the unit that day, and who fills in for them, each once', async () => {
    const eventId = randomUUID();
    await tell(eventId);
    const told = await dataSource.query<{ person_id: string; in_place_of: string | null }[]>(
      'select person_id, in_place_of from notification where event_id = $1 order by person_id',
      [eventId],
    );
    expect(told).toStrictEqual([
      { person_id: 'a', in_place_of: null },
      { person_id: 'b', in_place_of: null },
      { person_id: 'c', in_place_of: 'a' },
      { person_id: 'd', in_place_of: 'a' },
    ]);
    expect((await of('a')).items.map(({ text, path, read }) => [text, path, read])).toStrictEqual([
      ['QL-2020-000001 已交办大泽山镇，7月27日 17:30前完成。', '/findings/f1', false],
    ]);
  });

  it('reaches the leaders who answer for a unit, and every leader where nobody does', async () => {
    const toldOf = async (...unitIds: readonly string[]): Promise<unknown> => {
      const eventId = randomUUID();
      await tell(eventId, news({ to: [{ kind: 'answering', unitIds: unitIds as readonly UnitId[] }] }));
      return dataSource.query('select person_id from notification where event_id = $1 order by 1', [eventId]);
    };
    expect(await toldOf('town', 'other')).toStrictEqual([{ person_id: 'l' }]);
    expect(await toldOf('other')).toStrictEqual([{ person_id: 'l' }, { person_id: 'm' }]);
  });

  it('does not reach who did it', async () => {
    const eventId = randomUUID();
    await tell(eventId, news({ to: [{ kind: 'posts', unitId: 'town' as UnitId, roles: ['clerk', 'deputy'] }] }), 'a' as PersonId);
    const told = await dataSource.query<{ person_id: string }[]>('select person_id from notification where event_id = $1 order by 1', [
      eventId,
    ]);
    expect(told.map((row) => row.person_id)).toStrictEqual(['b', 'c', 'd']);
  });

  it('adds nothing when the same event comes again, also not to a mail', async () => {
    await chooseAndConfirm(choices, dataSource, 'a' as PersonId, { choice: DEFAULT_CHOICE, address: 'a@mail.test' });
    const eventId = randomUUID();
    await tell(eventId);
    const before = [await of('a'), await waiting()];
    for (let n = 0; n < 3; n += 1) await tell(eventId);
    clock.advance({ days: 2 });
    await tell(eventId);
    await Promise.all([tell(eventId), tell(eventId), tell(eventId)]);
    expect([await of('a'), await waiting()]).toStrictEqual(before);
    expect((await waiting()).map((row) => [row.person_id, row.next_at.toISOString(), row.taken])).toStrictEqual([
      ['a', '2020-07-07T00:30:00.000Z', 1],
    ]);
  });

  it('puts what goes to one person at one moment into one mail, and mails nobody without an address', async () => {
    await dataSource.query('truncate outbox');
    clock.set('2020-07-10T03:00:00Z');
    for (let n = 0; n < 5; n += 1) await tell(randomUUID());
    await tell(randomUUID(), news({ kind: 'clear-waits' }));
    expect((await waiting()).map((row) => [row.person_id, row.next_at.toISOString(), row.taken])).toStrictEqual([
      ['a', '2020-07-13T00:30:00.000Z', 5],
    ]);
  });

  it('begins another mail when the one of that moment is on its way', async () => {
    await dataSource.query("update outbox set open_key = null where state = 'waiting'");
    await tell(randomUUID());
    expect((await waiting()).map((row) => row.taken).sort()).toStrictEqual([1, 5]);
  });

  it('is told in the application alone when its event came with a restore', async () => {
    await dataSource.query('truncate outbox');
    await dataSource.query('insert into restored_to (position) values (41)');
    const [before, after] = [randomUUID(), randomUUID()];
    await tell(before, news(), null, 41n);
    expect(await waiting()).toStrictEqual([]);
    await tell(after, news(), null, 42n);
    expect((await waiting()).map((row) => [row.person_id, row.taken])).toStrictEqual([['a', 1]]);
    const told = await dataSource.query<{ event_id: string }[]>(
      "select event_id from notification where person_id = 'a' and event_id = any ($1) order by mail_id nulls first",
      [[before, after]],
    );
    expect(told.map((row) => row.event_id)).toStrictEqual([before, after]);
  });

  it('leaves it to each person to mark what they have read, and counts no further than a hundred', async () => {
    const person = 'd' as PersonId;
    const before = await inbox.unread(person);
    const [first, second] = (await of('d')).items;
    await inbox.mark(person, first?.id ?? '', true);
    await inbox.mark(person, first?.id ?? '', true);
    expect(await inbox.unread(person)).toBe(before - 1);
    await inbox.mark(person, first?.id ?? '', false);
    expect(await inbox.unread(person)).toBe(before);
    await expect(inbox.mark('a' as PersonId, second?.id ?? '', true)).rejects.toMatchObject({ code: 'notification-absent' });
    await inbox.markUpTo(person, instant('2020-07-09T00:00:00Z'));
    expect((await inbox.page(person, { unread: true, after: null, limit: 50 })).items.every(({ at }) => at > '2020-07-09')).toBe(true);
    await dataSource.query(
      `insert into notification (id, event_id, person_id, kind, params, path, urgent, at)
       select gen_random_uuid(), gen_random_uuid(), 'many', 'trial', '{}', '/', false, $1::timestamptz + n * interval '1 second' from generate_series(1, 150) n`,
      [clock.now()],
    );
    expect(await inbox.unread('many' as PersonId)).toBe(100);
    const ids = new Set<string>();
    let after: string | null = null;
    do {
      const page = await inbox.page('many' as PersonId, { unread: true, after, limit: 40 });
      for (const { id } of page.items) ids.add(id);
      after = page.next;
    } while (after !== null);
    expect(ids.size).toBe(150);
  });

  it('keeps addresses sealed, and refuses a choice made on an older one', async () => {
    const person = 'p' as PersonId;
    const first = await choices.choose(person, { choice: DEFAULT_CHOICE, address: ' p.q@mail.test ' }, 0n);
    expect([first.address, first.revision]).toStrictEqual(['p.q@mail.test', 1n]);
    const [row] = await dataSource.query<{ sealed_address: string }[]>(
      "select sealed_address from notification_choice where person_id = 'p'",
    );
    expect(row?.sealed_address).not.toContain('mail.test');
    const weekly = { ...DEFAULT_CHOICE, digest: 'weekly' } as const;
    await expect(choices.choose(person, { choice: weekly, address: null }, 0n)).rejects.toMatchObject({ code: 'choice-changed' });
    await choices.choose(person, { choice: weekly, address: null }, 1n);
    expect(await choices.of(person)).toStrictEqual({ choice: weekly, address: null, confirmed: false, revision: 2n });
    const nowhere = { choice: DEFAULT_CHOICE, address: 'a@b\r\nbcc: c@d' };
    await expect(choices.choose(person, nowhere, 2n)).rejects.toMatchObject({ code: 'mail-address-invalid' });
    await expect(choices.choose('q' as PersonId, { choice: weekly, address: null }, 4n)).rejects.toMatchObject({ code: 'choice-changed' });
  });
});
