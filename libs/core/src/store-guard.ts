import { EventStore, pause, StoreAlarms } from '@app/event-store';
import { belongsTo, ForeignStore } from '@app/read-store';
import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { DataSource } from 'typeorm';

const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 5_000;

/**
 * Sees to it that the read models and the event store belong together: before anything is read, and each time the store is back after it
 * was away, because what is back may be something else.
 */
@Injectable()
export class StoreGuard implements OnApplicationShutdown {
  private readonly log = new Logger('EventStore');
  private readonly closing = new AbortController();
  private unhear: () => void = () => undefined;

  constructor(
    @Inject(EventStore) private readonly store: EventStore,
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(StoreAlarms) private readonly alarms: StoreAlarms,
  ) {}

  /**
   * Resolves to true once they belong together, however long the store is away; to false when the process is stopped before that, or
   * when they do not. `onForeign` hears of that, now or later; the process should end then.
   */
  watch(onForeign: (error: ForeignStore) => void): Promise<boolean> {
    const look = (): Promise<boolean> => this.confirm(onForeign);
    this.unhear = this.alarms.onAlarm(({ kind }) => {
      if (kind === 'recovered') void look();
    });
    return look();
  }

  onApplicationShutdown(): void {
    this.closing.abort();
    this.unhear();
  }

  private async confirm(onForeign: (error: ForeignStore) => void): Promise<boolean> {
    const { signal } = this.closing;
    for (let retryMs = FIRST_RETRY_MS; !signal.aborted; retryMs = Math.min(retryMs * 2, LAST_RETRY_MS)) {
      try {
        if (await belongsTo(this.store, this.dataSource)) return true;
        onForeign(new ForeignStore('foreign'));
        return false;
      } catch (error) {
        if (signal.aborted) return false;
        this.log.warn(`waiting for the event store and the database: ${error instanceof Error ? error.name : typeof error}`);
        await pause(retryMs, signal);
      }
    }
    return false;
  }
}
