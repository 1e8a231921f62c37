import fc from 'fast-check';
import { ArrayStorage } from '../testing/array-storage';
import type { NewRecord } from '../storage/log-storage';
import { Engine } from './engine';
import type { StreamPage, Visible } from './reader';

const record = (n: number, more: Partial<NewRecord> = {}): NewRecord => ({
  id: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  type: 'Noted',
  contentType: 'application/json',
  data: Buffer.from('{}'),
  metadata: Buffer.alloc(0),
  created: 0n,
  ...more,
});

const link = (n: number, to: string): NewRecord =>
  record(n, { type: '$>', data: Buffer.from(to), contentType: 'application/octet-stream' });

const pages = async (
  read: (there: Extract<Visible, { kind: 'there' }>, from: bigint) => Promise<StreamPage>,
  there: Visible,
  from: bigint,
): Promise<readonly bigint[]> => {
  const seen: bigint[] = [];
  if (there.kind !== 'there') return seen;
  for (let next: bigint | null = from; next !== null;) {
    const page: StreamPage = await read(there, next);
    seen.push(...page.records.map(({ revision }) => revision));
    next = page.next;
  }
  return seen;
};

describe('A reader', () => {
  it('sees, page by page, every event between its start and the end, forwards and backwards', async () => {
    const sizes = fc.record({
      count: fc.integer({ min: 1, max: 30 }),
      from: fc.integer({ min: 0, max: 40 }),
      limit: fc.integer({ min: 1, max: 9 }),
      truncateBefore: fc.integer({ min: 0, max: 35 }),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ count, from, limit, truncateBefore }) => {
        const storage = new ArrayStorage();
        await storage.append(
          's',
          0n,
          Array.from({ length: count }, (_, n) => record(n)),
        );
        await storage.append('$$s', 0n, [record(99, { data: Buffer.from(JSON.stringify({ $tb: truncateBefore })) })]);
        const { reader } = new Engine(storage);
        const there = await reader.visible('s');
        const visible = Array.from({ length: count }, (_, n) => n).filter((n) => n >= truncateBefore);
        expect(await pages((t, at) => reader.forwards('s', t, at, limit), there, BigInt(from))).toStrictEqual(
          visible.filter((n) => n >= from).map(BigInt),
        );
        expect(await pages((t, at) => reader.backwards('s', t, at, limit), there, BigInt(from))).toStrictEqual(
          visible
            .filter((n) => n <= from)
            .reverse()
            .map(BigInt),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('follows links, and keeps those that lead nowhere', async () => {
    const storage = new ArrayStorage();
    await storage.append('target@home', 0n, [record(1), record(2)]);
    const links = ['1@target@home', '7@target@home', '0@nowhere', 'nonsense', '@', '-1@target@home'].map((to, n) => link(10 + n, to));
    await storage.append('links', 0n, [...links, record(30)]);
    const { reader } = new Engine(storage);
    const resolved = await reader.resolve(await storage.readStream('links', 0n, 10));
    expect(resolved.map(({ event, link: by }) => [event?.id.slice(-2), by?.id.slice(-2)])).toStrictEqual([
      ['02', '10'],
      [undefined, '11'],
      [undefined, '12'],
      [undefined, '13'],
      [undefined, '14'],
      [undefined, '15'],
      ['30', undefined],
    ]);
  });

  it('does not follow a link to what its stream no longer shows', async () => {
    const storage = new ArrayStorage();
    const engine = new Engine(storage, () => 0);
    await storage.append('cut', 0n, [record(1), record(2)]);
    await storage.append('$$cut', 0n, [record(3, { data: Buffer.from('{"$maxCount":1}') })]);
    await engine.append('gone', { kind: 'any' }, [record(4)]);
    await engine.tombstone('gone', { kind: 'any' });
    await storage.append('links', 0n, [link(10, '0@cut'), link(11, '1@cut'), link(12, '0@gone')]);
    const resolved = await engine.reader.resolve(await storage.readStream('links', 0n, 10));
    expect(resolved.map(({ event }) => event?.id.slice(-2))).toStrictEqual([undefined, '02', undefined]);
  });
});
