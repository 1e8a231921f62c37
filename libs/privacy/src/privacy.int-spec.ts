import { CommandRunner, InMemoryEventStore } from '@app/event-store';
import { instant, stampOf, SYSTEM, type Act, type CommandId, type LocalDate, type SubjectId } from '@app/kernel';
import { createDataSource } from '@app/read-store';
import { freshDatabase, VirtualClock, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { MasterKey } from './application/master-key';
import { Sealer } from './application/sealer';
import { HandleSubject, SubjectCommandHandler } from './application/subject.command-handler';

const act: Act = { at: instant('2020-07-06T01:30:00Z'), on: '2020-07-06' as LocalDate, by: stampOf(SYSTEM) };
const subject = (id: string): SubjectId => id as SubjectId;

describe('The key store', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let sealer: Sealer;
  const clock = new VirtualClock(act.at);
  const master = new MasterKey(Buffer.alloc(32, 1), 'master.key');

  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await createDataSource(database.url).initialize();
    sealer = new Sealer(dataSource, master, clock);
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('opens what it sealed, for that subject only', async () => {
    const sealed = await sealer.seal(subject('a'), { name: '王小明', idNumber: 'x' });
    await sealer.seal(subject('b'), { name: '李小红' });
    expect(sealed).not.toContain('王');
    expect(await sealer.open(subject('a'), sealed)).toStrictEqual({ name: '王小明', idNumber: 'x' });
    await expect(sealer.open(subject('b'), sealed)).rejects.toMatchObject({ code: 'sealed-unreadable' });
    await expect(sealer.open(subject('nobody'), sealed)).rejects.toMatchObject({ code: 'sealed-unreadable' });
  });

  it('seals many at once, two processes at a time, with one key for each subject', async () => {
    const entries = Array.from({ length: 40 }, (_, i) => ({ subjectId: subject(`m${String(i % 20)}`), fields: { n: String(i) } }));
    const other = new Sealer(dataSource, master, clock);
    const [one, two] = await Promise.all([sealer.sealAll(entries), other.sealAll([...entries].reverse())]);
    expect(await sealer.open(subject('m7'), one[27] ?? '')).toStrictEqual({ n: '27' });
    expect(await sealer.open(subject('m19'), two[0] ?? '')).toStrictEqual({ n: '39' });
  });

  it('keeps no key that opens without the master key, and notices another one', async () => {
    const stranger = new Sealer(dataSource, new MasterKey(Buffer.alloc(32, 2), 'master.key'), clock);
    await expect(stranger.check()).rejects.toMatchObject({ code: 'master-key-other' });
    await expect(sealer.check()).resolves.toBeUndefined();
  });

  it('erases a subject for good: what was sealed stays closed and nothing new can be sealed', async () => {
    const handler = new SubjectCommandHandler(new CommandRunner(new InMemoryEventStore()), sealer);
    const sealed = await sealer.seal(subject('gone'), { phone: '13800005678' });
    const erase = new HandleSubject(subject('gone'), { type: 'EraseSubject', data: { basis: '本人要求删除' } }, act, 'c1' as CommandId);
    expect(await handler.execute(erase)).toMatchObject({ changed: true });
    expect(await sealer.open(subject('gone'), sealed)).toBeNull();
    await expect(sealer.seal(subject('gone'), { phone: '1' })).rejects.toMatchObject({ code: 'subject-erased' });
    await handler.execute(erase);
    const read = new HandleSubject(
      subject('gone'),
      { type: 'ReadPersonalData', data: { fields: ['phone'], purpose: '核实' } },
      act,
      'c2' as CommandId,
    );
    await expect(handler.execute(read)).rejects.toMatchObject({ code: 'subject-erased' });
  });
});
