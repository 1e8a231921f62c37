import type { ServerWritableStream } from '@grpc/grpc-js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { CallTools } from './call-kit';
import type { CallError } from './errors';

/** The caller is gone, or must not hear more. */
export class CallIsOver extends Error {}

/** One read or subscription: sends as fast as the caller takes, and knows when to stop. */
export class ReadCall {
  private readonly controller = new AbortController();
  private readonly leave: () => void;
  private sent = 0;
  private over = false;

  constructor(
    readonly call: ServerWritableStream<ReadReq, Buffer>,
    private readonly tools: CallTools,
  ) {
    const close = (): void => this.close();
    call.on('cancelled', close);
    call.on('close', close);
    this.leave = tools.calls.add((error) => this.fail(error));
  }

  /** Aborts when the call is over, whoever ended it. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Null when more can be sent at once; otherwise wait. Errors: CallIsOver. */
  send(frame: Buffer): Promise<void> | null {
    if (this.over) throw new CallIsOver();
    const fault = this.tools.faults.beforeMessage(this.sent);
    if (fault !== 'go') return this.misbehave(fault);
    this.sent += 1;
    return this.call.write(frame) ? null : this.drained();
  }

  end(): void {
    if (this.over) return;
    this.close();
    this.call.end();
  }

  fail(error: CallError): void {
    if (this.over) return;
    this.close();
    this.call.emit('error', error);
  }

  /** Resolves when the caller has gone. */
  silence(): Promise<void> {
    return new Promise((resolve) => {
      if (this.over) resolve();
      else this.signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  private async misbehave(fault: 'drop' | 'stall'): Promise<void> {
    if (fault === 'drop') this.tools.cut();
    await this.silence();
    throw new CallIsOver();
  }

  private drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.call.off('drain', done);
        this.signal.removeEventListener('abort', done);
        resolve();
      };
      this.call.on('drain', done);
      this.signal.addEventListener('abort', done);
    });
  }

  private close(): void {
    if (this.over) return;
    this.over = true;
    this.leave();
    this.controller.abort();
  }
}
