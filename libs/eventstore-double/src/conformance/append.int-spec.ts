import { randomUUID } from 'node:crypto';
import { ANY, binaryEvent, jsonEvent, NO_STREAM, STREAM_EXISTS, type AppendExpectedRevision } from '@eventstore/db-client';
import { all, note, notes, onBothStages, pick, refusalOf, revisionsOf, someStream } from './stage';

/** Credentials of its own make the client leave BatchAppend for the plain Append RPC. */
const PLAIN = { credentials: { username: 'admin', password: 'changeit' } };

onBothStages('An append', (stage) => {
  describe.each([
    { by: 'BatchAppend', how: {} },
    { by: 'Append', how: PLAIN },
  ])('by $by', ({ how }) => {
    it('answers the revision and the position of its last event', async () => {
      const stream = someStream();
      const first = await stage.client().appendToStream(stream, notes(3), how);
      const second = await stage.client().appendToStream(stream, notes(2), how);
      const read = await all(stage.client().readStream(stream));
      expect([first.success, first.nextExpectedRevision, second.nextExpectedRevision]).toStrictEqual([true, 2n, 4n]);
      expect([first.position, second.position]).toStrictEqual([read[2]?.event?.position, read[4]?.event?.position]);
    });

    it.each<{ expected: AppendExpectedRevision; empty: boolean; filled: boolean }>([
      { expected: ANY, empty: true, filled: true },
      { expected: NO_STREAM, empty: true, filled: false },
      { expected: STREAM_EXISTS, empty: false, filled: true },
      { expected: 0n, empty: false, filled: false },
      { expected: 1n, empty: false, filled: true },
      { expected: 2n, empty: false, filled: false },
    ])('that expects $expected is taken by a new stream: $empty, by one of two events: $filled', async ({ expected, empty, filled }) => {
      for (const [fits, before, actual] of [
        [empty, 0, NO_STREAM],
        [filled, 2, 1n],
      ] as const) {
        const stream = someStream();
        if (before > 0) await stage.client().appendToStream(stream, notes(before), how);
        const appending = stage.client().appendToStream(stream, notes(1), { ...how, expectedRevision: expected });
        if (fits) expect((await appending).nextExpectedRevision).toBe(BigInt(before));
        else {
          expect(pick(await refusalOf(appending), 'streamName', 'expectedVersion', 'actualVersion')).toStrictEqual({
            name: 'WrongExpectedVersionError',
            streamName: stream,
            expectedVersion: expected,
            actualVersion: actual,
          });
        }
      }
    });

    it.each<{ expected: AppendExpectedRevision }>([{ expected: ANY }, { expected: NO_STREAM }, { expected: -1n }])(
      'that is repeated with the same event ids (expecting $expected) stores nothing and answers as before',
      async ({ expected }) => {
        if (expected === -1n) expected = 1n;
        const stream = someStream();
        if (expected === 1n) await stage.client().appendToStream(stream, notes(2), how);
        const events = notes(3);
        const first = await stage.client().appendToStream(stream, events, { ...how, expectedRevision: expected });
        const again = await stage.client().appendToStream(stream, events, { ...how, expectedRevision: expected });
        expect(again).toStrictEqual(first);
        expect((await all(stage.client().readStream(stream))).length).toBe(expected === 1n ? 5 : 3);
      },
    );

    it('with some known and some new ids is refused', async () => {
      const stream = someStream();
      const [known, other] = [note(), note()];
      await stage.client().appendToStream(stream, [known], { ...how, expectedRevision: NO_STREAM });
      const refusal = await refusalOf(stage.client().appendToStream(stream, [known, other], { ...how, expectedRevision: NO_STREAM }));
      expect(pick(refusal, 'actualVersion')).toStrictEqual({ name: 'WrongExpectedVersionError', actualVersion: 0n });
    });

    it('keeps data and metadata to the byte, JSON or not, with or without metadata', async () => {
      const stream = someStream();
      const bytes = Uint8Array.from({ length: 256 }, (_, n) => n);
      const id = randomUUID();
      await stage
        .client()
        .appendToStream(
          stream,
          [
            jsonEvent({ id, type: '①℃夼', data: { text: 'Ę \u0018 ‐ 😾' }, metadata: { why: '没有' } }),
            binaryEvent({ type: 'Scan', data: bytes, metadata: bytes }),
            jsonEvent({ type: 'Text', data: '大泽山镇' as unknown as Record<string, unknown> }),
          ],
          how,
        );
      const read = await all(stage.client().readStream(stream));
      expect(read.map(({ event }) => ({ type: event?.type, isJson: event?.isJson }))).toStrictEqual([
        { type: '①℃夼', isJson: true },
        { type: 'Scan', isJson: false },
        { type: 'Text', isJson: true },
      ]);
      expect([read[0]?.event?.id, read[0]?.event?.data, read[0]?.event?.metadata]).toStrictEqual([
        id,
        { text: 'Ę \u0018 ‐ 😾' },
        { why: '没有' },
      ]);
      expect(Buffer.from(read[1]?.event?.data as Uint8Array).equals(bytes)).toBe(true);
      expect(Buffer.from(read[1]?.event?.metadata as Uint8Array).equals(bytes)).toBe(true);
      expect([read[2]?.event?.data, read[2]?.event?.metadata]).toStrictEqual(['大泽山镇', undefined]);
    });

    it('stamps each event with the time of the server', async () => {
      const stream = someStream();
      await stage.client().appendToStream(stream, notes(2), how);
      const read = await all(stage.client().readStream(stream));
      expect(read.map(({ event }) => event?.created.getTime())).toStrictEqual([stage.clock.now, stage.clock.now]);
    });

    it('is refused as a whole when it is larger than 1 MiB, with the limit', async () => {
      const stream = someStream();
      const large = Array.from({ length: 12 }, () => note({ text: 'x'.repeat(100_000) }));
      const refusal = await refusalOf(stage.client().appendToStream(stream, large, how));
      expect((await stage.client().appendToStream(someStream(), large.slice(0, 10), how)).nextExpectedRevision).toBe(9n);
      expect(pick(refusal, 'maxAppendSize')).toStrictEqual({ name: 'MaxAppendSizeExceededError', maxAppendSize: 1_048_576 });
      expect(pick(await refusalOf(stage.client().readStream(stream)))).toStrictEqual({ name: 'StreamNotFoundError' });
    });

    it('goes on after a refusal on the same connection', async () => {
      const stream = someStream();
      await refusalOf(stage.client().appendToStream(stream, notes(1), { ...how, expectedRevision: 7n }));
      expect((await stage.client().appendToStream(stream, notes(1), how)).nextExpectedRevision).toBe(0n);
    });
  });

  it('takes names of streams that ASCII does not have, also into its refusals', async () => {
    const stream = someStream('整改 100% ✓');
    await stage.client().appendToStream(stream, notes(1));
    for (const how of [{}, PLAIN]) {
      const refusal = await refusalOf(stage.client().appendToStream(stream, notes(1), { ...how, expectedRevision: NO_STREAM }));
      expect(pick(refusal, 'streamName', 'actualVersion')).toStrictEqual({
        name: 'WrongExpectedVersionError',
        streamName: stream,
        actualVersion: 0n,
      });
    }
  });

  it('answers instead of throwing where the client was told so', async () => {
    const stream = someStream();
    const client = stage.connect('&throwOnAppendFailure=false');
    await client.appendToStream(stream, notes(4));
    const result = await client.appendToStream(stream, notes(1), { expectedRevision: NO_STREAM });
    expect([result.success, result.position]).toStrictEqual([false, undefined]);
  });

  it('takes a thousand at once from one client, in the order in which they were sent', async () => {
    const stream = someStream();
    const appended = await Promise.all(Array.from({ length: 1_000 }, (_, n) => stage.client().appendToStream(stream, note({ n }))));
    const read = await all(stage.client().readStream(stream));
    expect(appended.map((one) => one.nextExpectedRevision)).toStrictEqual(appended.map((_, n) => BigInt(n)));
    expect(read.map(({ event }) => (event?.data as { n: number }).n)).toStrictEqual(appended.map((_, n) => n));
    expect(revisionsOf(read)).toStrictEqual(appended.map((_, n) => BigInt(n)));
  });

  it('lets exactly one of many win that expect the same', async () => {
    const stream = someStream();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => stage.client().appendToStream(stream, notes(1), { expectedRevision: NO_STREAM })),
    );
    expect(results.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect((await all(stage.client().readStream(stream))).length).toBe(1);
  });
});
