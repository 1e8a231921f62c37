import { Logger } from '@nestjs/common';
import type { StoreAlarm } from './eventstoredb/eventstoredb-event-store';

export type AlarmKind = Exclude<StoreAlarm['kind'], 'recovered'>;

/** What is wrong between this process and its event store, in the log once and here as long as it lasts. */
export class StoreAlarms {
  private readonly raised = new Set<AlarmKind>();
  private readonly hearers = new Set<(alarm: StoreAlarm) => void>();
  private readonly log = new Logger('EventStore');

  readonly take = (alarm: StoreAlarm): void => {
    switch (alarm.kind) {
      case 'recovered':
        this.raised.clear();
        this.log.warn(`recovered: ${alarm.detail}`);
        break;
      case 'disconnected':
      case 'lagging':
        this.raised.add(alarm.kind);
        this.log.error(`${alarm.kind}: ${alarm.detail}`);
        break;
    }
    for (const hear of this.hearers) hear(alarm);
  };

  isRaised(kind: AlarmKind): boolean {
    return this.raised.has(kind);
  }

  /** Calls back with each alarm; returns how to stop that. */
  onAlarm(hear: (alarm: StoreAlarm) => void): () => void {
    this.hearers.add(hear);
    return () => this.hearers.delete(hear);
  }
}
