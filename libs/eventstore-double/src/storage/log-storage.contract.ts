import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { waitUntil } from '@app/testing';
import type { LogRecord, LogStorage, NewRecord, RecordBatch } from './log-storage';

const NONE = new Uint8Array();
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf8'));

export const someRecord = (over: Partial<NewRecord> = {}): NewRecord => ({
  id: randomUUID(),
  type: 'Noted',
  contentType: 'application/json',
  data: bytes('{"text":"大泽山镇"}'),
  metadata: NONE,
  created: 15_940_000_000_000_000n + 7n,
  ...over,
});

export const someRecords = (count: number): readonly NewRecord[] =>
  Array.from({ length: count }, (_, i) => someRecord({ data: bytes(`{"i":${i}}`) }));

/** As plain values: which kind of byte array a store gives back is its own affair. */
const plain = ({ data, metadata, ...rest }: NewRecord): unknown => ({ ...rest, data: [...data], metadata: [...metadata] });
const sent = ({ stream: _s, revision: _r, position: _p, ...record }: LogRecord): NewRecord => record;
const revisionsOf = (records: readonly LogRecord[]): readonly bigint[] => records.map((r) => r.revision);
const positionsOf = (records: readonly LogRecord[]): readonly bigint[] => records.map((r) => r.position);

const follow = (batches: AsyncIterable<RecordBatch>): Readonly<{ seen: RecordBatch[]; done: Promise<void> }> => {
  const seen: RecordBatch[] = [];
  const run = async (): Promise<void> => {
    for await (const batch of batches) seen.push(batch);
  };
  return { seen, done: run() };
};

/** What the engine may rely on. `open` gives an empty storage. */
export const logStorageContract = (name: string, open: () => Promise<LogStorage>): void => {
  describe(`The log of the double (${name})`, () => {
    let log: LogStorage;
    beforeEach(async () => {
      log = await open();
    });
    afterEach(async () => {
      await log.close();
    });

    const cameBack = async (stream: string, records: readonly NewRecord[]): Promise<void> => {
      await log.append(stream, 0n, records);
      const read = await log.readStream(stream, 0n, records.length + 1);
      expect(read.map(sent).map(plain)).toStrictEqual(records.map(plain));
      expect(read.every((record) => record.stream === stream)).toBe(true);
    };

    it('gives back every byte of data and metadata', async () => {
      const all = Uint8Array.from({ length: 256 }, (_, i) => i);
      await cameBack('bytes', [
        someRecord({ data: all, metadata: all, contentType: 'application/octet-stream' }),
        ...[...all].map((byte) => someRecord({ data: Uint8Array.of(byte), metadata: Uint8Array.of(byte, byte) })),
        someRecord({ data: NONE }),
      ]);
    });

    it('gives back JSON as it was written: spaces, order of keys, numbers, escapes of NUL and of half a surrogate pair', async () => {
      await cameBack(
        'json',
        [
          '{ "b": 1.0, "a":1e400,"a":2 }\n',
          '{"nul":"\\u0000","half":"\\ud800","other half":"\\udfff\\ud800","backslash":"\\\\u0000"}',
          '"\\u0000"',
          '{"emoji":"😀","bom":"\ufeff","last":"\uffff"}',
          '\ufeff{}',
          'no JSON at all',
        ].map((text) => someRecord({ data: bytes(text), metadata: bytes(text) })),
      );
    });

    it('gives back a raw NUL, a lone surrogate in UTF-8 and UTF-8 that is cut short', async () => {
      await cameBack(
        'raw',
        [
          [0x22, 0x00, 0x22],
          [0xed, 0xa0, 0x80],
          [0xe5, 0xa4],
          [0xc0, 0x80],
          [0xff, 0xfe, 0x00, 0x41],
          [0xf4, 0x90, 0x80, 0x80],
        ].map((raw) => someRecord({ data: Uint8Array.from(raw), metadata: Uint8Array.from(raw) })),
      );
    });

    it('gives back any bytes, types and names of streams', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.array(
            fc.record({
              data: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.string({ unit: 'binary' }).map(bytes)),
              metadata: fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.json().map(bytes)),
              type: fc.string({ unit: 'binary', minLength: 1 }),
              contentType: fc.constantFrom('application/json' as const, 'application/octet-stream' as const),
              created: fc.bigInt({ min: 0n, max: 99_999_999_999_999_999n }),
            }),
            { minLength: 1, maxLength: 5 },
          ),
          async (stream, records) => {
            run += 1;
            await cameBack(
              `${run} ${stream}`,
              records.map((record) => someRecord(record)),
            );
          },
        ),
        { numRuns: 60, seed: 20_200_706 },
      );
    });

    it('keeps streams apart whose names a database could not tell apart or hold', async () => {
      const long = 'x'.repeat(250);
      const names = [
        'a\0b',
        'ab',
        '\0',
        '\ud800',
        '\udbff',
        '\ufffd',
        `${long}1`,
        `${long}2`,
        long,
        '~sha256~',
        '~type~',
        '$all',
        '$$a',
        "'; --",
      ];
      for (const stream of names) await log.append(stream, 0n, [someRecord({ type: stream })]);
      for (const stream of names) {
        expect((await log.readStream(stream, 0n, 9)).map((r) => [r.stream, r.type, r.revision])).toStrictEqual([[stream, stream, 0n]]);
      }
      expect((await log.readAll(0n, 99)).map((r) => r.stream)).toStrictEqual(names);
    });

    it('numbers what is appended from the revision it is told, with growing positions over all streams', async () => {
      const last = await log.append('a', 0n, someRecords(2));
      await log.append('b', 0n, someRecords(1));
      const end = await log.append('a', 2n, someRecords(2));
      const all = await log.readAll(0n, 99);
      expect(all.map((r) => `${r.stream}${r.revision}`)).toStrictEqual(['a0', 'a1', 'b0', 'a2', 'a3']);
      const positions = positionsOf(all);
      expect(positions.every((position, i) => position > (positions[i - 1] ?? 0n))).toBe(true);
      expect([positions[1], positions[4]]).toStrictEqual([last, end]);
      expect(await log.head()).toBe(end);
    });

    it('takes the same id of a client twice, in one stream and in two', async () => {
      const record = someRecord();
      await log.append('a', 0n, [record, record]);
      await log.append('b', 0n, [record]);
      expect((await log.readAll(0n, 9)).map((r) => r.id)).toStrictEqual([record.id, record.id, record.id]);
    });

    it.each([0n, 2n, 5n])('refuses to number from %s when the next revision is 1, and stores nothing', async (at) => {
      await log.append('a', 0n, someRecords(1));
      await expect(log.append('a', at, someRecords(1))).rejects.toMatchObject({ name: 'StorageUnavailable' });
      expect(revisionsOf(await log.readStream('a', 0n, 9))).toStrictEqual([0n]);
    });

    it('reads a stream from a revision, and nothing past its end or where there is none', async () => {
      await log.append('a', 0n, someRecords(5));
      expect(revisionsOf(await log.readStream('a', 2n, 2))).toStrictEqual([2n, 3n]);
      expect(revisionsOf(await log.readStream('a', 4n, 9))).toStrictEqual([4n]);
      expect(await log.readStream('a', 5n, 9)).toStrictEqual([]);
      expect(await log.readStream('a', 2n ** 64n - 1n, 9)).toStrictEqual([]);
      expect(await log.readStream('b', 0n, 9)).toStrictEqual([]);
      expect(await log.readStream('a', 0n, 0)).toStrictEqual([]);
    });

    it('knows the last revision of streams of any length', async () => {
      expect(await log.lastRevision('none')).toBe(-1n);
      for (const length of [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 1_000, 4_095]) {
        await log.append(`of ${length}`, 0n, someRecords(length));
        expect(await log.lastRevision(`of ${length}`)).toBe(BigInt(length - 1));
      }
    });

    it('takes as many events at once as fit into an append of 1 MiB', async () => {
      await log.append('many', 0n, someRecords(30_000));
      expect(await log.lastRevision('many')).toBe(29_999n);
      expect(await log.readAll(0n, 30_001)).toHaveLength(30_000);
    });

    it('reads backwards what it reads forwards, from any position and with any limit', async () => {
      for (let i = 0n; i < 30n; i += 1n) await log.append(`s${i % 3n}`, (i / 3n) * 7n, someRecords(7));
      const all = await log.readAll(0n, 999);
      const reversed = [...all].reverse();
      expect(await log.readAllBackwards(2n ** 64n - 1n, 999)).toStrictEqual(reversed);
      const head = await log.head();
      for (const [back, limit] of [
        [-1n, 3],
        [0n, 1],
        [1n, 64],
        [17n, 65],
        [150n, 30],
        [209n, 5],
      ] as const) {
        const before = head - back;
        expect(await log.readAllBackwards(before, limit)).toStrictEqual(reversed.filter((r) => r.position < before).slice(0, limit));
      }
      expect(await log.readAllBackwards(all[0]?.position ?? 0n, 9)).toStrictEqual([]);
      expect(await log.readAllBackwards(0n, 9)).toStrictEqual([]);
      expect(await log.readAllBackwards(head, 0)).toStrictEqual([]);
    });

    it('says that an empty log is empty', async () => {
      expect(await log.head()).toBe(0n);
      expect(await log.readAll(0n, 9)).toStrictEqual([]);
      expect(await log.readAllBackwards(2n ** 64n - 1n, 9)).toStrictEqual([]);
    });

    it('follows history, then what comes, each once and in order, until it is told to stop', async () => {
      await log.append('a', 0n, someRecords(700));
      const stop = new AbortController();
      const { seen, done } = follow(log.subscribe(0n, stop.signal));
      await waitUntil(() => seen.some((batch) => batch.live), { what: 'the end of history' });
      for (let i = 0n; i < 20n; i += 1n) await log.append('b', i, someRecords(1));
      await waitUntil(() => seen.flatMap((batch) => batch.records).length >= 720, { what: 'the live events' });
      stop.abort();
      await done;
      expect(seen.flatMap((batch) => batch.records)).toStrictEqual(await log.readAll(0n, 999));
      expect(seen.at(-1)?.position).toBe(await log.head());
    });

    it('follows from after a position', async () => {
      const position = await log.append('a', 0n, someRecords(3));
      await log.append('a', 3n, someRecords(2));
      const stop = new AbortController();
      const { seen, done } = follow(log.subscribe(position, stop.signal));
      await waitUntil(() => seen.some((batch) => batch.live), { what: 'the end of history' });
      stop.abort();
      await done;
      expect(revisionsOf(seen.flatMap((batch) => batch.records))).toStrictEqual([3n, 4n]);
    });

    it('ends subscriptions when it is closed, and is unavailable from then on', async () => {
      const { done } = follow(log.subscribe(0n, new AbortController().signal));
      await log.close();
      await done;
      for (const call of [log.append('a', 0n, someRecords(1)), log.readAll(0n, 1), log.readStream('a', 0n, 1)]) {
        await expect(call).rejects.toMatchObject({ name: 'StorageUnavailable' });
      }
    });
  });
};
