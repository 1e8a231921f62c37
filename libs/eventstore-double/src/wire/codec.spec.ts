import fc from 'fast-check';
import type { Message } from 'google-protobuf';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import {
  Empty,
  MaximumAppendSizeExceeded,
  StreamDeleted,
  StreamIdentifier,
  UUID,
  WrongExpectedVersion,
} from '@eventstore/db-client/generated/shared_pb';
import { BatchAppendReq, BatchAppendResp, ReadResp } from '@eventstore/db-client/generated/streams_pb';
import type { Expected } from '../engine/append-decision';
import type { LogRecord } from '../storage/log-storage';
import { decodeBatch, decodeEvents, decodeOptions, encodeBatchFailure, encodeBatchSuccess, type BatchFailure } from './batch-codec';
import { decodeUuid, MissingProperty } from './proposed';
import { MalformedMessage, ProtoReader } from './proto-reader';
import { CAUGHT_UP, encodeCheckpoint, encodeConfirmation, encodeEvent, encodeLastPosition, encodeNotFound } from './read-codec';

const ID = '6fd5c3a2-8d1c-4e0b-9a3e-0123456789ab';
const uuid = (id = ID): UUID => new UUID().setString(id);
const identifier = (stream: string): StreamIdentifier => new StreamIdentifier().setStreamName(Buffer.from(stream));
const bytes = (message: { serializeBinary: () => Uint8Array }): Buffer => Buffer.from(message.serializeBinary());
const read = (frame: Buffer): ReadResp => ReadResp.deserializeBinary(frame);

const proposed = (metadata: Readonly<Record<string, string>>, data = Buffer.from('{}')): BatchAppendReq.ProposedMessage => {
  const message = new BatchAppendReq.ProposedMessage().setId(uuid()).setData(data).setCustomMetadata(Buffer.from('meta'));
  for (const [key, value] of Object.entries(metadata)) message.getMetadataMap().set(key, value);
  return message;
};
const JSON_NOTE = { type: 'Noted', 'content-type': 'application/json' };

const someRecord: fc.Arbitrary<LogRecord> = fc.record({
  id: fc.uuid(),
  stream: fc.string({ unit: 'grapheme', minLength: 1 }),
  type: fc.string({ unit: 'grapheme', minLength: 1 }),
  contentType: fc.constantFrom('application/json', 'application/octet-stream'),
  data: fc.uint8Array({ maxLength: 300 }),
  metadata: fc.uint8Array({ maxLength: 20 }),
  created: fc.bigInt({ min: 0n, max: 2n ** 62n }),
  revision: fc.bigInt({ min: 0n, max: 2n ** 62n }),
  position: fc.bigInt({ min: 1n, max: 2n ** 56n }),
});

describe('The codec of reads', () => {
  it('writes events that the generated code of the client reads', () => {
    fc.assert(
      fc.property(someRecord, fc.option(someRecord), (record, link) => {
        const event = read(encodeEvent({ kind: 'event', event: record, link }, 'string')).getEvent();
        const recorded = event?.getEvent();
        expect(Object.fromEntries(recorded?.getMetadataMap().toArray() ?? [])).toStrictEqual({
          type: record.type,
          'content-type': record.contentType,
          created: String(record.created),
        });
        expect([
          recorded?.getId()?.getString(),
          Buffer.from(recorded?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(),
          recorded?.getStreamRevision(),
          recorded?.getCommitPosition(),
          recorded?.getPreparePosition(),
          Buffer.from(recorded?.getData_asU8() ?? []),
          Buffer.from(recorded?.getCustomMetadata_asU8() ?? []),
          event?.getCommitPosition(),
          event?.getLink()?.getId()?.getString(),
        ]).toStrictEqual([
          record.id,
          record.stream,
          String(record.revision),
          String(record.position * 100n),
          String(record.position * 100n),
          Buffer.from(record.data),
          Buffer.from(record.metadata),
          String((link ?? record).position * 100n),
          link?.id,
        ]);
      }),
    );
  });

  it('writes ids as two numbers for those who ask', () => {
    fc.assert(
      fc.property(someRecord, (record) => {
        const id = read(encodeEvent({ kind: 'event', event: record, link: null }, 'structured'))
          .getEvent()
          ?.getEvent()
          ?.getId();
        expect(id?.hasStructured()).toBe(true);
        expect(decodeUuid(bytes(id ?? new UUID()))).toBe(record.id);
      }),
    );
  });

  it('writes a link that leads nowhere alone', () => {
    fc.assert(
      fc.property(someRecord, (link) => {
        const event = read(encodeEvent({ kind: 'event', event: null, link }, 'string')).getEvent();
        expect([event?.hasEvent(), event?.getLink()?.getId()?.getString()]).toStrictEqual([false, link.id]);
      }),
      { numRuns: 10 },
    );
  });

  it('writes everything else that is said of a read', () => {
    expect(read(encodeConfirmation('one')).getConfirmation()?.getSubscriptionId()).toBe('one');
    expect(read(encodeCheckpoint(7n)).getCheckpoint()?.getPreparePosition()).toBe('700');
    expect(read(encodeLastPosition(7n)).getLastStreamPosition()).toBe('7');
    expect(read(CAUGHT_UP).hasCaughtUp()).toBe(true);
    expect(
      Buffer.from(read(encodeNotFound('问题')).getStreamNotFound()?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(),
    ).toBe('问题');
  });
});

describe('The codec of batch appends', () => {
  const options = (stream = 'issue-1'): BatchAppendReq.Options => new BatchAppendReq.Options().setStreamIdentifier(identifier(stream));

  it('reads what the generated code of the client writes', () => {
    const request = new BatchAppendReq()
      .setCorrelationId(uuid())
      .setOptions(
        options('问题-1')
          .setStreamPosition('7')
          .setDeadline(Timestamp.fromDate(new Date(1_500))),
      )
      .setProposedMessagesList([proposed(JSON_NOTE), proposed({ ...JSON_NOTE, 'content-type': 'text/plain' }, Buffer.from([0, 255]))])
      .setIsFinal(true);
    const chunk = decodeBatch(bytes(request));
    expect([chunk.correlation?.equals(bytes(uuid())), chunk.final]).toStrictEqual([true, true]);
    expect(decodeOptions(chunk.options ?? Buffer.alloc(0), 0)).toStrictEqual({
      identifier: bytes(identifier('问题-1')),
      stream: '问题-1',
      expected: { kind: 'exact', revision: 7n },
      deadline: 1_500,
    });
    const event = { id: ID, type: 'Noted', metadata: Buffer.from('meta'), created: 5n };
    expect(decodeEvents(chunk.proposed, 5n)).toStrictEqual([
      { ...event, contentType: 'application/json', data: Buffer.from('{}') },
      { ...event, contentType: 'application/octet-stream', data: Buffer.from([0, 255]) },
    ]);
  });

  it.each([
    ['any', options().setAny(new Empty() as never)],
    ['no-stream', options().setNoStream(new Empty() as never)],
    ['stream-exists', options().setStreamExists(new Empty() as never)],
  ])('reads that %s is expected', (kind, given) => {
    expect(decodeOptions(bytes(given), 0).expected).toStrictEqual({ kind });
  });

  it('reads a deadline given as a span too', () => {
    // Field 7, two seconds and half a millisecond: the generated code does not know it yet.
    const span = Buffer.from([0x3a, 0x06, 0x08, 0x02, 0x10, 0xa0, 0xc2, 0x1e]);
    expect(decodeOptions(Buffer.concat([bytes(options().setStreamPosition('0')), span]), 1_000).deadline).toBe(3_000.5);
  });

  it.each([
    ['no stream', new BatchAppendReq.Options().setStreamPosition('1')],
    ['a stream without a name', options('').setStreamPosition('1')],
    ['no expectation', options()],
  ])('refuses options with %s', (_, given) => {
    expect(() => decodeOptions(bytes(given), 0)).toThrow(MalformedMessage);
  });

  it('refuses events without a type, a kind of content or an id', () => {
    const decode = (message: BatchAppendReq.ProposedMessage) => () => decodeEvents([bytes(message)], 0n);
    expect(decode(proposed({ 'content-type': 'application/json' }))).toThrow(new MissingProperty('type'));
    expect(decode(proposed({ type: 'Noted' }))).toThrow(new MissingProperty('content-type'));
    expect(decode(proposed(JSON_NOTE).setId())).toThrow(MalformedMessage);
    expect(decode(proposed(JSON_NOTE).setId(uuid('nobody')))).toThrow(MalformedMessage);
  });

  it('survives any bytes: a message, or MalformedMessage', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (given) => {
        try {
          const chunk = decodeBatch(Buffer.from(given));
          if (chunk.options !== null) decodeOptions(chunk.options, 0);
          decodeEvents(chunk.proposed, 0n);
        } catch (error) {
          expect(error instanceof MalformedMessage || error instanceof MissingProperty).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('reads numbers of every size', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (revision) => {
        expect(decodeOptions(bytes(options().setStreamPosition(String(revision))), 0).expected).toStrictEqual({ kind: 'exact', revision });
      }),
    );
    expect(() => new ProtoReader(Buffer.from([0x80])).next()).toThrow(MalformedMessage);
  });

  const answer = (frame: Buffer): BatchAppendResp => BatchAppendResp.deserializeBinary(frame);
  const detail = <T extends Message>(resp: BatchAppendResp, read: (given: Uint8Array) => T, name: string): T | null | undefined =>
    resp.getError()?.getDetails()?.unpack(read, `event_store.client.${name}`);

  it('writes a success that the generated code of the client reads', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -1n, max: 2n ** 62n }), fc.option(fc.bigInt({ min: 1n, max: 2n ** 56n })), (revision, position) => {
        const resp = answer(encodeBatchSuccess(bytes(uuid()), bytes(identifier('s')), { kind: 'done', revision, position }));
        const success = resp.getSuccess();
        expect([
          resp.getCorrelationId()?.getString(),
          success?.hasNoStream() === true ? -1n : BigInt(success?.getCurrentRevision() ?? 0),
          success?.hasNoPosition() === true ? null : BigInt(success?.getPosition()?.getCommitPosition() ?? 0),
          Buffer.from(resp.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString(),
        ]).toStrictEqual([ID, revision, position === null ? null : position * 100n, 's']);
      }),
    );
  });

  it.each<[Expected, string]>([
    [{ kind: 'exact', revision: 3n }, 'expectedStreamPosition'],
    [{ kind: 'any' }, 'expectedAny'],
    [{ kind: 'stream-exists' }, 'expectedStreamExists'],
    [{ kind: 'no-stream' }, 'expectedNoStream'],
  ])('says in a refusal what was expected (%o) and what there was', (expected, field) => {
    for (const actual of [-1n, 5n]) {
      const resp = answer(encodeBatchFailure(bytes(uuid()), bytes(identifier('s')), { kind: 'wrong-revision', actual, expected }));
      const wrong = detail(resp, (given) => WrongExpectedVersion.deserializeBinary(given), 'WrongExpectedVersion');
      const said = Object.entries(wrong?.toObject() ?? {}).filter(([key, value]) => key === field && value !== undefined);
      expect([said.length, wrong?.hasCurrentNoStream(), wrong?.getCurrentStreamRevision()]).toStrictEqual([
        1,
        actual < 0n,
        actual < 0n ? '0' : '5',
      ]);
    }
  });

  it.each<[BatchFailure, number, string]>([
    [{ kind: 'deleted' }, 5, 'StreamDeleted'],
    [{ kind: 'access-denied' }, 7, 'AccessDenied'],
    [{ kind: 'timeout' }, 4, 'Timeout'],
    [{ kind: 'too-large', maximum: 1_048_576 }, 3, 'MaximumAppendSizeExceeded'],
    [{ kind: 'bad-request', message: 'no type' }, 3, 'BadRequest'],
  ])('writes the refusal %o', (failure, code, name) => {
    const resp = answer(encodeBatchFailure(bytes(uuid()), bytes(identifier('s')), failure));
    const error = resp.getError();
    expect([error?.getCode(), error?.getMessage(), error?.getDetails()?.getTypeName()]).toStrictEqual([
      code,
      name,
      `event_store.client.${name}`,
    ]);
    if (failure.kind === 'too-large') {
      expect(detail(resp, (given) => MaximumAppendSizeExceeded.deserializeBinary(given), name)?.getMaxappendsize()).toBe(1_048_576);
    }
    if (failure.kind === 'deleted') {
      const deleted = detail(resp, (given) => StreamDeleted.deserializeBinary(given), name);
      expect(Buffer.from(deleted?.getStreamIdentifier()?.getStreamName_asU8() ?? []).toString()).toBe('s');
    }
  });
});
