import 'reflect-metadata';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CoreModule, Readers, ReadersModule } from '@app/core';
import { EventStore, StoreUnavailable } from '@app/event-store';
import { findingStream, type FindingIntent } from '@app/findings';
import { idFrom, type Actor, type CommandId, type FindingId } from '@app/kernel';
import { Directory } from '@app/organisation';
import { PreparedSelections, Selections, SelectionsModule, SelectionWork, type SelectionJob } from '@app/selections';
import { loadSettings } from '@app/settings';
import { freshDatabase, VirtualClock, waitUntil, type FreshDatabase } from '@app/testing';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SelectionStore } from '../../libs/selections/src/application/selection-store';
import { personOf, settleCounty, type Login } from '../support/county';
import { DoorsModule, handedOver, LEG } from '../support/handed-over';

const ROWS = 1_000;

describe('A selection of a thousand rows', () => {
  let database: FreshDatabase;
  let dataDir: string;
  let main: INestApplicationContext;
  const processes: INestApplicationContext[] = [];
  const clock = new VirtualClock();

  /** A process of the product: what one of them does not finish another one does. */
  const startProcess = async (): Promise<INestApplicationContext> => {
    const settings = loadSettings({ DATABASE_URL: database.url, DATA_DIR: dataDir, QUEUE_BACKEND: 'postgres', LOG_LEVEL: 'error' });
    @Module({ imports: [CoreModule.forRoot(settings, clock), ReadersModule, DoorsModule, SelectionsModule.forRoot({ recovers: false })] })
    class Process {}
    const app = await NestFactory.createApplicationContext(Process, { logger: false, abortOnError: false });
    processes.push(app);
    return app;
  };
  const actor = async (login: Login): Promise<Actor> =>
    (await main.get(Directory, { strict: false }).view()).actorFor(personOf(login), undefined, clock.now());

  const findings: FindingId[] = [];
  beforeAll(async () => {
    database = await freshDatabase();
    dataDir = await mkdtemp(path.join(tmpdir(), 'ql-selections-'));
    main = await startProcess();
    await settleCounty(main, clock);
    await main.get(Readers, { strict: false }).drain();
    findings.push(...(await handedOver(main, ROWS)));
  }, 120_000);
  afterAll(async () => {
    await Promise.all(processes.map((app) => app.close()));
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });
  afterEach(() => jest.restoreAllMocks());

  const progressOn = async (app: INestApplicationContext, text: string): Promise<SelectionJob> => {
    const by = await actor('dazeshan-clerk');
    const rows = findings.map((findingId) => ({ findingId, legId: LEG }));
    const said = { data: { text, basicallyComplete: null } };
    const opening = { step: 'RecordProgress', title: text, rows, said, exceptions: [] } as const;
    const job = await app.get(Selections).open(opening, by, idFrom('opening', text) as CommandId);
    await app.get(SelectionWork).idle();
    return job;
  };
  const counts = async ({ selectionId }: SelectionJob) => (await main.get(Selections).counts([selectionId])).get(selectionId);
  const stateOf = async (job: SelectionJob): Promise<string | undefined> =>
    (await main.get(Selections).find(job.selectionId, job.actor))?.state;
  /** How often each finding says it, read from the store itself. */
  const told = async (text: string, among: readonly FindingId[] = findings): Promise<readonly number[]> => {
    const store = main.get(EventStore, { strict: false });
    const times = new Map(among.map((findingId) => [findingStream(findingId), 0]));
    for (let after = 0n; ;) {
      const page = await store.readAll(after, 2_000, { eventTypes: ['ProgressRecorded'] });
      for (const { stream, data } of page) {
        const before = times.get(stream);
        if (before !== undefined && (data as { text: string }).text === text) times.set(stream, before + 1);
      }
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.position;
    }
    return [...new Set(times.values())].sort();
  };

  it('is done by another process where the first one dies between doing rows and noting it, each row once', async () => {
    const text = '第一次进展';
    const dying = await startProcess();
    const job = await progressOn(dying, text);
    const store = dying.get(SelectionStore, { strict: false });
    const settle = SelectionStore.prototype.settle.bind(store);
    let chunks = 0;
    jest.spyOn(store, 'settle').mockImplementation((...of) => {
      chunks += 1;
      if (chunks > 1) throw new StoreUnavailable('the process is gone');
      return settle(...of);
    });
    await dying.get(Selections).run(job, false, job.actor);
    await dying.get(SelectionWork).idle();
    const left = await counts(job);
    expect([await stateOf(job), left?.done, left?.waiting]).toStrictEqual(['running', 250, 750]);

    const heir = await startProcess();
    await heir.get(SelectionWork).resume();
    await heir.get(SelectionWork).idle();
    expect([await stateOf(job), (await counts(job))?.done, await told(text)]).toStrictEqual(['done', ROWS, [1]]);
  });

  it('is worked on by one of two processes that both take it up', async () => {
    const text = '第二次进展';
    const job = await progressOn(main, text);
    const other = await startProcess();
    await main.get(Selections).run(job, false, job.actor);
    await other.get(SelectionWork).resume();
    await Promise.all([main, other].map((app) => app.get(SelectionWork).idle()));
    expect([await stateOf(job), (await counts(job))?.done, await told(text)]).toStrictEqual(['done', ROWS, [1]]);
  });

  it('keeps what is done when it is cancelled in the middle, and does nothing more', async () => {
    const text = '第三次进展';
    const job = await progressOn(main, text);
    const selections = main.get(Selections);
    const store = main.get(SelectionStore, { strict: false });
    const original = SelectionStore.prototype.settle.bind(store);
    const settle = jest.spyOn(store, 'settle').mockImplementation(async (...of) => {
      await selections.cancel(job, job.actor);
      return original(...of);
    });
    await selections.run(job, false, job.actor);
    await main.get(SelectionWork).idle();
    const left = await counts(job);
    expect([await stateOf(job), left?.done, left?.waiting, settle.mock.calls.length]).toStrictEqual(['cancelled', 250, 750, 1]);
    expect(await told(text)).toStrictEqual([0, 1]);
    await main.get(SelectionWork).resume();
    await main.get(SelectionWork).idle();
    expect((await counts(job))?.done).toBe(250);
  });

  it('runs rows that bring their own commands: in their order, up to the first refusal, and never those that need a sample', async () => {
    const by = await actor('dazeshan-clerk');
    const [one, two] = findings as [FindingId, FindingId];
    const revisionOf = async (id: FindingId): Promise<bigint> => {
      const events = await main.get(EventStore, { strict: false }).readStream(findingStream(id));
      return BigInt(events.length - 1);
    };
    const say = (text: string): FindingIntent => ({ type: 'RecordProgress', data: { legId: LEG, text, basicallyComplete: null } });
    const rest = { legId: LEG, revision: await revisionOf(one) };
    const rows = [
      { findingId: one, ...rest, intents: [say('表格甲'), say('表格乙')] },
      {
        findingId: two,
        legId: LEG,
        revision: await revisionOf(two),
        intents: [say('表格丙'), { type: 'AddComment', data: { text: ' ', legId: null } } as const, say('表格丁')],
      },
    ];
    const prepared = main.get(PreparedSelections);
    const request = { title: '台账', rows, by, commandId: idFrom('workbook', 1) as CommandId };
    const id = await prepared.open(request);
    expect(await prepared.open(request)).toBe(id);
    await prepared.run(id, by);
    await waitUntil(async () => (await prepared.standing(id))?.state === 'done');
    const results = await prepared.results(id, 0, 10);
    expect(results.map(({ findingId, state, refusal }) => [findingId, state, refusal?.code ?? null])).toStrictEqual([
      [one, 'done', null],
      [two, 'refused', 'text-required'],
    ]);
    expect((await prepared.results(id, 1, 10)).map(({ findingId }) => findingId)).toStrictEqual([two]);
    const said = await Promise.all(['表格甲', '表格乙', '表格丙', '表格丁'].map((text) => told(text, [one, two])));
    expect(said).toStrictEqual([[0, 1], [0, 1], [0, 1], [0]]);
    const verify: FindingIntent = { type: 'VerifyFinding', data: { method: 'documents', text: '看过' } };
    const sneaking = prepared.open({
      title: '台账',
      rows: [{ findingId: one, ...rest, intents: [verify] }],
      by,
      commandId: idFrom('workbook', 2) as CommandId,
    });
    await expect(sneaking).rejects.toMatchObject({ code: 'selection-needs-sample' });
  });

  it('is refused beyond the limit, before anything is kept', async () => {
    const by = await actor('dazeshan-clerk');
    const rows = Array.from({ length: 5_001 }, (_, i) => ({ findingId: idFrom('many', i) as FindingId, legId: LEG }));
    const opening = { step: 'SignForLeg', title: '', rows, said: { data: {} }, exceptions: [] } as const;
    const before = (await main.get(Selections).list(by)).length;
    await expect(main.get(Selections).open(opening, by, idFrom('too many') as CommandId)).rejects.toMatchObject({
      code: 'selection-too-large',
    });
    expect((await main.get(Selections).list(by)).length).toBe(before);
  });
});
