import { someEvent } from '../event-store.contract';
import type { RecordedEvent } from '../event-store.port';
import { WakeUp } from '../wake-up';
import { SharedTail } from './shared-tail';

const at = (position: number, type = 'Told'): RecordedEvent => ({
  ...someEvent(),
  type,
  stream: 's',
  revision: BigInt(position),
  position: BigInt(position),
});

describe('The newest events that subscriptions share', () => {
  const log: RecordedEvent[] = [];
  let reads: bigint[] = [];
  let appended: WakeUp;
  let tail: SharedTail;

  beforeEach(() => {
    log.splice(0, log.length, at(1), at(2));
    reads = [];
    appended = new WakeUp();
    const after = async (position: bigint, limit: number) => {
      reads.push(position);
      const found = log.filter((event) => event.position > position).slice(0, limit);
      await Promise.resolve();
      return found.map((event) => ({ event, bytes: 1 }));
    };
    tail = new SharedTail({ head: async () => log.at(-1)?.position ?? 0n, after }, appended, 60_000);
  });
  const append = (...events: readonly RecordedEvent[]): void => {
    log.push(...events);
    appended.wake();
  };
  const positions = (found: Awaited<ReturnType<SharedTail['next']>>): readonly bigint[] | null =>
    found?.events.map((event) => event.position) ?? null;

  it('are read once for all of them, and not again before something is appended', async () => {
    expect(await tail.next(2n, 10, undefined)).toStrictEqual({ events: [], position: 2n, live: true });
    append(at(3), at(4, 'Other'));
    const found = await Promise.all([
      tail.next(2n, 10, undefined),
      tail.next(2n, 10, { eventTypes: ['Other'] }),
      tail.next(2n, 10, { eventTypes: ['Never'] }),
    ]);
    expect(found.map(positions)).toStrictEqual([[3n, 4n], [4n], []]);
    expect(found.map((batch) => batch?.position)).toStrictEqual([4n, 4n, 4n]);
    expect(await tail.next(4n, 10, undefined)).toStrictEqual({ events: [], position: 4n, live: true });
    expect(reads).toStrictEqual([2n, 2n]);
  });

  it('hold what was appended while a read was under way', async () => {
    await tail.next(2n, 10, undefined);
    append(at(3));
    const first = tail.next(2n, 10, undefined);
    append(at(4));
    await first;
    expect(positions(await tail.next(2n, 10, undefined))).toStrictEqual([3n, 4n]);
  });

  it('come in batches, in order, to those that take their time', async () => {
    await tail.next(2n, 10, undefined);
    append(at(3), at(4), at(5));
    expect(await tail.next(2n, 2, undefined)).toMatchObject({ events: [{ position: 3n }, { position: 4n }], position: 4n, live: false });
    expect(await tail.next(4n, 2, undefined)).toMatchObject({ events: [{ position: 5n }], position: 5n, live: true });
  });

  it('are none of the older ones, which whoever needs them reads for itself', async () => {
    expect(await tail.next(1n, 10, undefined)).toBe(null);
    expect(await tail.next(0n, 10, undefined)).toBe(null);
  });

  it('do not end where a read was cut', async () => {
    await tail.next(2n, 10, undefined);
    append(...Array.from({ length: 1_200 }, (_, i) => at(i + 3)));
    const seen: bigint[] = [];
    let position = 2n;
    for (let live = false; !live;) {
      const batch = await tail.next(position, 5_000, undefined);
      if (batch === null) throw new Error('gone from memory');
      seen.push(...batch.events.map((event) => event.position));
      ({ position, live } = batch);
    }
    expect(seen).toStrictEqual(Array.from({ length: 1_200 }, (_, i) => BigInt(i + 3)));
  });

  it('wait for no wake-up for ever', async () => {
    const restless = new SharedTail(
      { head: async () => 2n, after: async (position) => log.filter((e) => e.position > position).map((event) => ({ event, bytes: 1 })) },
      appended,
      0,
    );
    await restless.next(2n, 10, undefined);
    log.push(at(3));
    expect(positions(await restless.next(2n, 10, undefined))).toStrictEqual([3n]);
  });

  it('are asked for again after a read that failed', async () => {
    let fails = true;
    const shaky = new SharedTail(
      {
        head: async () => 2n,
        after: async () => {
          if (fails) throw new Error('not now');
          return [{ event: at(3), bytes: 1 }];
        },
      },
      appended,
      60_000,
    );
    await expect(shaky.next(2n, 10, undefined)).rejects.toThrow('not now');
    fails = false;
    expect(positions(await shaky.next(2n, 10, undefined))).toStrictEqual([3n]);
  });
});
