import { EventStoreDBClient, jsonEvent, type EventData } from '@eventstore/db-client';
import { waitUntil } from '@app/testing';
import { NO_FAULTS, type Faults } from '../faults/faults';
import type { RunningDouble } from '../server/double-options';
import { startDouble } from '../server/start-double';

const note = (): EventData => jsonEvent({ type: 'Noted', data: { text: '大泽山镇' } });
/** Over Append; without credentials the client batches. */
const PLAIN = { credentials: { username: 'admin', password: 'changeit' } };

const nameOf = (error: unknown): string => (error instanceof Error ? error.constructor.name : String(error));
const refusalOf = (work: Promise<unknown>): Promise<string> => work.then(() => 'none', nameOf);

describe('The streams of a double that misbehaves', () => {
  let faults: Partial<Faults> = {};
  let double: RunningDouble;
  let client: EventStoreDBClient;

  beforeAll(async () => {
    double = await startDouble({
      faults: {
        beforeWrite: (stream) => (faults.beforeWrite ?? NO_FAULTS.beforeWrite)(stream),
        afterCommit: (stream) => (faults.afterCommit ?? NO_FAULTS.afterCommit)(stream),
        beforeRead: (what) => (faults.beforeRead ?? NO_FAULTS.beforeRead)(what),
        beforeMessage: (sent) => (faults.beforeMessage ?? NO_FAULTS.beforeMessage)(sent),
      },
    });
  });
  beforeEach(() => {
    faults = {};
    client = EventStoreDBClient.connectionString(double.connectionString);
  });
  afterEach(() => client.dispose());
  afterAll(() => double.close());

  const count = async (stream: string): Promise<number> => {
    let events = 0;
    for await (const _ of client.readStream(stream)) events += 1;
    return events;
  };

  /** A call may meet the connection that was just cut. */
  const again = async (work: () => Promise<unknown>): Promise<void> => {
    await waitUntil(() =>
      work().then(
        () => true,
        () => false,
      ),
    );
  };

  it.each([
    ['batched', {}],
    ['plain', PLAIN],
  ])('refuse an append as a follower does, or as one that cannot serve (%s)', async (how, options) => {
    faults = { beforeWrite: () => 'not-leader' };
    expect(await refusalOf(client.appendToStream(`follower-${how}`, note(), options))).toBe('NotLeaderError');
    faults = { beforeWrite: () => 'unavailable' };
    await again(async () => {
      if ((await refusalOf(client.appendToStream(`follower-${how}`, note(), options))) !== 'UnavailableError') throw new Error('not yet');
    });
    faults = {};
    await again(() => client.appendToStream(`follower-${how}`, note(), options));
    expect(await count(`follower-${how}`)).toBe(1);
  });

  it.each([
    ['batched', {}],
    ['plain', PLAIN],
  ])('lose the answer to an append that was committed (%s)', async (how, options) => {
    await client.appendToStream(`lost-${how}`, note(), options);
    faults = { afterCommit: () => 'drop' };
    expect(await refusalOf(client.appendToStream(`lost-${how}`, note(), options))).toBe('UnavailableError');
    faults = {};
    await again(async () => expect(await count(`lost-${how}`)).toBe(2));
  });

  it('lose an append before it was taken up', async () => {
    await client.appendToStream('untaken', note());
    faults = { beforeWrite: () => 'drop' };
    expect(await refusalOf(client.appendToStream('untaken', note()))).toBe('UnavailableError');
    faults = {};
    await again(async () => expect(await count('untaken')).toBe(1));
  });

  it('leave an append without a word, and go on with the others on the same call', async () => {
    await client.appendToStream('word', note());
    faults = { afterCommit: (stream) => (stream === 'no-word' ? 'stall' : 'go') };
    let answered = false;
    void refusalOf(client.appendToStream('no-word', note())).then(() => (answered = true));
    await client.appendToStream('word', note());
    expect([answered, await count('no-word'), await count('word')]).toStrictEqual([false, 1, 2]);
  });

  it('cut a read after some messages', async () => {
    await client.appendToStream('cut', Array.from({ length: 20 }, note));
    faults = { beforeMessage: (sent) => (sent === 7 ? 'drop' : 'go') };
    let seen = 0;
    const reading = async (): Promise<void> => {
      for await (const _ of client.readStream('cut')) seen += 1;
    };
    expect(await refusalOf(reading())).toBe('UnavailableError');
    expect(seen <= 7).toBe(true);
  });

  it('fall silent in a subscription, and close nothing', async () => {
    await client.appendToStream('silent', Array.from({ length: 5 }, note));
    faults = { beforeMessage: (sent) => (sent >= 4 ? 'stall' : 'go') };
    const seen: string[] = [];
    const subscription = client
      .subscribeToStream('silent')
      .on('data', () => seen.push('event'))
      .on('error', () => seen.push('error'));
    await waitUntil(() => seen.length === 3);
    faults = {};
    await client.appendToStream('silent', note());
    expect(await count('silent')).toBe(6);
    expect(seen).toStrictEqual(['event', 'event', 'event']);
    await subscription.unsubscribe();
  });

  it.each(['stream', 'all', 'subscription'] as const)('refuse to begin as a follower does (%s)', async (kind) => {
    faults = { beforeRead: (what) => (what === kind ? 'not-leader' : 'go') };
    const source = { stream: () => client.readStream('x'), all: () => client.readAll(), subscription: () => client.subscribeToStream('x') }[
      kind
    ]();
    const reading = async (): Promise<void> => {
      for await (const event of source) throw new Error(`read ${String(event.event?.type)}`);
    };
    expect(await refusalOf(reading())).toBe('NotLeaderError');
  });
});
