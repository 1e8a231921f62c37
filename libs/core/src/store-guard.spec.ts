import { InMemoryEventStore, StoreAlarms, StoreUnavailable, type RecordedEvent } from '@app/event-store';
import { waitUntil } from '@app/testing';
import { Logger } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { StoreGuard } from './store-guard';

const ID = '7b1c9f0e-1111-4222-8333-444455556666';

/** Readers that took one event last, and a store that may be away or hold something else. */
class Stage extends InMemoryEventStore {
  away = false;
  other = false;
  asked = 0;
  readonly alarms = new StoreAlarms();
  readonly heard: string[] = [];
  readonly guard = new StoreGuard(
    this,
    {
      query: async () => [{ name: 'r', event_id: ID, event_stream: 's', event_revision: '0', event_position: '7' }],
    } as unknown as DataSource,
    this.alarms,
  );

  override async readStream(): Promise<readonly RecordedEvent[]> {
    this.asked += 1;
    if (this.away) throw new StoreUnavailable('away');
    return this.other ? [] : [{ id: ID, position: 7n } as RecordedEvent];
  }

  watch(): Promise<boolean> {
    return this.guard.watch((error) => void this.heard.push(error.reason));
  }
}

describe('The guard of the event store', () => {
  let stage: Stage;
  beforeEach(() => {
    Logger.overrideLogger(false);
    stage = new Stage();
  });
  afterEach(() => stage.guard.onApplicationShutdown());

  it('lets the readers begin where the store is theirs', async () => {
    expect(await stage.watch()).toBe(true);
    expect(stage.heard).toStrictEqual([]);
  });

  it('says so where it is not', async () => {
    stage.other = true;
    expect(await stage.watch()).toBe(false);
    expect(stage.heard).toStrictEqual(['foreign']);
  });

  it('waits as long as the store is away', async () => {
    stage.away = true;
    const watching = stage.watch();
    await waitUntil(() => stage.asked >= 2);
    stage.away = false;
    expect(await watching).toBe(true);
  });

  it('gives up with the process', async () => {
    stage.away = true;
    const watching = stage.watch();
    stage.guard.onApplicationShutdown();
    expect(await watching).toBe(false);
  });

  it('looks again when the store is back, because what is back may be something else', async () => {
    await stage.watch();
    stage.other = true;
    stage.alarms.take({ kind: 'disconnected', detail: 'gone' });
    expect([stage.alarms.isRaised('disconnected'), stage.alarms.isRaised('lagging')]).toStrictEqual([true, false]);
    stage.alarms.take({ kind: 'recovered', detail: 'back' });
    await waitUntil(() => stage.heard.length > 0);
    expect(stage.heard).toStrictEqual(['foreign']);
    expect(stage.alarms.isRaised('disconnected')).toBe(false);
  });
});
