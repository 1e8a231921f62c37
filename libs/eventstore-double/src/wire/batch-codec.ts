import type { AppendOutcome } from '../engine/engine';
import type { Expected } from '../engine/append-decision';
import type { NewRecord } from '../storage/log-storage';
import { decodeProposed, decodeStream } from './proposed';
import { MalformedMessage, ProtoReader } from './proto-reader';
import { bytesField, concat, emptyField, textField, uint64Field, uint64Size, ProtoWriter, fieldSize } from './proto-writer';
import { toWire } from './position';

export type BatchOptions = Readonly<{
  /** As it came, to be sent back. */
  identifier: Buffer;
  stream: string;
  expected: Expected;
  /** Milliseconds since 1970; Infinity without one. */
  deadline: number;
}>;

/** One message of a batch append; an append may be spread over several. */
export type BatchChunk = Readonly<{
  /** As it came, to be sent back; null when there was none. */
  correlation: Buffer | null;
  /** Undecoded, as are the events: what is wrong in one append spoils that one alone. */
  options: Buffer | null;
  proposed: readonly Buffer[];
  final: boolean;
}>;

const milliseconds = (bytes: Buffer): number => {
  const reader = new ProtoReader(bytes);
  let seconds = 0n;
  let nanos = 0;
  while (reader.next()) {
    if (reader.field === 1) seconds = BigInt.asIntN(64, reader.uint64());
    else if (reader.field === 2) nanos = Number(BigInt.asIntN(64, reader.uint64()));
    else reader.skip();
  }
  return Number(seconds) * 1_000 + nanos / 1_000_000;
};

/** The same numbers in Append, BatchAppend, Delete and Tombstone. */
export const expectedOf = (field: number, reader: ProtoReader): Expected | null => {
  switch (field) {
    case 2:
      return { kind: 'exact', revision: reader.uint64() };
    case 3:
      reader.skip();
      return { kind: 'no-stream' };
    case 4:
      reader.skip();
      return { kind: 'any' };
    case 5:
      reader.skip();
      return { kind: 'stream-exists' };
    default:
      return null;
  }
};

/** Errors: MalformedMessage. `now` in milliseconds since 1970, for deadlines given as a span. */
export const decodeOptions = (bytes: Buffer, now: number): BatchOptions => {
  const reader = new ProtoReader(bytes);
  let identifier: Buffer | null = null;
  let expected: Expected | null = null;
  let deadline = Infinity;
  while (reader.next()) {
    if (reader.field === 1) identifier = reader.sub();
    else if (reader.field === 6) deadline = milliseconds(reader.sub());
    else if (reader.field === 7) deadline = now + milliseconds(reader.sub());
    else {
      const given = expectedOf(reader.field, reader);
      if (given === null) reader.skip();
      else expected = given;
    }
  }
  if (identifier === null) throw new MalformedMessage('Required field StreamIdentifier not set.');
  if (expected === null) throw new MalformedMessage('no revision is expected');
  const stream = decodeStream(identifier);
  if (stream === '') throw new MalformedMessage('the name of the stream is empty');
  return { identifier, stream, expected, deadline };
};

/** Errors: MalformedMessage. */
export const decodeBatch = (bytes: Buffer): BatchChunk => {
  const reader = new ProtoReader(bytes);
  let correlation: Buffer | null = null;
  let options: Buffer | null = null;
  const proposed: Buffer[] = [];
  let final = false;
  while (reader.next()) {
    if (reader.field === 1) correlation = reader.sub();
    else if (reader.field === 2) options = reader.sub();
    else if (reader.field === 3) proposed.push(reader.sub());
    else if (reader.field === 4) final = reader.varint() !== 0;
    else reader.skip();
  }
  return { correlation, options, proposed, final };
};

export const decodeEvents = (proposed: readonly Buffer[], created: bigint): NewRecord[] =>
  proposed.map((bytes) => decodeProposed(bytes, created));

/** How the answer to one append of a batch reads when it failed. */
export type BatchFailure = Readonly<
  | { kind: 'wrong-revision'; actual: bigint; expected: Expected }
  | { kind: 'deleted' }
  | { kind: 'access-denied' }
  | { kind: 'timeout' }
  | { kind: 'too-large'; maximum: number }
  | { kind: 'bad-request'; message: string }
>;

const expectedField = (expected: Expected): Buffer => {
  switch (expected.kind) {
    case 'exact':
      return uint64Field(3, expected.revision);
    case 'any':
      return emptyField(4);
    case 'stream-exists':
      return emptyField(5);
    case 'no-stream':
      return emptyField(6);
  }
};

const NO_DETAIL = Buffer.alloc(0);

/** Code, name of the message in event_store.client, and its bytes. */
const failureParts = (failure: BatchFailure, identifier: Buffer): readonly [number, string, Buffer] => {
  switch (failure.kind) {
    case 'wrong-revision': {
      const current = failure.actual < 0n ? emptyField(2) : uint64Field(1, failure.actual);
      return [6, 'WrongExpectedVersion', concat(current, expectedField(failure.expected))];
    }
    case 'deleted':
      return [5, 'StreamDeleted', bytesField(1, identifier)];
    case 'access-denied':
      return [7, 'AccessDenied', NO_DETAIL];
    case 'timeout':
      return [4, 'Timeout', NO_DETAIL];
    case 'too-large':
      return [3, 'MaximumAppendSizeExceeded', uint64Field(1, BigInt(failure.maximum))];
    case 'bad-request':
      return [3, 'BadRequest', textField(1, failure.message)];
  }
};

export const encodeBatchFailure = (correlation: Buffer, identifier: Buffer, failure: BatchFailure): Buffer => {
  const [code, name, detail] = failureParts(failure, identifier);
  const any = concat(textField(1, `type.googleapis.com/event_store.client.${name}`), bytesField(2, detail));
  const status = concat(uint64Field(1, BigInt(code)), textField(2, name), bytesField(3, any));
  return concat(bytesField(1, correlation), bytesField(2, status), bytesField(4, identifier));
};

export const encodeBatchSuccess = (
  correlation: Buffer,
  identifier: Buffer,
  { revision, position }: Extract<AppendOutcome, { kind: 'done' }>,
): Buffer => {
  if (revision < 0n || position === null) {
    const success = concat(
      revision < 0n ? emptyField(2) : uint64Field(1, revision),
      position === null ? emptyField(4) : bytesField(3, positionMessage(toWire(position))),
    );
    return concat(bytesField(1, correlation), bytesField(3, success), bytesField(4, identifier));
  }
  const wire = toWire(position);
  const positionSize = 2 * (1 + uint64Size(wire));
  const successSize = 1 + uint64Size(revision) + fieldSize(positionSize);
  const writer = new ProtoWriter(fieldSize(correlation.length) + fieldSize(successSize) + fieldSize(identifier.length));
  writer.field(1, correlation);
  writer.open(3, successSize);
  writer.uint64(1, revision);
  writer.open(3, positionSize);
  writer.uint64(1, wire);
  writer.uint64(2, wire);
  writer.field(4, identifier);
  return writer.done();
};

/** Commit and prepare position, here always the same. */
export const positionMessage = (wire: bigint): Buffer => concat(uint64Field(1, wire), uint64Field(2, wire));
