import type { sendUnaryData, ServerReadableStream, ServerUnaryCall } from '@grpc/grpc-js';
import type { Expected } from '../engine/append-decision';
import type { AppendOutcome } from '../engine/engine';
import type { Action } from '../engine/access';
import type { NewRecord } from '../storage/log-storage';
import { expectedOf, positionMessage } from './batch-codec';
import { faultBefore, mayAnswer, type CallTools } from './call-kit';
import {
  accessDenied,
  invalidArgument,
  missingProperty,
  streamDeleted,
  tooLarge,
  unauthenticated,
  unavailable,
  wrongRevision,
  type CallError,
} from './errors';
import { toWire } from './position';
import { decodeProposed, decodeStream, MAX_APPEND_SIZE, MissingProperty, weight } from './proposed';
import { MalformedMessage, ProtoReader } from './proto-reader';
import { bytesField, concat, emptyField, uint64Field } from './proto-writer';

type Target = Readonly<{ stream: string; expected: Expected }>;

/** Which stream and what is expected of it: the same fields in Append, Delete and Tombstone. */
const decodeTarget = (bytes: Buffer): Target => {
  const reader = new ProtoReader(bytes);
  let stream: string | null = null;
  let expected: Expected | null = null;
  while (reader.next()) {
    if (reader.field === 1) stream = decodeStream(reader.sub());
    else {
      const given = expectedOf(reader.field, reader);
      if (given === null) reader.skip();
      else expected = given;
    }
  }
  if (stream === null || stream === '' || expected === null) throw new MalformedMessage('no stream or no expected revision');
  return { stream, expected };
};

/** The one field with the number 1 of a request. */
const decodeRequest = (bytes: Buffer): Target => {
  const reader = new ProtoReader(bytes);
  while (reader.next()) {
    if (reader.field === 1) return decodeTarget(reader.sub());
    reader.skip();
  }
  throw new MalformedMessage('no options');
};

const refusal = (error: unknown): CallError => {
  if (error instanceof MissingProperty) return missingProperty(error.property);
  if (error instanceof MalformedMessage) return invalidArgument(error.message);
  return unavailable();
};

/** Gives a call one answer, whatever happens first; a caller that has gone gets none. */
const answerOnce = (
  tools: CallTools,
  call: Readonly<{ on: (event: 'cancelled', listener: () => void) => unknown }>,
  callback: sendUnaryData<Buffer>,
): ((answer: Buffer | CallError) => void) => {
  let over = false;
  let leave = (): void => undefined;
  const close = (): void => {
    over = true;
    leave();
  };
  const answer = (given: Buffer | CallError): void => {
    if (over) return;
    close();
    if (Buffer.isBuffer(given)) callback(null, given);
    else callback(given);
  };
  leave = tools.calls.add(answer);
  call.on('cancelled', close);
  return answer;
};

type WriteCall = Pick<ServerUnaryCall<Buffer, Buffer>, 'metadata' | 'getHost'>;

/** Asks who and whether, then does `work`; null means that no answer is to be given. */
const carryOut = async (
  tools: CallTools,
  call: WriteCall,
  action: Action,
  stream: string,
  work: () => Promise<AppendOutcome>,
): Promise<AppendOutcome | CallError | null> => {
  const caller = tools.authenticate(call.metadata);
  if (caller === null) return unauthenticated();
  await tools.engine.ready();
  if (!(await tools.engine.allows(caller, action, stream))) return accessDenied();
  const fault = faultBefore(tools.faults.beforeWrite(stream), tools, call.getHost());
  if (fault === 'silent') return null;
  if (fault !== null) return fault;
  const outcome = await work();
  return mayAnswer(tools.faults.afterCommit(stream), tools) ? outcome : null;
};

const wrongRevisionMessage = (expected: Expected, actual: bigint): Buffer => {
  const current = actual < 0n ? concat(emptyField(2), emptyField(7)) : concat(uint64Field(1, actual), uint64Field(6, actual));
  switch (expected.kind) {
    case 'exact':
      return concat(current, uint64Field(3, expected.revision), uint64Field(8, expected.revision));
    case 'any':
      return concat(current, emptyField(4), emptyField(9));
    case 'stream-exists':
      return concat(current, emptyField(5), emptyField(10));
    case 'no-stream':
      return concat(current, emptyField(11));
  }
};

const appendAnswer = ({ stream, expected }: Target, outcome: AppendOutcome): Buffer | CallError => {
  switch (outcome.kind) {
    case 'done': {
      const revision = outcome.revision < 0n ? emptyField(2) : uint64Field(1, outcome.revision);
      const position = outcome.position === null ? emptyField(4) : bytesField(3, positionMessage(toWire(outcome.position)));
      return bytesField(1, concat(revision, position));
    }
    case 'deleted':
      return streamDeleted(stream);
    case 'wrong-revision':
      return bytesField(2, wrongRevisionMessage(expected, outcome.actual));
  }
};

const isOutcome = (result: AppendOutcome | CallError): result is AppendOutcome => 'kind' in result;

/** One append: first the options, then an event per message. */
export const append =
  (tools: CallTools) =>
  (call: ServerReadableStream<Buffer, Buffer>, callback: sendUnaryData<Buffer>): void => {
    const answer = answerOnce(tools, call, callback);
    const records: NewRecord[] = [];
    let target: Target | null = null;
    let size = 0;
    let refused = false;
    const refuse = (error: CallError): void => {
      refused = true;
      answer(error);
    };
    call.on('data', (bytes: Buffer) => {
      if (refused) return;
      try {
        const reader = new ProtoReader(bytes);
        while (reader.next()) {
          if (reader.field === 1) target = decodeTarget(reader.sub());
          else if (reader.field === 2) {
            const record = decodeProposed(reader.sub(), tools.engine.ticks());
            size += weight(record);
            records.push(record);
          } else reader.skip();
        }
      } catch (error) {
        refuse(refusal(error));
      }
      if (!refused && size > MAX_APPEND_SIZE) refuse(tooLarge());
    });
    call.on('end', () => {
      if (refused) return;
      const to = target;
      if (to === null) {
        refuse(invalidArgument('no options'));
        return;
      }
      carryOut(tools, call, 'write', to.stream, () => tools.engine.append(to.stream, to.expected, records)).then(
        (result) => {
          if (result !== null) answer(isOutcome(result) ? appendAnswer(to, result) : result);
        },
        (error: unknown) => answer(refusal(error)),
      );
    });
  };

const deletionAnswer = (operation: string, { stream, expected }: Target, outcome: AppendOutcome): Buffer | CallError => {
  switch (outcome.kind) {
    case 'done':
      return outcome.position === null ? emptyField(2) : bytesField(1, positionMessage(toWire(outcome.position)));
    case 'deleted':
      return streamDeleted(stream);
    case 'wrong-revision':
      return wrongRevision(operation, stream, expected, outcome.actual);
  }
};

/** Delete (hides what is there) and Tombstone (for ever). */
export const deletion =
  (tools: CallTools, how: 'delete' | 'tombstone') =>
  (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>): void => {
    const answer = answerOnce(tools, call, callback);
    const run = async (): Promise<Buffer | CallError | null> => {
      const to = decodeRequest(call.request);
      const result = await carryOut(tools, call, 'delete', to.stream, () => tools.engine[how](to.stream, to.expected));
      return result !== null && isOutcome(result) ? deletionAnswer('Delete', to, result) : result;
    };
    run().then(
      (result) => {
        if (result !== null) answer(result);
      },
      (error: unknown) => answer(refusal(error)),
    );
  };
