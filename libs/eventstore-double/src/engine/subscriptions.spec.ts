import { randomUUID } from 'node:crypto';
import { ArrayStorage } from '../testing/array-storage';
import type { NewRecord } from '../storage/log-storage';
import { Engine } from './engine';
import { StreamIsDeleted, type AllSubscription, type SubscriptionItem } from './subscriptions';

const noted = (count: number, type = 'Noted'): NewRecord[] =>
  Array.from({ length: count }, () => ({
    id: randomUUID(),
    type,
    contentType: 'application/json',
    data: Buffer.from('{}'),
    metadata: Buffer.alloc(0),
    created: 0n,
  }));

const word = (item: SubscriptionItem): string => {
  switch (item.kind) {
    case 'caught-up':
      return 'caught up';
    case 'checkpoint':
      return `checkpoint ${String(item.position)}`;
    case 'event':
      return `${item.event?.stream ?? ''} ${String(item.event?.revision)}`;
  }
};

/** Reads as many items as are asked for; what it has read goes on where it stopped. */
const reader = (subscribed: Promise<AsyncGenerator<readonly SubscriptionItem[]>>): ((count: number) => Promise<readonly string[]>) => {
  const rest: string[] = [];
  return async (count) => {
    const items = await subscribed;
    while (rest.length < count) {
      const { value, done } = await items.next();
      if (done === true) break;
      rest.push(...value.map(word));
    }
    return rest.splice(0, count);
  };
};

const ANY = { kind: 'any' } as const;

describe('A subscription to $all', () => {
  let storage: ArrayStorage;
  let engine: Engine;
  let controller: AbortController;
  beforeEach(() => {
    storage = new ArrayStorage();
    engine = new Engine(storage);
    controller = new AbortController();
  });
  afterEach(() => controller.abort());

  const subscribe = (options: Partial<AllSubscription>): ((count: number) => Promise<readonly string[]>) =>
    reader(engine.subscribeToAll({ after: 0n, resolveLinks: false, filter: null, ...options }, controller.signal));
  const noSystem = (checkpointInterval: number): AllSubscription['filter'] => ({
    matches: ({ type }) => !type.startsWith('$'),
    checkpointInterval,
  });

  it('begins with history, says once that it has caught up, and goes on', async () => {
    await engine.append('a', ANY, noted(2));
    const next = subscribe({});
    expect(await next(3)).toStrictEqual(['a 0', 'a 1', 'caught up']);
    await engine.append('b', ANY, noted(2));
    expect(await next(2)).toStrictEqual(['b 0', 'b 1']);
  });

  it('has caught up at once where there is nothing after its start, and gives no checkpoint for that', async () => {
    await engine.append('a', ANY, noted(3));
    const [fromEnd, fromLast, fromLater] = [{ after: 'end' as const }, { after: 3n }, { after: 9n }].map((from) =>
      subscribe({ ...from, filter: noSystem(32) }),
    );
    for (const next of [fromEnd, fromLast, fromLater]) expect(await next?.(1)).toStrictEqual(['caught up']);
    await engine.append('a', ANY, noted(1));
    for (const next of [fromEnd, fromLast]) expect(await next?.(1)).toStrictEqual(['a 3']);
  });

  it('from the end misses nothing that is appended once it has begun, however late it is read', async () => {
    await engine.append('a', ANY, noted(1));
    const begun = await engine.subscribeToAll({ after: 'end', resolveLinks: false, filter: null }, controller.signal);
    await engine.append('a', ANY, noted(1));
    expect(await reader(Promise.resolve(begun))(2)).toStrictEqual(['caught up', 'a 1']);
  });

  it('gives a checkpoint when it goes live, also where nothing matched', async () => {
    await engine.append('a', ANY, noted(3, '$quiet'));
    const next = subscribe({ filter: noSystem(32) });
    expect(await next(2)).toStrictEqual(['checkpoint 3', 'caught up']);
    await engine.append('a', ANY, noted(1));
    expect(await next(1)).toStrictEqual(['a 3']);
  });

  it('gives a checkpoint after each interval of events considered, matching or not', async () => {
    await engine.append('a', ANY, [...noted(3, '$quiet'), ...noted(1), ...noted(4, '$quiet')]);
    const next = subscribe({ filter: noSystem(3) });
    expect(await next(5)).toStrictEqual(['checkpoint 3', 'a 3', 'checkpoint 6', 'checkpoint 8', 'caught up']);
    await engine.append('b', ANY, noted(7, '$quiet'));
    expect(await next(2)).toStrictEqual(['checkpoint 11', 'checkpoint 14']);
  });

  it('gives no checkpoint twice', async () => {
    await engine.append('a', ANY, noted(4, '$quiet'));
    expect(await subscribe({ filter: noSystem(2) })(3)).toStrictEqual(['checkpoint 2', 'checkpoint 4', 'caught up']);
  });
});

describe('A subscription to a stream', () => {
  let engine: Engine;
  let controller: AbortController;
  beforeEach(() => {
    engine = new Engine(new ArrayStorage());
    controller = new AbortController();
  });
  afterEach(() => controller.abort());

  const subscribe = (stream: string, after: bigint | 'end' = -1n): ((count: number) => Promise<readonly string[]>) =>
    reader(engine.subscribeToStream(stream, { after, resolveLinks: false }, controller.signal));

  it('begins after its revision, says once that it has caught up, and goes on', async () => {
    await engine.append('a', ANY, noted(3));
    const next = subscribe('a', 0n);
    expect(await next(3)).toStrictEqual(['a 1', 'a 2', 'caught up']);
    await engine.append('b', ANY, noted(1));
    await engine.append('a', ANY, noted(2));
    expect(await next(2)).toStrictEqual(['a 3', 'a 4']);
  });

  it('waits for a stream that is not there yet, and passes over what comes before its start', async () => {
    const [fromStart, fromEnd, fromOne] = [subscribe('a'), subscribe('a', 'end'), subscribe('a', 1n)];
    expect(await fromEnd(1)).toStrictEqual(['caught up']);
    await engine.append('a', ANY, noted(3));
    expect(await fromStart(4)).toStrictEqual(['a 0', 'a 1', 'a 2', 'caught up']);
    expect(await fromEnd(1)).toStrictEqual(['a 0']);
    expect(await fromOne(2)).toStrictEqual(['a 2', 'caught up']);
  });

  it('from the end misses nothing that is appended once it has begun, however late it is read', async () => {
    await engine.append('a', ANY, noted(1));
    const begun = await engine.subscribeToStream('a', { after: 'end', resolveLinks: false }, controller.signal);
    await engine.append('a', ANY, noted(1));
    expect([...(await reader(Promise.resolve(begun))(2))].sort()).toStrictEqual(['a 1', 'caught up']);
  });

  it('shows of history what the metadata shows, and everything that comes later', async () => {
    await engine.append('a', ANY, noted(5));
    await engine.append(
      '$$a',
      ANY,
      noted(1).map((event) => ({ ...event, data: Buffer.from('{"$maxCount":1}') })),
    );
    const next = subscribe('a');
    expect(await next(2)).toStrictEqual(['a 4', 'caught up']);
    await engine.append('a', ANY, noted(3));
    expect(await next(3)).toStrictEqual(['a 5', 'a 6', 'a 7']);
  });

  it('shows nothing of a softly deleted stream but what comes after', async () => {
    await engine.append('a', ANY, noted(3));
    const watching = subscribe('a', 1n);
    expect(await watching(2)).toStrictEqual(['a 2', 'caught up']);
    await engine.delete('a', ANY);
    const late = subscribe('a');
    await engine.append('a', ANY, noted(1));
    expect([await watching(1), await late(2)]).toStrictEqual([['a 3'], ['a 3', 'caught up']]);
  });

  it('ends with a stream that is deleted for ever, before or while it is watched', async () => {
    await engine.append('a', ANY, noted(1));
    const next = subscribe('a');
    expect(await next(2)).toStrictEqual(['a 0', 'caught up']);
    await engine.tombstone('a', ANY);
    await expect(next(1)).rejects.toThrow(StreamIsDeleted);
    await expect(subscribe('a')(1)).rejects.toThrow(StreamIsDeleted);
  });

  it('ends when its caller has gone', async () => {
    const next = subscribe('a', 'end');
    expect(await next(1)).toStrictEqual(['caught up']);
    const waiting = [next(1), subscribe('not-there')(1)];
    controller.abort();
    expect(await Promise.all(waiting)).toStrictEqual([[], []]);
  });
});
