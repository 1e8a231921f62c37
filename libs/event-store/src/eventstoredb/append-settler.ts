import { ConcurrencyConflict, StoreUnavailable, type Appended, type ExpectedRevision, type RecordedEvent } from '../event-store.port';
import type { PreparedEvent } from '../append-arguments';
import type { Timers } from '../timers';
import { pause } from '../wake-up';
import { portErrorOf, type Calls } from './calls';
import { GatewayError, WrongRevision, type StoreGateway } from './gateway';

const FIRST_RETRY_MS = 20;
const LAST_RETRY_MS = 500;
const PAGE = 500;
/** So many times the usual silence, and an append that was not answered is repeated although others are. */
const LOST_AFTER = 3;

type Wanted = Readonly<{ stream: string; expected: ExpectedRevision; events: readonly PreparedEvent[] }>;

/** An append ends with what the log says: an attempt whose outcome is unknown is repeated or looked for, never guessed. */
export class AppendSettler {
  constructor(
    private readonly gateway: StoreGateway,
    private readonly calls: Calls,
    private readonly timers: Timers,
    private readonly settleWithinMs: number,
  ) {}

  /** Errors: ConcurrencyConflict, StoreUnavailable (outcome unknown), RangeError. */
  async append(wanted: Wanted, closing: AbortSignal): Promise<Appended> {
    let giveUpAt = Infinity;
    let inDoubt = false;
    for (let retryMs = FIRST_RETRY_MS; ; retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)) {
      const leftMs = giveUpAt - this.timers.now();
      if (leftMs <= 0) throw new StoreUnavailable('others append to the stream all the time; the outcome of the append is unknown');
      try {
        const appended = inDoubt ? await this.again(wanted, leftMs) : await this.send(wanted, wanted.expected);
        if (appended !== 'lost the race') return appended;
      } catch (error) {
        if (!(error instanceof GatewayError) || error.kind !== 'unavailable') throw portErrorOf(error);
        inDoubt = true;
        giveUpAt = Math.min(giveUpAt, this.timers.now() + this.settleWithinMs);
        if (this.timers.now() + retryMs >= giveUpAt) {
          throw new StoreUnavailable('the event store did not answer; the outcome of the append is unknown', { cause: error });
        }
        await pause(retryMs, closing, this.timers);
      }
    }
  }

  /**
   * With an exact revision the same attempt again is safe at any time: at most one of them finds the stream there.
   * `any` and `stream-exists` are not: the server knows ids of late for these. So the stream is read, and where the
   * events are not there they are sent for exactly what was read; an earlier attempt that arrives yet makes that fail.
   */
  private async again(wanted: Wanted, leftMs: number): Promise<Appended | 'lost the race'> {
    if (wanted.expected !== 'any' && wanted.expected !== 'stream-exists') return this.sendAgain(wanted, wanted.expected, leftMs);
    const { stored, last } = await this.lookFor(wanted, leftMs);
    if (stored !== null) return stored;
    if (last === null && wanted.expected === 'stream-exists') throw mayYetBeTaken();
    try {
      return await this.sent(wanted, last ?? 'no-stream', leftMs);
    } catch (error) {
      if (error instanceof WrongRevision) return 'lost the race';
      throw error;
    }
  }

  private async sendAgain(wanted: Wanted, expected: bigint | 'no-stream', leftMs: number): Promise<Appended> {
    try {
      return await this.send(wanted, expected, leftMs);
    } catch (error) {
      const behind =
        error instanceof ConcurrencyConflict && expected !== 'no-stream' && (error.actual === 'no-stream' || error.actual < expected);
      throw behind ? mayYetBeTaken() : error;
    }
  }

  private async send(wanted: Wanted, expected: ExpectedRevision, withinMs?: number): Promise<Appended> {
    try {
      return await this.sent(wanted, expected, withinMs);
    } catch (error) {
      if (!(error instanceof WrongRevision)) throw error;
      const stored = await this.storedAfter(wanted, error.actual);
      if (stored !== null) return stored;
      throw new ConcurrencyConflict(wanted.stream, wanted.expected, error.actual);
    }
  }

  private async sent({ stream, events }: Wanted, expected: ExpectedRevision, withinMs?: number): Promise<Appended> {
    const { revision, position } = await this.calls.run(
      (call) => this.gateway.append(stream, expected, events, call),
      this.within(withinMs),
      // Answers to others show that the server lives, not that this one was not lost.
      this.within(withinMs) ?? LOST_AFTER * this.calls.answerWithinMs,
    );
    if (position !== null) return { revision, position };
    const [event] = await this.calls.run((call) => this.gateway.readStream(stream, revision, 1, call), this.within(withinMs));
    if (event === undefined) throw new GatewayError('unavailable', 'an append was acknowledged that cannot be read');
    return { revision, position: event.position };
  }

  /** Refused: perhaps because the very same events are there already, by an attempt before this one. */
  private async storedAfter({ stream, expected, events }: Wanted, actual: bigint | 'no-stream'): Promise<Appended | null> {
    if (actual === 'no-stream' || expected === 'any' || expected === 'stream-exists') return null;
    const search = new Search(events);
    for (let from = expected === 'no-stream' ? 0n : expected + 1n; from <= actual;) {
      const page = await this.calls.run((call) => this.gateway.readStream(stream, from, PAGE, call));
      const last = page.at(-1);
      if (search.takes(page) || last === undefined || page.length < PAGE) break;
      from = last.revision + 1n;
    }
    return search.found;
  }

  private async lookFor({ stream, events }: Wanted, leftMs: number): Promise<Readonly<{ stored: Appended | null; last: bigint | null }>> {
    const search = new Search(events);
    let last: bigint | null = null;
    for (let from: bigint | 'end' = 'end'; ;) {
      const start: bigint | 'end' = from;
      const page: readonly RecordedEvent[] = await this.calls.run(
        (call) => this.gateway.readStreamBackwards(stream, start, PAGE, call),
        this.within(leftMs),
      );
      last ??= page[0]?.revision ?? null;
      const oldest = page.at(-1);
      if (search.takes(page) || oldest === undefined || page.length < PAGE || oldest.revision === 0n) break;
      from = oldest.revision - 1n;
    }
    return { stored: search.found, last };
  }

  private within(leftMs: number | undefined): number | undefined {
    if (leftMs === undefined || leftMs === Infinity) return undefined;
    return Math.max(1, Math.min(leftMs, this.calls.answerWithinMs));
  }
}

/** The stream has not come to where it was expected: an attempt before that is still under way finds it there later. */
const mayYetBeTaken = (): GatewayError => new GatewayError('unavailable', 'the stream is not where it was expected to be yet');

/** Looks for all events of an append in pages of its stream. */
class Search {
  private readonly missing: Set<string>;
  private last: Appended | null = null;

  constructor(events: readonly PreparedEvent[]) {
    this.missing = new Set(events.map(({ id }) => id));
  }

  /** True when nothing is missing any more. */
  takes(page: readonly RecordedEvent[]): boolean {
    for (const { id, revision, position } of page) {
      if (this.missing.delete(id) && (this.last === null || revision > this.last.revision)) this.last = { revision, position };
    }
    return this.missing.size === 0;
  }

  get found(): Appended | null {
    return this.missing.size === 0 ? this.last : null;
  }
}
