import { someEvent } from './event-store.contract';
import type { RecordedEvent } from './event-store.port';
import { PageCache } from './eventstoredb/page-cache';
import { Tail } from './tail';

const at = (position: number): RecordedEvent => ({ ...someEvent(), stream: 's', revision: BigInt(position), position: BigInt(position) });
const positions = (events: readonly RecordedEvent[] | null): readonly number[] | null => events?.map((e) => Number(e.position)) ?? null;

describe('The newest events in memory', () => {
  const limits = { maxEvents: 5, maxBytes: 1_000_000 };

  it('begin after what was there before them', () => {
    const tail = new Tail(10n, limits);
    expect([tail.after(9n, 5), tail.after(10n, 5), tail.upTo, tail.last]).toStrictEqual([null, [], 10n, 10n]);
  });

  it('take no event twice, and none that was passed over', () => {
    const tail = new Tail(10n, limits);
    expect([at(20), at(20), at(15), at(30)].map((event) => tail.add(event, 1))).toStrictEqual([true, false, false, true]);
    expect([tail.pass(25n), tail.pass(40n), tail.add(at(40), 1)]).toStrictEqual([false, true, false]);
    expect(positions(tail.after(10n, 9))).toStrictEqual([20, 30]);
    expect([tail.upTo, tail.last]).toStrictEqual([40n, 30n]);
  });

  it('are given from any place on, also between two events', () => {
    const tail = new Tail(0n, limits);
    for (const position of [10, 20, 30]) tail.add(at(position), 1);
    expect([0n, 10n, 15n, 30n, 99n].map((position) => positions(tail.after(position, 2)))).toStrictEqual([
      [10, 20],
      [20, 30],
      [20, 30],
      [],
      [],
    ]);
  });

  it.each([
    ['number', 1, 1_000_000],
    ['size', 100, 500],
  ])('are bounded by their %s, and say from where on they are complete', (_, bytes, maxBytes) => {
    const tail = new Tail(0n, { maxEvents: 5, maxBytes });
    for (let position = 1; position <= 100; position += 1) tail.add(at(position), bytes);
    const kept = [...Array(101).keys()].filter((position) => tail.after(BigInt(position), 99) !== null);
    expect(kept.length - 1).toBeGreaterThanOrEqual(5);
    expect(kept.length - 1).toBeLessThanOrEqual(10);
    expect(positions(tail.after(BigInt(kept[0] ?? 0), 99))).toStrictEqual(kept.slice(1));
  });
});

describe('Pages that several read', () => {
  const pageOf = (after: bigint, count: number, bytes: number) => ({
    events: Array.from({ length: count }, (_, i) => at(Number(after) + i + 1)),
    bytes,
  });

  it('are read once when they are asked for at the same time, or are full', async () => {
    const asked: bigint[] = [];
    const pages = new PageCache(
      async (after) => {
        asked.push(after);
        return pageOf(after, after < 4n ? 2 : 1, 10);
      },
      2,
      1_000,
    );
    for (const after of [0n, 0n, 2n, 4n, 4n]) await Promise.all([pages.read(after), pages.read(after)]);
    expect(asked).toStrictEqual([0n, 2n, 4n, 4n]);
  });

  it('make room for later ones, and are asked for again after an error', async () => {
    const asked: bigint[] = [];
    const pages = new PageCache(
      async (after) => {
        asked.push(after);
        if (asked.length === 1) throw new Error('away');
        return pageOf(after, 2, 60);
      },
      2,
      100,
    );
    await expect(pages.read(0n)).rejects.toThrow('away');
    for (const after of [0n, 0n, 2n, 2n, 0n]) await pages.read(after);
    expect(asked).toStrictEqual([0n, 0n, 2n, 0n]);
  });
});
