import { createCodec, InMemoryEventStore, type EventToAppend, type RecordedEvent } from '@app/event-store';
import { DomainError, idFrom } from '@app/kernel';
import { EVENT_METADATA, forgetEvents, freshDatabase, waitUntil, type FreshDatabase } from '@app/testing';
import type { DataSource } from 'typeorm';
import { createDataSource } from './data-source';
import { drainAll } from './drain';
import { PolicyRunner } from './policy-runner';
import type { Policy } from './projection';
import type { RunnerObserver } from './runner-observer';

const codec = createCodec({ Asked: { version: 1 }, Answered: { version: 1 } });

const event = (type: string, id: string): EventToAppend => ({
  id,
  type,
  version: 1,
  data: {},
  metadata: EVENT_METADATA,
});

describe('The policy runner', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let store: InMemoryEventStore;
  const stops: (() => Promise<void>)[] = [];
  const told: string[] = [];
  const observer: RunnerObserver = {
    applied: () => undefined,
    stopped: (reader, position) => told.push(`${reader} stopped@${position}`),
    refused: (policy, position, code) => told.push(`${policy} refused@${position}: ${code}`),
    unavailable: () => undefined,
  };

  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(async () => {
    await database.drop();
  });
  beforeEach(async () => {
    told.length = 0;
    await forgetEvents(database);
    dataSource = await createDataSource(database.url).initialize();
    store = new InMemoryEventStore();
  });
  afterEach(async () => {
    await Promise.all(stops.splice(0).map((stop) => stop()));
    await store.close();
    await dataSource.destroy();
  });

  const runnerOf = (...policies: readonly Policy[]): PolicyRunner =>
    new PolicyRunner({ store, dataSource, codec, policies, observer, lookEveryMs: 20, batchSize: 2 });
  const start = (runner: PolicyRunner): (() => Promise<void>) => {
    const stop = new AbortController();
    const done = runner.run(stop.signal);
    const end = async (): Promise<void> => {
      stop.abort();
      await done;
    };
    stops.push(end);
    return end;
  };
  const ask = async (n: number): Promise<void> => {
    await store.append(`q-${n}`, 'any', [event('Asked', idFrom('q', n))]);
  };
  /** Answers on a stream of its own, once however often it is told. */
  const answering = (): Policy => ({
    name: 'answering',
    handles: ['Asked'],
    react: async (asked: RecordedEvent) => {
      await store.append(asked.stream.replace('q', 'a'), 'any', [event('Answered', idFrom(asked.id, 'answering'))]);
    },
  });

  it('reacts to history and to what comes, in order', async () => {
    const seen: string[] = [];
    const policy: Policy = { name: 'seeing', handles: ['Asked'], react: async (e) => void seen.push(e.stream) };
    for (const n of [1, 2, 3]) await ask(n);
    start(runnerOf(policy));
    await waitUntil(() => seen.length === 3);
    await ask(4);
    await waitUntil(() => seen.length === 4);
    expect(seen).toStrictEqual(['q-1', 'q-2', 'q-3', 'q-4']);
  });

  it('goes on after a restart, and changes nothing when it is told again', async () => {
    for (const n of [1, 2, 3]) await ask(n);
    await runnerOf(answering()).drain();
    const before = await store.head();
    await dataSource.query('update checkpoint set "position" = 0');
    await runnerOf(answering()).drain();
    expect(await store.head()).toBe(before);
    expect((await store.readAll(0n, 10)).map((e) => e.stream)).toStrictEqual(['q-1', 'q-2', 'q-3', 'a-1', 'a-2', 'a-3']);
  });

  it('takes a refusal by the rules of the field for an answer', async () => {
    const policy: Policy = {
      name: 'refused',
      handles: ['Asked'],
      react: async () => {
        throw new DomainError('leg.closed', { zh: '已销号', en: 'closed' });
      },
    };
    await ask(1);
    await ask(2);
    await runnerOf(policy).drain();
    expect(told).toStrictEqual(['refused refused@1: leg.closed', 'refused refused@2: leg.closed']);
  });

  it('tries again what failed otherwise, in order, while other policies go on', async () => {
    let failures = 3;
    const seen: string[] = [];
    const stubborn: Policy = {
      name: 'stubborn',
      handles: ['Asked'],
      react: async (e) => {
        if (e.stream === 'q-1' && failures > 0) {
          failures -= 1;
          throw new Error('not now');
        }
        seen.push(e.stream);
      },
    };
    await ask(1);
    await ask(2);
    start(runnerOf(stubborn, answering()));
    await waitUntil(async () => (await store.head()) === 4n);
    await waitUntil(() => seen.length === 2);
    expect(seen).toStrictEqual(['q-1', 'q-2']);
  });

  it('works until nothing more follows', async () => {
    const chain: Policy = {
      name: 'chain',
      handles: ['Asked', 'Answered'],
      react: async (e) => {
        if (e.revision < 4n) await store.append(e.stream, 'any', [event('Answered', idFrom(e.id, 'next'))]);
      },
    };
    await ask(1);
    await drainAll(store, { drain: async () => undefined }, runnerOf(chain));
    expect((await store.readStream('q-1')).map((e) => e.type)).toStrictEqual(['Asked', 'Answered', 'Answered', 'Answered', 'Answered']);
  });

  it('says so when draining meets a policy that keeps failing', async () => {
    const broken: Policy = {
      name: 'broken',
      handles: ['Asked'],
      react: async () => {
        throw new Error('never');
      },
    };
    await ask(1);
    await expect(runnerOf(broken).drain()).rejects.toThrow('never');
  });

  it('runs each policy in one process only', async () => {
    const seen: string[] = [];
    const policyOf = (who: string): Policy => ({
      name: 'one',
      handles: ['Asked'],
      react: async (e) => void seen.push(`${who} ${e.stream}`),
    });
    const end = start(runnerOf(policyOf('first')));
    await ask(1);
    await waitUntil(() => seen.length === 1);
    start(runnerOf(policyOf('second')));
    await ask(2);
    await waitUntil(() => seen.length === 2);
    await end();
    await ask(3);
    await waitUntil(() => seen.length === 3);
    expect(seen).toStrictEqual(['first q-1', 'first q-2', 'second q-3']);
  });
});
