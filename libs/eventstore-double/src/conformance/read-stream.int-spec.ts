import { BACKWARDS, END, FORWARDS, START, type ReadStreamOptions } from '@eventstore/db-client';
import { all, notes, onBothStages, pick, refusalOf, revisionsOf, someStream } from './stage';

onBothStages('Reading a stream', (stage) => {
  const stream = someStream('read');
  const filled = async (count: number): Promise<string> => {
    const one = someStream();
    await stage.client().appendToStream(one, notes(count));
    return one;
  };
  beforeAll(async () => {
    await stage.client().appendToStream(stream, notes(8));
    await stage.client().appendToStream(someStream('other'), notes(3));
  });

  it.each<{ how: ReadStreamOptions; seen: number[] }>([
    { how: {}, seen: [0, 1, 2, 3, 4, 5, 6, 7] },
    { how: { direction: FORWARDS, fromRevision: START }, seen: [0, 1, 2, 3, 4, 5, 6, 7] },
    { how: { fromRevision: 3n }, seen: [3, 4, 5, 6, 7] },
    { how: { maxCount: 2 }, seen: [0, 1] },
    { how: { fromRevision: 6n, maxCount: 10 }, seen: [6, 7] },
    { how: { fromRevision: 8n }, seen: [] },
    { how: { fromRevision: 1_000_000n }, seen: [] },
    { how: { fromRevision: END }, seen: [] },
    { how: { direction: BACKWARDS, fromRevision: END }, seen: [7, 6, 5, 4, 3, 2, 1, 0] },
    { how: { direction: BACKWARDS, fromRevision: END, maxCount: 1 }, seen: [7] },
    { how: { direction: BACKWARDS, fromRevision: 1n }, seen: [1, 0] },
    { how: { direction: BACKWARDS, fromRevision: 2n, maxCount: 2 }, seen: [2, 1] },
    { how: { direction: BACKWARDS, fromRevision: START }, seen: [0] },
    { how: { direction: BACKWARDS, fromRevision: 1_000_000n }, seen: [7, 6, 5, 4, 3, 2, 1, 0] },
  ])('$how gives $seen', async ({ how, seen }) => {
    expect(revisionsOf(await all(stage.client().readStream(stream, how)))).toStrictEqual(seen.map(BigInt));
  });

  it('that was never written to says so, by its name', async () => {
    const missing = someStream('没有');
    const ways: ReadStreamOptions[] = [{}, { fromRevision: 5n }, { direction: BACKWARDS, fromRevision: END }];
    for (const how of ways) {
      expect(pick(await refusalOf(stage.client().readStream(missing, how)), 'streamName')).toStrictEqual({
        name: 'StreamNotFoundError',
        streamName: missing,
      });
    }
  });

  it('gives each event its position, sparse, growing and greater than 0', async () => {
    const positions = (await all(stage.client().readStream(stream))).map(({ event }) => event?.position?.commit ?? 0n);
    expect(positions.every((position, n) => position > (positions[n - 1] ?? 0n))).toBe(true);
    expect(positions).toHaveLength(8);
  });

  it('gives every event of a long stream once and in order, also to a consumer that is slow', async () => {
    const long = await filled(5_000);
    const seen: bigint[] = [];
    for await (const { event } of stage.client().readStream(long)) {
      seen.push(event?.revision ?? -1n);
      if (seen.length % 1_000 === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(seen).toStrictEqual(Array.from({ length: 5_000 }, (_, n) => BigInt(n)));
  });

  it('can be left in the middle, and others go on', async () => {
    const long = await filled(2_000);
    for await (const { event } of stage.client().readStream(long)) {
      if (event?.revision === 10n) break;
    }
    expect((await all(stage.client().readStream(long, { maxCount: 3 }))).length).toBe(3);
  });

  it('serves many readers at once', async () => {
    const reads = await Promise.all(Array.from({ length: 30 }, () => all(stage.client().readStream(stream))));
    expect(reads.map((read) => read.length)).toStrictEqual(reads.map(() => 8));
  });

  it('takes leave to say that it wants the leader', async () => {
    expect((await all(stage.client().readStream(stream, { requiresLeader: true }))).length).toBe(8);
  });
});
