import { randomUUID } from 'node:crypto';
import { credentials, Metadata, status, type ServiceError } from '@grpc/grpc-js';
import { persistentSubscriptionToStreamSettingsFromDefaults } from '@eventstore/db-client';
import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb';
import { MemberInfo, type ClusterInfo } from '@eventstore/db-client/generated/gossip_pb';
import { Empty } from '@eventstore/db-client/generated/shared_pb';
import { OperationsClient } from '@eventstore/db-client/generated/operations_grpc_pb';
import { UsersClient } from '@eventstore/db-client/generated/users_grpc_pb';
import { DetailsReq } from '@eventstore/db-client/generated/users_pb';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb';
import { AppendReq, DeleteReq, ReadReq, type AppendResp } from '@eventstore/db-client/generated/streams_pb';
import { all, note, notes, onStage, pick, refusalOf, someStream } from './stage';
import { identifier, rawStreams, readOptions, readRaw, stringUuid, structuredUuid } from './raw';

describe('The protocol', () => {
  const stage = onStage();
  let raw: StreamsClient;
  beforeAll(() => {
    raw = rawStreams(stage.double());
  });
  afterAll(() => raw.close());

  const trailersOf = (error: ServiceError | null): Readonly<Record<string, unknown>> => error?.metadata.getMap() ?? {};

  /** Sends the messages over one Append call. */
  const append = (messages: readonly AppendReq[]): Promise<{ answer: AppendResp | undefined; error: ServiceError | null }> =>
    new Promise((resolve) => {
      const call = raw.append(new Metadata(), (error, answer) => resolve({ answer, error }));
      for (const message of messages) call.write(message);
      call.end();
    });
  const appendOptions = (
    stream: string,
    expects: (options: AppendReq.Options) => void = (options) => options.setAny(new Empty()),
  ): AppendReq => {
    const options = new AppendReq.Options();
    options.setStreamIdentifier(identifier(stream));
    expects(options);
    const request = new AppendReq();
    request.setOptions(options);
    return request;
  };
  const proposed = (
    id = stringUuid(randomUUID()),
    metadata: Readonly<Record<string, string>> = { type: 'Noted', 'content-type': 'application/json' },
  ) => {
    const message = new AppendReq.ProposedMessage();
    message.setId(id);
    for (const [key, value] of Object.entries(metadata)) message.getMetadataMap().set(key, value);
    message.setData(Buffer.from('{"n":1}', 'utf8'));
    const request = new AppendReq();
    request.setProposedMessage(message);
    return request;
  };

  it('gives event ids as structured UUIDs or as text, as the reader wishes', async () => {
    const stream = someStream();
    const ids = [randomUUID(), '00000000-0000-0000-0000-000000000001', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
    for (const id of ids) await stage.client().appendToStream(stream, { ...note(), id });
    const structured = await readRaw(raw, readOptions(stream));
    const idsIn = (end: typeof structured) => end.messages.flatMap((m) => m.getEvent()?.getEvent()?.getId()?.toObject() ?? []);
    expect(idsIn(structured)).toStrictEqual(ids.map((id) => structuredUuid(id).toObject()));
    const options = readOptions(stream);
    const text = new ReadReq.Options.UUIDOption();
    text.setString(new Empty());
    options.setUuidOption(text);
    expect(idsIn(await readRaw(raw, options))).toStrictEqual(ids.map((id) => stringUuid(id).toObject()));
  });

  it('gives each event its type, content type and time in ticks of 100 ns', async () => {
    const stream = someStream();
    await stage.client().appendToStream(stream, note({}, '上报'));
    const { messages } = await readRaw(raw, readOptions(stream));
    const recorded = messages.flatMap((m) => m.getEvent()?.getEvent() ?? [])[0];
    expect(Object.fromEntries(recorded?.getMetadataMap().toObject(false) ?? [])).toStrictEqual({
      type: '上报',
      'content-type': 'application/json',
      created: String(BigInt(stage.clock.now) * 10_000n),
    });
  });

  it('answers an unknown stream by a message, and an unreadable one by trailers', async () => {
    const [missing, dead] = [someStream(), someStream('整改')];
    await stage.client().tombstoneStream(dead);
    const none = await readRaw(raw, readOptions(missing));
    expect([
      none.status.code,
      none.messages.map((m) => Buffer.from(m.getStreamNotFound()?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString()),
    ]).toStrictEqual([status.OK, [missing]]);
    const deleted = await readRaw(raw, readOptions(dead));
    expect([deleted.status.code, trailersOf(deleted.error)['exception']]).toStrictEqual([status.FAILED_PRECONDITION, 'stream-deleted']);
    expect(/^[\x20-\x7e]*$/.test(String(trailersOf(deleted.error)['stream-name']))).toBe(true);
  });

  it('answers a wrong revision in the message of Append, and by trailers of Delete', async () => {
    const stream = someStream();
    await stage.client().appendToStream(stream, notes(3));
    const { answer } = await append([appendOptions(stream, (options) => options.setNoStream(new Empty())), proposed()]);
    const wrong = answer?.getWrongExpectedVersion();
    expect([wrong?.getCurrentRevision(), wrong?.hasExpectedNoStream()]).toStrictEqual(['2', true]);
    const request = new DeleteReq();
    const options = new DeleteReq.Options();
    options.setStreamIdentifier(identifier(stream));
    options.setRevision('9');
    request.setOptions(options);
    const error = await new Promise<ServiceError | null>((resolve) => raw.delete(request, (failure) => resolve(failure)));
    expect([error?.code, trailersOf(error)]).toMatchObject([
      status.FAILED_PRECONDITION,
      { exception: 'wrong-expected-version', 'stream-name': stream, 'expected-version': '9', 'actual-version': '2' },
    ]);
  });

  it.each([
    { missing: 'type', metadata: { 'content-type': 'application/json' } },
    { missing: 'content-type', metadata: { type: 'Noted' } },
  ])('refuses an event without its $missing, naming what is required', async ({ metadata }) => {
    const { error } = await append([appendOptions(someStream()), proposed(undefined, metadata)]);
    expect([error?.code, trailersOf(error)]).toMatchObject([
      status.INVALID_ARGUMENT,
      { exception: 'missing-required-metadata-property', 'required-metadata-properties': 'type,content-type' },
    ]);
  });

  it('refuses a read that makes no sense with INVALID_ARGUMENT and goes on', async () => {
    const senseless = new ReadReq.Options();
    expect((await readRaw(raw, senseless)).status.code).toBe(status.INVALID_ARGUMENT);
    expect((await readRaw(raw, readOptions(someStream()))).status.code).toBe(status.OK);
  });

  it('offers itself as a cluster of one that leads', async () => {
    const gossip = new GossipClient(`127.0.0.1:${stage.double().port}`, credentials.createInsecure());
    const info = await new Promise<ClusterInfo>((resolve, reject) =>
      gossip.read(new Empty(), (error, answer) => (error === null ? resolve(answer) : reject(error))),
    );
    gossip.close();
    expect(
      info.getMembersList().map((m) => [m.getState(), m.getIsAlive(), m.getHttpEndPoint()?.getAddress(), m.getHttpEndPoint()?.getPort()]),
    ).toStrictEqual([[MemberInfo.VNodeState.LEADER, true, '127.0.0.1', stage.double().port]]);
  });

  it('is found by discovery too', async () => {
    const stream = someStream();
    const found = stage.double().connectionString.replace('esdb://', 'esdb+discover://');
    const { EventStoreDBClient } = await import('@eventstore/db-client');
    const client = EventStoreDBClient.connectionString(found);
    await client.appendToStream(stream, notes(2));
    expect((await all(client.readStream(stream))).length).toBe(2);
    await client.dispose();
  });

  it('answers UNIMPLEMENTED for everything it does not have', async () => {
    const address = `127.0.0.1:${stage.double().port}`;
    const [users, operations] = [
      new UsersClient(address, credentials.createInsecure()),
      new OperationsClient(address, credentials.createInsecure()),
    ];
    const codes = await Promise.all([
      new Promise((resolve) => users.details(new DetailsReq(), new Metadata()).on('error', (error: ServiceError) => resolve(error.code))),
      new Promise((resolve) => operations.shutdown(new Empty(), (error) => resolve(error?.code))),
    ]);
    users.close();
    operations.close();
    expect(codes).toStrictEqual([status.UNIMPLEMENTED, status.UNIMPLEMENTED]);
    const client = stage.client();
    for (const work of [
      client.createPersistentSubscriptionToStream(someStream(), 'group', persistentSubscriptionToStreamSettingsFromDefaults()),
      client.createProjection('p', 'fromAll()'),
      client.enableProjection('$by_category'),
    ]) {
      expect(pick(await refusalOf(work), 'code')).toStrictEqual({ name: 'UnknownError', code: status.UNIMPLEMENTED });
    }
  });
});
