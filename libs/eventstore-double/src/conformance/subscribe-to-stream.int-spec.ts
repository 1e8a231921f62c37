import { END, START, type SubscribeToStreamOptions } from '@eventstore/db-client';
import { all, note, notes, onBothStages, pick, revisionsOf, someStream } from './stage';
import { watch } from './watch';

onBothStages('A subscription to a stream', (stage) => {
  const subscribe = (stream: string, how: SubscribeToStreamOptions = {}) => watch(() => stage.client().subscribeToStream(stream, how));
  const filled = async (count: number): Promise<string> => {
    const stream = someStream();
    await stage.client().appendToStream(stream, notes(count));
    return stream;
  };

  it.each<{ how: SubscribeToStreamOptions; before: string[] }>([
    { how: {}, before: ['0', '1', '2', '3'] },
    { how: { fromRevision: START }, before: ['0', '1', '2', '3'] },
    { how: { fromRevision: 2n }, before: ['3'] },
    { how: { fromRevision: 3n }, before: [] },
    { how: { fromRevision: END }, before: [] },
  ])(
    'from $how.fromRevision is confirmed, gives what is after it, says once that it caught up, and goes on live',
    async ({ how, before }) => {
      const stream = await filled(4);
      const watched = subscribe(stream, how);
      await watched.until('caught up');
      expect(watched.story).toStrictEqual(['confirmed', ...before, 'caught up']);
      await stage.client().appendToStream(stream, notes(3));
      await stage.client().appendToStream(someStream(), notes(1));
      await stage.client().appendToStream(stream, notes(1));
      await watched.untilEvents(before.length + 4);
      expect(watched.story).toStrictEqual(['confirmed', ...before, 'caught up', '4', '5', '6', '7']);
      await watched.stop();
    },
  );

  it('waits for a stream that does not exist yet, and has caught up with it no sooner', async () => {
    const stream = someStream();
    const watched = subscribe(stream);
    await watched.until('confirmed');
    await stage.client().appendToStream(stream, notes(2));
    await watched.until('caught up');
    await stage.client().appendToStream(stream, notes(1));
    await watched.untilEvents(3);
    expect(watched.story).toStrictEqual(['confirmed', '0', '1', 'caught up', '2']);
    await watched.stop();
  });

  it('from the end of a stream that does not exist yet has caught up at once', async () => {
    const stream = someStream();
    const watched = subscribe(stream, { fromRevision: END });
    await watched.until('caught up');
    await stage.client().appendToStream(stream, notes(2));
    await watched.untilEvents(2);
    expect(watched.story).toStrictEqual(['confirmed', 'caught up', '0', '1']);
    await watched.stop();
  });

  it('from beyond the end gives nothing before that revision is passed', async () => {
    const stream = await filled(2);
    const watched = subscribe(stream, { fromRevision: 5n });
    await watched.until('caught up');
    for (let n = 0; n < 6; n += 1) await stage.client().appendToStream(stream, note());
    await watched.untilEvents(2);
    expect(revisionsOf(watched.events)).toStrictEqual([6n, 7n]);
    await watched.stop();
  });

  it('begun while events are being appended misses none and doubles none', async () => {
    const stream = await filled(500);
    const appending = (async () => {
      for (let n = 0; n < 50; n += 1) await stage.client().appendToStream(stream, notes(10));
    })();
    const watched = subscribe(stream);
    await appending;
    await watched.untilEvents(1_000);
    expect(revisionsOf(watched.events)).toStrictEqual(Array.from({ length: 1_000 }, (_, n) => BigInt(n)));
    await watched.stop();
  });

  it('keeps the events of a consumer that takes its time', async () => {
    const stream = await filled(200);
    const seen: (bigint | undefined)[] = [];
    for await (const { event } of stage.client().subscribeToStream(stream)) {
      seen.push(event?.revision);
      if (seen.length === 100) await stage.client().appendToStream(stream, notes(100));
      if (seen.length % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      if (seen.length === 300) break;
    }
    expect(seen).toStrictEqual(Array.from({ length: 300 }, (_, n) => BigInt(n)));
  });

  it('ends for the one who leaves, and for nobody else', async () => {
    const stream = await filled(1);
    const [leaver, stayer] = [subscribe(stream), subscribe(stream)];
    await leaver.until('caught up');
    await stayer.until('caught up');
    await leaver.stop();
    await stage.client().appendToStream(stream, notes(1));
    await stayer.untilEvents(2);
    expect([revisionsOf(leaver.events), leaver.errors]).toStrictEqual([[0n], []]);
    await stayer.stop();
  });

  it('ends with StreamDeleted when the stream was deleted for ever before or meanwhile', async () => {
    const stream = await filled(2);
    const meanwhile = subscribe(stream);
    await meanwhile.until('caught up');
    await stage.client().tombstoneStream(stream);
    await meanwhile.until('error');
    expect(revisionsOf(meanwhile.events)).toStrictEqual([0n, 1n]);
    const afterwards = subscribe(stream);
    await afterwards.until('error');
    for (const { errors } of [meanwhile, afterwards]) {
      expect(errors.map((error) => pick(error, 'streamName'))).toStrictEqual([{ name: 'StreamDeletedError', streamName: stream }]);
    }
  });

  it('says by an id which one it is', async () => {
    const stream = await filled(1);
    const subscription = stage.client().subscribeToStream(stream);
    for await (const _ of subscription) break;
    expect(typeof subscription.id).toBe('string');
    expect((await all(stage.client().readStream(stream))).length).toBe(1);
  });
});
