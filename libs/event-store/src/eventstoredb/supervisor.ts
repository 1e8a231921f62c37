import type { Timers } from '../timers';
import { pause, WakeUp } from '../wake-up';
import type { Calls } from './calls';
import { GatewayError, type StoreGateway } from './gateway';
import { Tail, type TailLimits } from '../tail';

export type StoreAlarm = Readonly<{
  kind: 'disconnected' | 'lagging' | 'recovered';
  /** What happened, without addresses or names of streams. */
  detail: string;
}>;

export type SupervisorOptions = Readonly<{
  limits: TailLimits;
  /** How often the end of the log is compared with what has come, ms. */
  heartbeatMs: number;
  /** How long events may be missing before it is said, ms. */
  lagAfterMs: number;
  onAlarm: (alarm: StoreAlarm) => void;
}>;

const detailOf = (error: unknown): string =>
  error instanceof GatewayError && error.kind === 'denied'
    ? 'the event store refuses the user name or the password, or the user may not read all events'
    : 'the subscription to the event store broke off and is begun again';

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;

/**
 * The one subscription of a process. It goes on where it was after every break, however the break shows: an error, an
 * end, or a silence while the log grows. Whoever follows is served from its tail.
 */
export class Supervisor {
  readonly appended: WakeUp;
  private known: Tail | null = null;
  private running: Promise<void> | null = null;
  private alarmed: StoreAlarm['kind'] | null = null;
  private messages = 0;
  private behindSince: number | null = null;

  constructor(
    private readonly gateway: StoreGateway,
    private readonly calls: Calls,
    private readonly timers: Timers,
    private readonly options: SupervisorOptions,
    private readonly closing: AbortSignal,
  ) {
    this.appended = new WakeUp(timers);
  }

  /** Null until the end of the log was found for the first time. */
  get tail(): Tail | null {
    return this.known;
  }

  start(): void {
    this.running ??= this.run();
  }

  async stopped(): Promise<void> {
    await this.running;
  }

  private async run(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    while (!this.closing.aborted) {
      const before = this.messages;
      try {
        this.known ??= new Tail(await this.findHead(), this.options.limits);
        this.appended.wake();
        await this.follow(this.known);
      } catch (error) {
        if (this.closing.aborted) return;
        this.alarm('disconnected', detailOf(error));
      }
      if (this.messages > before) retryMs = FIRST_RETRY_MS;
      await pause(retryMs, this.closing, this.timers);
      retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
    }
  }

  private async findHead(): Promise<bigint> {
    const { events } = await this.calls.run((call) => this.gateway.readAllBackwards(1, call));
    return events[0]?.position ?? 0n;
  }

  private async follow(tail: Tail): Promise<void> {
    const stop = new AbortController();
    const end = (): void => stop.abort();
    this.closing.addEventListener('abort', end);
    void this.watch(tail, stop);
    try {
      for await (const message of this.gateway.subscribeToAll(tail.upTo, stop.signal)) {
        if (stop.signal.aborted) break;
        this.messages += 1;
        if (message.kind === 'event' && tail.add(message.event, message.bytes)) this.appended.wake();
        else if (message.kind === 'checkpoint') tail.pass(message.position);
        if (this.alarmed === 'disconnected') this.recovered();
      }
      // Given up by the watch, or ended by itself: both are breaks.
      throw new Error('the subscription ended');
    } finally {
      this.closing.removeEventListener('abort', end);
      stop.abort();
    }
  }

  /** Looks again and again whether the log has something that did not come. */
  private async watch(tail: Tail, stop: AbortController): Promise<void> {
    let missing: bigint | null = null;
    let before = this.messages;
    for (;;) {
      await pause(this.options.heartbeatMs, stop.signal, this.timers);
      if (stop.signal.aborted) return;
      try {
        const upTo = tail.upTo;
        const { events } = await this.calls.run((call) => this.gateway.readAll(upTo, 1, undefined, call), this.patience);
        const next = events[0]?.position ?? null;
        if (stop.signal.aborted) return;
        this.noteLag(tail, next);
        // The same event was missing a heartbeat ago and nothing has come since: this subscription is dead.
        if (missing !== null && tail.upTo < missing && this.messages === before) return stop.abort();
        missing = next;
        before = this.messages;
      } catch {
        return stop.abort();
      }
    }
  }

  private get patience(): number {
    return Math.min(this.calls.answerWithinMs, Math.max(2 * this.options.heartbeatMs, 1_000));
  }

  private noteLag(tail: Tail, next: bigint | null): void {
    if (next === null || tail.upTo >= next) {
      this.behindSince = null;
      if (this.alarmed === 'lagging') this.recovered();
      return;
    }
    this.behindSince ??= this.timers.now();
    if (this.timers.now() - this.behindSince >= this.options.lagAfterMs) {
      this.alarm('lagging', `events are missing for ${Math.round((this.timers.now() - this.behindSince) / 1_000)} s`);
    }
  }

  private alarm(kind: 'disconnected' | 'lagging', detail: string): void {
    if (this.alarmed === kind || this.alarmed === 'disconnected') return;
    this.alarmed = kind;
    this.options.onAlarm({ kind, detail });
  }

  private recovered(): void {
    this.alarmed = null;
    this.options.onAlarm({ kind: 'recovered', detail: 'the subscription to the event store goes on' });
  }
}
