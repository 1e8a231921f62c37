import { BACKWARDS, binaryEvent, END, type ReadStreamOptions, type StreamMetadata } from '@eventstore/db-client';
import { all, notes, onBothStages, pick, refusalOf, revisionsOf, someStream } from './stage';

const LATEST_FIRST: ReadStreamOptions = { direction: BACKWARDS, fromRevision: END };

onBothStages('The metadata of a stream', (stage) => {
  const revisions = async (stream: string, how?: ReadStreamOptions) => revisionsOf(await all(stage.client().readStream(stream, how)));
  const filled = async (count: number, metadata: StreamMetadata): Promise<string> => {
    const stream = someStream();
    await stage.client().setStreamMetadata(stream, metadata);
    await stage.client().appendToStream(stream, notes(count));
    return stream;
  };

  it('of a stream that has none is none, whether it has events or not', async () => {
    const stream = someStream();
    expect(await stage.client().getStreamMetadata(stream)).toStrictEqual({ streamName: stream });
    await stage.client().appendToStream(stream, notes(1));
    expect(await stage.client().getStreamMetadata(stream)).toStrictEqual({ streamName: stream });
  });

  it('comes back as it was set, with its own keys and the latest winning', async () => {
    const stream = someStream();
    const full = {
      maxAge: 2,
      cacheControl: 15,
      truncateBefore: 1,
      maxCount: 12,
      acl: { readRoles: ['admin'], writeRoles: ['admin'], deleteRoles: ['admin'], metaReadRoles: ['admin'], metaWriteRoles: ['admin'] },
      kitten: '😾 大泽山镇',
    };
    await stage.client().setStreamMetadata(stream, full);
    expect((await stage.client().getStreamMetadata(stream)).metadata).toStrictEqual(full);
    await stage.client().setStreamMetadata(stream, { maxCount: 3 });
    expect((await stage.client().getStreamMetadata(stream)).metadata).toStrictEqual({ maxCount: 3 });
    expect(await revisions(`$$${stream}`)).toStrictEqual([1n]);
  });

  it('is guarded by the expected revision of its own stream', async () => {
    const stream = someStream();
    await stage.client().setStreamMetadata(stream, { maxCount: 3 }, { expectedRevision: 'no_stream' });
    const refusal = await refusalOf(stage.client().setStreamMetadata(stream, { maxCount: 4 }, { expectedRevision: 'no_stream' }));
    expect(pick(refusal, 'streamName', 'actualVersion')).toStrictEqual({
      name: 'WrongExpectedVersionError',
      streamName: `$$${stream}`,
      actualVersion: 0n,
    });
    expect((await all(stage.client().readStream(`$$${stream}`))).map(({ event }) => event?.type)).toStrictEqual(['$metadata']);
  });

  it('$maxCount shows only the last ones, set before or afterwards', async () => {
    const stream = await filled(20, { maxCount: 2 });
    expect(await revisions(stream)).toStrictEqual([18n, 19n]);
    expect(await revisions(stream, LATEST_FIRST)).toStrictEqual([19n, 18n]);
    expect(await revisions(stream, { fromRevision: 5n, maxCount: 200 })).toStrictEqual([18n, 19n]);
    expect(await revisions(stream, { fromRevision: 0n, maxCount: 1 })).toStrictEqual([18n]);
    await stage.client().setStreamMetadata(stream, { maxCount: 5 });
    expect(await revisions(stream)).toStrictEqual([15n, 16n, 17n, 18n, 19n]);
  });

  it('$tb hides what is before it', async () => {
    const stream = await filled(10, { truncateBefore: 7 });
    expect(await revisions(stream)).toStrictEqual([7n, 8n, 9n]);
    expect(await revisions(stream, LATEST_FIRST)).toStrictEqual([9n, 8n, 7n]);
    expect(await revisions(stream, { direction: BACKWARDS, fromRevision: 3n })).toStrictEqual([]);
    await stage.client().setStreamMetadata(stream, { truncateBefore: 100 });
    expect(await revisions(stream)).toStrictEqual([]);
    expect((await stage.client().appendToStream(stream, notes(1))).nextExpectedRevision).toBe(10n);
  });

  it('$tb and $maxCount together show what both leave', async () => {
    expect(await revisions(await filled(10, { truncateBefore: 3, maxCount: 4 }))).toStrictEqual([6n, 7n, 8n, 9n]);
    expect(await revisions(await filled(10, { truncateBefore: 8, maxCount: 4 }))).toStrictEqual([8n, 9n]);
  });

  it('$maxAge hides what is older, by the clock of the server', async () => {
    const stream = await filled(3, { maxAge: 60 });
    stage.clock.now += 40_000;
    await stage.client().appendToStream(stream, notes(2));
    expect(await revisions(stream)).toStrictEqual([0n, 1n, 2n, 3n, 4n]);
    stage.clock.now += 30_000;
    expect(await revisions(stream)).toStrictEqual([3n, 4n]);
    expect(await revisions(stream, LATEST_FIRST)).toStrictEqual([4n, 3n]);
    stage.clock.now += 60_000;
    expect(await revisions(stream)).toStrictEqual([]);
  });

  it('hides from subscriptions to the stream what it hides from readers', async () => {
    const stream = await filled(25, { truncateBefore: 20 });
    const seen: (bigint | undefined)[] = [];
    for await (const { event } of stage.client().subscribeToStream(stream)) {
      seen.push(event?.revision);
      if (event?.revision === 24n) break;
    }
    expect(seen).toStrictEqual([20n, 21n, 22n, 23n, 24n]);
  });

  it('that nobody can read counts as none', async () => {
    const stream = someStream();
    await stage.client().appendToStream(stream, notes(3));
    await stage.client().appendToStream(`$$${stream}`, binaryEvent({ type: '$metadata', data: Buffer.from('{"$maxCount":') }));
    expect(await revisions(stream)).toStrictEqual([0n, 1n, 2n]);
  });

  it('has no metadata of its own', async () => {
    const refusal = await refusalOf(stage.client().appendToStream(`$$$$${someStream()}`, notes(1)));
    expect(pick(refusal)['name']).toMatch(/Error$/);
  });
});
