import {
  ConcurrencyConflict,
  pause,
  StoreUnavailable,
  type Appended,
  type EventToAppend,
  type ExpectedRevision,
  type RecordedEvent,
} from '@app/event-store';
import { idFrom } from '@app/kernel';
import type { PreparedEvent } from '../../libs/event-store/src/append-arguments';
import type { Call, GatewayAppended, SubscriptionMessage } from '../../libs/event-store/src/eventstoredb/gateway';
import { FaultyStore } from './faulty-store';
import { ReadTable, TableTrouble } from './read-table';
import { SimulatedGateway } from './simulated-gateway';
import { SimulatedServer } from './simulated-server';

/** Each class has one fault that the checker must find. */

/** Acknowledges before the disk has it: what was not flushed is gone when the server goes down. */
export class AcknowledgesBeforeCommit extends SimulatedServer {
  private flushed = 0;
  private flushing = false;

  override append(
    stream: string,
    expected: ExpectedRevision,
    events: readonly PreparedEvent[],
  ): GatewayAppended | Promise<GatewayAppended> {
    const appended = super.append(stream, expected, events);
    if (!this.flushing) void this.flush();
    return appended;
  }

  private async flush(): Promise<void> {
    this.flushing = true;
    const leave = this.network.onCut(() => this.forget());
    await pause(30);
    leave();
    this.flushed = this.log.length;
    this.flushing = false;
  }

  private forget(): void {
    for (const { stream } of this.log.splice(this.flushed)) this.streams.get(stream)?.pop();
  }
}

/** Draws a position when an append begins and shows the events when it ends: others with higher positions are seen before. */
export class ShowsHigherPositionsFirst extends SimulatedServer {
  override async append(stream: string, expected: ExpectedRevision, events: readonly PreparedEvent[]): Promise<GatewayAppended> {
    const before = this.log.length;
    const appended = await super.append(stream, expected, events);
    if (!this.random.chance(0.2)) return appended;
    const hidden = this.log.splice(before);
    await pause(this.random.next() * 20);
    const at = this.log.findIndex(({ position }) => position > (hidden[0]?.position ?? 0n));
    this.log.splice(at < 0 ? this.log.length : at, 0, ...hidden);
    this.tellAll();
    return appended;
  }
}

/** Takes an append again when nothing exact is expected. */
export class ForgetsIds extends SimulatedServer {
  protected override readonly remembered = 0;
}

/** Two writers that saw the same revision are both taken. */
export class IgnoresTheRevision extends SimulatedServer {
  override append(
    stream: string,
    _expected: ExpectedRevision,
    events: readonly PreparedEvent[],
  ): GatewayAppended | Promise<GatewayAppended> {
    return super.append(stream, 'any', events);
  }
}

/** A subscription that loses one event now and then, as if it had been shown. */
export class SwallowsAnEvent extends SimulatedGateway {
  override async *subscribeToAll(after: bigint, signal: AbortSignal): AsyncGenerator<SubscriptionMessage, void, void> {
    for await (const message of super.subscribeToAll(after, signal)) {
      if (message.kind !== 'event' || !this.network.chance(0.05)) yield message;
    }
  }
}

/** A subscription that gives two neighbours in the wrong order. */
export class TurnsTwoEventsRound extends SimulatedGateway {
  override async *subscribeToAll(after: bigint, signal: AbortSignal): AsyncGenerator<SubscriptionMessage, void, void> {
    let held: SubscriptionMessage | null = null;
    for await (const message of super.subscribeToAll(after, signal)) {
      if (held === null && message.kind === 'event' && this.network.chance(0.1)) {
        held = message;
        continue;
      }
      yield message;
      if (held !== null) yield held;
      held = null;
    }
  }
}

/** A subscription that begins at the end, wherever it was asked to begin. */
export class BeginsAtTheEnd extends SimulatedGateway {
  override subscribeToAll(_after: bigint, signal: AbortSignal): AsyncGenerator<SubscriptionMessage, void, void> {
    return super.subscribeToAll(this.server.log.at(-1)?.position ?? 0n, signal);
  }
}

/** Reads from a copy that is behind. */
export class ReadsFromBehind extends SimulatedGateway {
  override async readStream(stream: string, from: bigint, limit: number, call: Call): Promise<readonly RecordedEvent[]> {
    const read = await super.readStream(stream, from, limit, call);
    return this.network.chance(0.2) ? read.slice(0, -1) : read;
  }
}

/** Tries again with other ids, so that nobody can tell that it is the same. */
export class RetriesWithNewIds extends FaultyStore {
  override async append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    try {
      return await super.append(stream, expected, events);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
      return await super.append(
        stream,
        'any',
        events.map((event) => ({ ...event, id: idFrom(event.id, 'again') })),
      );
    }
  }
}

/** Takes silence for a refusal. */
export class GuessesARefusal extends FaultyStore {
  override async append(stream: string, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<Appended> {
    try {
      return await super.append(stream, expected, events);
    } catch (error) {
      if (error instanceof StoreUnavailable) throw new ConcurrencyConflict(stream, expected, 'no-stream');
      throw error;
    }
  }
}

/** Pages whose last two events change places. */
export class ReadsOutOfOrder extends FaultyStore {
  override async readAll(...asked: Parameters<FaultyStore['readAll']>): Promise<readonly RecordedEvent[]> {
    const read = await super.readAll(...asked);
    const [one, two] = read.slice(-2);
    return one !== undefined && two !== undefined && this.network.chance(0.1) ? [...read.slice(0, -2), two, one] : read;
  }
}

/** Commits the rows, then the checkpoint. */
export class MovesTheCheckpointAfterwards extends ReadTable {
  override async apply(from: bigint, ids: readonly string[], to: bigint): Promise<void> {
    await this.work();
    this.refuseUnlessAt(from);
    this.rows.push(...ids);
    await this.work();
    if (this.fails()) throw new TableTrouble('died between the two');
    this.moveTo(to);
  }
}

/** Commits the checkpoint, then the rows. */
export class MovesTheCheckpointBefore extends ReadTable {
  override async apply(from: bigint, ids: readonly string[], to: bigint): Promise<void> {
    await this.work();
    this.refuseUnlessAt(from);
    this.at = to;
    await this.work();
    if (this.fails()) throw new TableTrouble('died between the two');
    this.rows.push(...ids);
    this.noteCommit();
  }
}
