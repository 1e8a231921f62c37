import { ANY, BACKWARDS, END, NO_STREAM, STREAM_EXISTS, type ExpectedRevision } from '@eventstore/db-client';
import { all, notes, onBothStages, pick, refusalOf, revisionsOf, someStream } from './stage';

onBothStages('Deleting a stream', (stage) => {
  const filled = async (count = 4): Promise<string> => {
    const stream = someStream();
    await stage.client().appendToStream(stream, notes(count));
    return stream;
  };

  describe.each([
    { way: 'softly', remove: 'deleteStream', read: 'StreamNotFoundError' },
    { way: 'for ever', remove: 'tombstoneStream', read: 'StreamDeletedError' },
  ] as const)('$way', ({ remove, read }) => {
    it.each<{ expected: ExpectedRevision }>([{ expected: ANY }, { expected: 3n }])(
      'that expects $expected hides what it held',
      async ({ expected }) => {
        const stream = await filled();
        const { position } = await stage.client()[remove](stream, { expectedRevision: expected });
        for (const how of [{}, { fromRevision: 2n }, { direction: BACKWARDS, fromRevision: END } as const]) {
          expect(pick(await refusalOf(stage.client().readStream(stream, how)), 'streamName')).toStrictEqual({
            name: read,
            streamName: stream,
          });
        }
        const [last] = await all(stage.client().readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }));
        expect(position).toStrictEqual(last?.event?.position);
      },
    );

    it.each<{ expected: ExpectedRevision }>([{ expected: 2n }, { expected: 9n }, { expected: NO_STREAM }])(
      'is refused when $expected was expected of a stream at revision 3',
      async ({ expected }) => {
        const stream = await filled();
        const refusal = await refusalOf(stage.client()[remove](stream, { expectedRevision: expected }));
        expect(pick(refusal, 'streamName', 'expectedVersion', 'actualVersion')).toStrictEqual({
          name: 'WrongExpectedVersionError',
          streamName: stream,
          expectedVersion: expected === NO_STREAM ? -1n : expected,
          actualVersion: 3n,
        });
        expect((await all(stage.client().readStream(stream))).length).toBe(4);
      },
    );

    it('of one that never was is refused where something was expected', async () => {
      const stream = someStream();
      expect(pick(await refusalOf(stage.client()[remove](stream, { expectedRevision: 0n })))).toStrictEqual({
        name: 'WrongExpectedVersionError',
      });
    });
  });

  describe('softly', () => {
    it('of one that never was is refused, whatever was expected', async () => {
      for (const expectedRevision of [ANY, NO_STREAM] as const) {
        const stream = someStream();
        expect(pick(await refusalOf(stage.client().deleteStream(stream, { expectedRevision })), 'streamName')).toStrictEqual({
          name: 'WrongExpectedVersionError',
          streamName: stream,
        });
      }
    });

    it('works on one that has nothing but metadata', async () => {
      const stream = someStream();
      await stage.client().setStreamMetadata(stream, { cacheControl: 10 });
      expect((await stage.client().deleteStream(stream, { expectedRevision: NO_STREAM })).position).toBeDefined();
    });

    it.each<{ expected: ExpectedRevision }>([{ expected: ANY }, { expected: NO_STREAM }, { expected: 3n }])(
      'is undone by the next append (expecting $expected), whose numbers go on; what was before stays hidden',
      async ({ expected }) => {
        const stream = await filled();
        await stage.client().deleteStream(stream);
        const { nextExpectedRevision } = await stage.client().appendToStream(stream, notes(2), { expectedRevision: expected });
        expect(nextExpectedRevision).toBe(5n);
        expect(revisionsOf(await all(stage.client().readStream(stream)))).toStrictEqual([4n, 5n]);
        expect(revisionsOf(await all(stage.client().readStream(stream, { direction: BACKWARDS, fromRevision: END })))).toStrictEqual([
          5n,
          4n,
        ]);
        expect((await stage.client().getStreamMetadata(stream)).metadata?.truncateBefore).toBe(4);
      },
    );

    it('keeps its other metadata when it comes back', async () => {
      const stream = await filled();
      await stage.client().deleteStream(stream);
      await stage.client().appendToStream(stream, notes(1));
      await stage.client().setStreamMetadata(stream, { truncateBefore: 4, maxCount: 2 });
      await stage.client().appendToStream(stream, notes(5));
      expect(revisionsOf(await all(stage.client().readStream(stream)))).toStrictEqual([8n, 9n]);
    });

    it('refuses an append that wants the stream to exist', async () => {
      const stream = await filled();
      await stage.client().deleteStream(stream);
      const refusal = await refusalOf(stage.client().appendToStream(stream, notes(1), { expectedRevision: STREAM_EXISTS }));
      expect(['StreamDeletedError', 'WrongExpectedVersionError']).toContain(pick(refusal)['name']);
    });
  });

  describe('for ever', () => {
    it('works on one that never was', async () => {
      for (const expectedRevision of [ANY, NO_STREAM] as const) {
        const stream = someStream();
        await stage.client().tombstoneStream(stream, { expectedRevision });
        expect(pick(await refusalOf(stage.client().readStream(stream)))).toStrictEqual({ name: 'StreamDeletedError' });
      }
    });

    it('refuses every later append, delete and change of metadata', async () => {
      const stream = await filled();
      await stage.client().tombstoneStream(stream);
      const plain = { credentials: { username: 'admin', password: 'changeit' } };
      for (const later of [
        stage.client().appendToStream(stream, notes(1)),
        stage.client().appendToStream(stream, notes(1), { expectedRevision: 3n }),
        stage.client().appendToStream(stream, notes(1), plain),
        stage.client().deleteStream(stream),
        stage.client().tombstoneStream(stream),
      ]) {
        expect(pick(await refusalOf(later), 'streamName')).toStrictEqual({ name: 'StreamDeletedError', streamName: stream });
      }
      expect(pick(await refusalOf(stage.client().setStreamMetadata(stream, { maxCount: 1 })))).toStrictEqual({
        name: 'StreamDeletedError',
      });
    });

    it('writes $streamDeleted with the highest revision there is into the log', async () => {
      const stream = await filled();
      await stage.client().tombstoneStream(stream);
      const [last] = await all(stage.client().readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }));
      expect([last?.event?.type, last?.event?.streamId, last?.event?.revision]).toStrictEqual(['$streamDeleted', stream, 2n ** 63n - 1n]);
    });

    it('works also after a soft delete', async () => {
      const stream = await filled();
      await stage.client().deleteStream(stream);
      await stage.client().tombstoneStream(stream);
      expect(pick(await refusalOf(stage.client().readStream(stream)))).toStrictEqual({ name: 'StreamDeletedError' });
    });
  });
});
