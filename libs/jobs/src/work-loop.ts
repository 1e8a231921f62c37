import type { Logger } from '@nestjs/common';
import type { OpenWorker } from './connections';
import { endWithin, TIMING } from './timing';

const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 5_000;
/** A worker that runs this long without trouble starts over with the first pause. */
const CALM_AFTER_MS = 30_000;

/**
 * Keeps one worker going. BullMQ's own loop retries at once and for ever when its tables are missing, so the first error that is
 * no lost connection ends the worker; after a pause that grows, and a repair, a new one takes its place.
 */
export class WorkLoop {
  private worker: OpenWorker | null = null;
  private restarting: Promise<void> | null = null;
  private stopped = false;
  private pauseMs = FIRST_PAUSE_MS;
  private startedAt = 0;
  private wake: () => void = () => undefined;

  constructor(
    private readonly open: () => OpenWorker,
    private readonly repair: () => Promise<unknown>,
    private readonly log: Pick<Logger, 'error' | 'log'>,
    private readonly closeWithinMs: number = TIMING.closeWithinMs,
  ) {}

  async start(): Promise<void> {
    await this.launch().waitUntilReady();
  }

  /** Ends the worker that is there, waits, repairs and starts another. */
  restart(because: string): void {
    if (this.stopped || this.restarting !== null) return;
    this.log.error(`a queue worker starts again: ${because}`);
    const old = this.worker;
    this.worker = null;
    this.restarting = this.again(old).finally(() => {
      this.restarting = null;
    });
  }

  async close(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.restarting;
    const ending = this.worker?.close();
    await endWithin(ending, this.closeWithinMs);
    this.worker = null;
  }

  private launch(): OpenWorker {
    const worker = this.open();
    worker.onError((error) => {
      if (worker === this.worker && !isConnectionError(error)) this.restart(error.message);
    });
    this.worker = worker;
    this.startedAt = performance.now();
    return worker;
  }

  private async again(old: OpenWorker | null): Promise<void> {
    if (performance.now() - this.startedAt > CALM_AFTER_MS) this.pauseMs = FIRST_PAUSE_MS;
    // Without force it would wait for jobs that cannot be finished while the tables are away; over a dead connection it never ends.
    await endWithin(old?.close(true), this.closeWithinMs);
    while (!this.stopped) {
      await this.pause();
      if (this.stopped) return;
      try {
        await this.repair();
        this.launch();
        return;
      } catch (error) {
        this.log.error(`the queue cannot be repaired yet: ${error instanceof Error ? error.message : 'unknown'}`);
      }
    }
  }

  private async pause(): Promise<void> {
    const ms = this.pauseMs;
    this.pauseMs = Math.min(this.pauseMs * 2, LAST_PAUSE_MS);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENOTFOUND', '57P01', '57P03']);

/** Of lost connections BullMQ and its drivers take care themselves, with pauses. */
const isConnectionError = (error: Error): boolean =>
  ('code' in error && CONNECTION_CODES.has(String(error.code))) || /connection (is )?(closed|terminated)/i.test(error.message);
