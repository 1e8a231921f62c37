import { randomUUID } from 'node:crypto';
import { flakyProxy, forgetEvents, freshDatabase, type FlakyProxy, type FreshDatabase } from '@app/testing';
import { someEvent } from '../event-store.contract';
import type { RecordedEvent } from '../event-store.port';
import { InMemoryEventStore } from '../in-memory-event-store';
import { PostgresEventStore } from '../postgres/postgres-event-store';
import { copyEvents, type CopyOptions } from './copy-events';
import type { CopySink } from './copy-sink';
import { PostgresCopySink } from './postgres-copy-sink';

const without = (events: readonly RecordedEvent[]) => events.map(({ position: _, ...rest }) => rest);

describe('Copying events into PostgreSQL', () => {
  const source = new InMemoryEventStore();
  let database: FreshDatabase;
  let proxy: FlakyProxy;
  let target: PostgresEventStore;
  let direct: PostgresEventStore;
  let sink: PostgresCopySink;
  const copy = (more: Partial<CopyOptions> = {}) =>
    copyEvents({ source, target, sink, signal: new AbortController().signal, patienceMs: 20_000, ...more });

  beforeAll(async () => {
    database = await freshDatabase();
    for (let n = 0; n < 2_000; n += 1) {
      const events = Array.from({ length: 1 + (n % 3) }, (_, i) =>
        someEvent('Noted', { n, i, x: [0.1, 1e21, -7], 文: '夼\\u0041' }, randomUUID()),
      );
      await source.append(`finding-${String(n % 37)}`, 'any', events);
    }
  });
  afterAll(() => database.drop());
  beforeEach(async () => {
    await forgetEvents(database);
    proxy = await flakyProxy(database.url);
    direct = new PostgresEventStore({ url: database.url });
    target = new PostgresEventStore({ url: proxy.url, answerWithinMs: 500 });
    sink = new PostgresCopySink(proxy.url);
  });
  afterEach(async () => {
    await sink.close();
    await target.close();
    await direct.close();
    await proxy.close();
  });
  const wholeTarget = async () => without(await direct.readAll(0n, 10_000));
  const wholeSource = async () => without(await source.readAll(0n, 10_000));

  it('keeps everything, in order', async () => {
    const { count, copied, hashes } = await copy();
    expect([count, copied, hashes.target]).toStrictEqual([3_999, 3_999, hashes.source]);
    expect(await wholeTarget()).toStrictEqual(await wholeSource());
    expect(await copy()).toStrictEqual({ count, copied: 0, sourceGrew: false, behind: false, hashes });
  });

  it('goes on over connections that are cut', async () => {
    let batch = 0;
    const troubled: CopySink = {
      append: async (runs) => {
        batch += 1;
        if (batch % 2 === 0) proxy.cut();
        const going = sink.append(runs);
        if (batch % 2 === 0) proxy.mend();
        await going;
      },
      close: () => sink.close(),
    };
    let troubles = 0;
    await copy({ sink: troubled, onTrouble: () => (troubles += 1) });
    expect(troubles > 0).toBe(true);
    expect(await wholeTarget()).toStrictEqual(await wholeSource());
  });

  it('stores a page whole or not at all', async () => {
    await direct.append('finding-5', 'no-stream', [someEvent()]);
    const events = [someEvent(), someEvent(), someEvent()];
    const runs = events.map((event, n) => ({ stream: `finding-${String(n + 4)}`, expected: 'no-stream' as const, events: [event] }));
    await expect(sink.append(runs)).rejects.toMatchObject({ name: 'ConcurrencyConflict', stream: 'finding-5' });
    expect((await direct.readAll(0n, 10)).length).toBe(1);
    await expect(sink.append([{ stream: 's', expected: 'no-stream', events: [someEvent('A', '\0')] }])).rejects.toThrow(RangeError);
    await sink.append(runs.slice(0, 1));
    expect((await direct.readAll(0n, 10)).map(({ stream }) => stream)).toStrictEqual(['finding-5', 'finding-4']);
  });

  it('refuses a database that holds an event of somebody else', async () => {
    await direct.append('foreign', 'no-stream', [someEvent()]);
    await expect(copy()).rejects.toMatchObject({ because: 'differs', eventNumber: 1 });
    expect((await direct.readAll(0n, 10)).length).toBe(1);
  });
});
