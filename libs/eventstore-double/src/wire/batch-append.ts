import type { ServerDuplexStream } from '@grpc/grpc-js';
import { mayDoAnything } from '../engine/access';
import type { AppendOutcome } from '../engine/engine';
import { ALL } from '../engine/stream-names';
import type { NewRecord } from '../storage/log-storage';
import {
  decodeBatch,
  decodeEvents,
  decodeOptions,
  encodeBatchFailure,
  encodeBatchSuccess,
  type BatchChunk,
  type BatchFailure,
  type BatchOptions,
} from './batch-codec';
import { faultBefore, mayAnswer, type CallTools } from './call-kit';
import type { Caller } from './caller';
import { invalidArgument, unauthenticated, unavailable, type CallError } from './errors';
import { MAX_APPEND_SIZE, MissingProperty, weight } from './proposed';
import { MalformedMessage } from './proto-reader';

type Pending = { readonly options: BatchOptions; readonly records: NewRecord[]; size: number };
type BatchCall = ServerDuplexStream<Buffer, Buffer>;

const NO_IDENTIFIER = Buffer.alloc(0);

/** One long call over which a client sends all its appends; every append is answered exactly once. */
class BatchAppend {
  /** Appends of which more chunks are to come, by correlation. */
  private readonly pending = new Map<string, Pending>();
  private unanswered = 0;
  private ended = false;
  private over = false;
  private readonly leave: () => void;

  constructor(
    private readonly call: BatchCall,
    private readonly caller: Caller,
    private readonly tools: CallTools,
  ) {
    this.leave = tools.calls.add((error) => this.fail(error));
    call.on('data', (bytes: Buffer) => this.receive(bytes));
    call.on('end', () => {
      this.ended = true;
      this.endWhenAnswered();
    });
    call.on('cancelled', () => this.close());
    call.on('drain', () => call.resume());
  }

  private receive(bytes: Buffer): void {
    if (this.over) return;
    let chunk: BatchChunk | null = null;
    try {
      chunk = decodeBatch(bytes);
      if (chunk.correlation !== null) this.take(chunk, chunk.correlation);
    } catch (error) {
      const correlation = chunk?.correlation ?? null;
      if (!(error instanceof MalformedMessage || error instanceof MissingProperty)) this.fail(unavailable());
      else if (correlation === null) this.fail(invalidArgument(error.message));
      else this.refuse(correlation, NO_IDENTIFIER, { kind: 'bad-request', message: error.message });
    }
  }

  private take(chunk: BatchChunk, correlation: Buffer): void {
    const key = correlation.toString('latin1');
    let append = this.pending.get(key);
    if (append === undefined) {
      if (chunk.options === null) return;
      const options = decodeOptions(chunk.options, Date.now());
      // A deadline is only good on arrival: what is taken up is carried through.
      if (options.deadline <= Date.now()) {
        this.refuse(correlation, options.identifier, { kind: 'timeout' });
        return;
      }
      append = { options, records: [], size: 0 };
    } else this.pending.delete(key);
    for (const record of decodeEvents(chunk.proposed, this.tools.engine.ticks())) {
      append.records.push(record);
      append.size += weight(record);
    }
    if (append.size > MAX_APPEND_SIZE) {
      this.refuse(correlation, append.options.identifier, { kind: 'too-large', maximum: MAX_APPEND_SIZE });
      return;
    }
    if (!chunk.final) {
      this.pending.set(key, append);
      return;
    }
    this.unanswered += 1;
    void this.append(correlation, append);
  }

  private async append(correlation: Buffer, { options, records }: Pending): Promise<void> {
    const { engine, faults } = this.tools;
    const { stream, identifier, expected } = options;
    try {
      const opening = engine.ready();
      if (opening !== null) await opening;
      const allowed = mayDoAnything(this.caller) && stream !== ALL ? true : await engine.allows(this.caller, 'write', stream);
      if (!allowed) {
        this.answer(encodeBatchFailure(correlation, identifier, { kind: 'access-denied' }));
        return;
      }
      const fault = faultBefore(faults.beforeWrite(stream), this.tools, this.call.getHost());
      if (fault === 'silent') return;
      if (fault !== null) {
        this.fail(fault);
        return;
      }
      const outcome = await engine.append(stream, expected, records);
      if (!mayAnswer(faults.afterCommit(stream), this.tools)) return;
      this.answer(this.encode(correlation, options, outcome));
    } catch {
      // Whether it was stored is unknown, and no word of this protocol says so but a broken call.
      this.fail(unavailable());
    }
  }

  private encode(correlation: Buffer, { identifier, expected }: BatchOptions, outcome: AppendOutcome): Buffer {
    switch (outcome.kind) {
      case 'done':
        return encodeBatchSuccess(correlation, identifier, outcome);
      case 'deleted':
        return encodeBatchFailure(correlation, identifier, outcome);
      case 'wrong-revision':
        return encodeBatchFailure(correlation, identifier, { ...outcome, expected });
    }
  }

  private refuse(correlation: Buffer, identifier: Buffer, failure: BatchFailure): void {
    this.unanswered += 1;
    this.answer(encodeBatchFailure(correlation, identifier, failure));
  }

  private answer(frame: Buffer): void {
    this.unanswered -= 1;
    if (this.over) return;
    if (!this.call.write(frame)) this.call.pause();
    this.endWhenAnswered();
  }

  private endWhenAnswered(): void {
    if (!this.ended || this.unanswered > 0 || this.over) return;
    this.close();
    this.call.end();
  }

  private fail(error: CallError): void {
    if (this.over) return;
    this.close();
    this.call.emit('error', error);
  }

  private close(): void {
    this.over = true;
    this.pending.clear();
    this.leave();
  }
}

export const batchAppend =
  (tools: CallTools) =>
  (call: BatchCall): void => {
    const caller = tools.authenticate(call.metadata);
    if (caller === null) call.emit('error', unauthenticated());
    else new BatchAppend(call, caller, tools);
  };
