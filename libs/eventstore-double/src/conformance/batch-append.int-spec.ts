import { randomUUID } from 'node:crypto';
import { status } from '@grpc/grpc-js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import { all, note, notes, onStage, pick, refusalOf, revisionsOf, someStream } from './stage';
import { batchRaw, batchRequest, rawStreams, stringUuid, structuredUuid } from './raw';

const SUCCESS = 0;
/** google.rpc.Code */
const CODE = { invalid: 3, deadline: 4, notFound: 5, exists: 6 } as const;

describe('BatchAppend', () => {
  const stage = onStage();
  let raw: StreamsClient;
  beforeAll(() => {
    raw = rawStreams(stage.double());
  });
  afterAll(() => raw.close());

  const event = () => ({ id: stringUuid(randomUUID()) });
  const codeOf = (answer: BatchAppendResp | undefined): number => answer?.getError()?.getCode() ?? SUCCESS;
  const idOf = (answer: BatchAppendResp | undefined): string => answer?.getCorrelationId()?.getString() ?? 'none';
  const detailOf = (answer: BatchAppendResp | undefined): string => answer?.getError()?.getDetails()?.getTypeName() ?? 'none';

  it('collects the pieces of one append until the last one, between those of others', async () => {
    const [a, b] = [someStream('a'), someStream('b')];
    const [idA, idB] = [randomUUID(), randomUUID()];
    const { messages, status: end } = await batchRaw(raw, [
      batchRequest({ id: stringUuid(idA), stream: a, events: [event(), event()], final: false }),
      batchRequest({ id: stringUuid(idB), stream: b, events: [event()] }),
      batchRequest({ id: stringUuid(idA), events: [event()], final: false }),
      batchRequest({ id: stringUuid(idA), events: [event()] }),
    ]);
    expect(messages.map((answer) => [idOf(answer), answer.getSuccess()?.getCurrentRevision()])).toStrictEqual([
      [idB, '0'],
      [idA, '3'],
    ]);
    expect(end.code).toBe(status.OK);
    expect(revisionsOf(await all(stage.client().readStream(a)))).toStrictEqual([0n, 1n, 2n, 3n]);
  });

  it('takes structured UUIDs for what string UUIDs say, and answers with the correlation id as it came', async () => {
    const stream = someStream();
    const [correlation, id] = [randomUUID(), randomUUID()];
    const first = await batchRaw(raw, [batchRequest({ id: structuredUuid(correlation), stream, events: [{ id: structuredUuid(id) }] })]);
    const again = await batchRaw(raw, [batchRequest({ id: stringUuid(correlation), stream, events: [{ id: stringUuid(id) }] })]);
    expect(first.messages[0]?.getCorrelationId()?.toObject()).toStrictEqual(structuredUuid(correlation).toObject());
    expect(again.messages[0]?.getSuccess()?.toObject()).toStrictEqual(first.messages[0]?.getSuccess()?.toObject());
    expect((await all(stage.client().readStream(stream))).map((one) => one.event?.id)).toStrictEqual([id]);
  });

  it('says by google.rpc.Status what was wrong, and goes on', async () => {
    const [dead, big, fine] = [someStream('dead'), someStream('big'), someStream('fine')];
    await stage.client().tombstoneStream(dead);
    const huge = { ...event(), data: JSON.stringify('x'.repeat(1_100_000)) };
    const { messages } = await batchRaw(raw, [
      batchRequest({
        id: stringUuid(randomUUID()),
        stream: someStream(),
        expects: (options) => options.setStreamPosition('5'),
        events: [event()],
      }),
      batchRequest({ id: stringUuid(randomUUID()), stream: dead, events: [event()] }),
      batchRequest({ id: stringUuid(randomUUID()), stream: big, events: [huge] }),
      batchRequest({ id: stringUuid(randomUUID()), stream: someStream(), deadline: new Date(Date.now() - 1), events: [event()] }),
      batchRequest({ id: stringUuid(randomUUID()), stream: fine, events: [event()] }),
    ]);
    expect(messages.map((answer) => [codeOf(answer), detailOf(answer)]).sort()).toStrictEqual(
      [
        [CODE.exists, 'event_store.client.WrongExpectedVersion'],
        [CODE.notFound, 'event_store.client.StreamDeleted'],
        [CODE.invalid, 'event_store.client.MaximumAppendSizeExceeded'],
        [CODE.deadline, 'event_store.client.Timeout'],
        [SUCCESS, 'none'],
      ].sort(),
    );
  });

  it('answers an append that was refused early exactly once, whatever pieces follow', async () => {
    const id = randomUUID();
    const late = new Date(Date.now() - 1_000);
    const { messages } = await batchRaw(raw, [
      batchRequest({ id: stringUuid(id), stream: someStream(), deadline: late, events: [event()], final: false }),
      batchRequest({ id: stringUuid(id), events: [event()], final: false }),
      batchRequest({ id: stringUuid(id), events: [event()] }),
    ]);
    expect(messages.map((answer) => [idOf(answer), codeOf(answer)])).toStrictEqual([[id, CODE.deadline]]);
  });

  it('prefers the deadline to the size where both are passed', async () => {
    const refusal = await refusalOf(stage.client().appendToStream(someStream(), note({ text: 'x'.repeat(1_100_000) }), { deadline: 1 }));
    expect(pick(refusal)).toStrictEqual({ name: 'DeadlineExceededError' });
  });

  it('refuses an append without a name or with an event without its type, and nothing else with it', async () => {
    const fine = someStream();
    const { messages } = await batchRaw(raw, [
      batchRequest({
        id: stringUuid(randomUUID()),
        stream: someStream(),
        events: [{ ...event(), metadata: { 'content-type': 'application/json' } }],
      }),
      batchRequest({ id: stringUuid(randomUUID()), stream: '', events: [event()] }),
      batchRequest({ id: stringUuid(randomUUID()), stream: fine, events: [event()] }),
    ]);
    expect(messages.map(codeOf).sort()).toStrictEqual([SUCCESS, CODE.invalid, CODE.invalid]);
    expect((await all(stage.client().readStream(fine))).length).toBe(1);
  });

  it('lets a client that batches finely append the same', async () => {
    const stream = someStream();
    const { nextExpectedRevision } = await stage.client().appendToStream(stream, notes(2_000), { batchAppendSize: 1_024 });
    expect(nextExpectedRevision).toBe(1_999n);
  });

  it('takes thousands of appends of one kilobyte that one client sends at once', async () => {
    const stream = someStream();
    const text = 'A'.repeat(904);
    const client = stage.connect();
    const appending = Array.from({ length: 3_000 }, () => client.appendToStream(stream, note({ text }), { deadline: 60_000 }));
    const revisions = (await Promise.all(appending)).map((one) => one.nextExpectedRevision);
    expect(revisions.map(Number).sort((a, b) => a - b)).toStrictEqual(revisions.map((_, n) => n));
  });
});
