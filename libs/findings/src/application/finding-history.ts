import { createCodec, EventStore } from '@app/event-store';
import type { FindingId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { FINDING_EVENT_TYPES } from '../domain/finding.event-types';
import type { FindingEvent, FindingFiled } from '../domain/finding.events';
import { evolve } from '../domain/finding.evolve';
import { absent, type FindingState } from '../domain/finding.state';
import { findingStream } from './finding-stream';

/** What was filed, with all later corrections, and where the finding stands: for policies, which react to another finding. */
export type FindingHistory = Readonly<{ filed: FindingFiled['data']; state: FindingState }>;

const codec = createCodec(FINDING_EVENT_TYPES);

@Injectable()
export class FindingHistories {
  constructor(@Inject(EventStore) private readonly store: EventStore) {}

  /** Null when there is no such finding. */
  async of(findingId: FindingId): Promise<FindingHistory | null> {
    const stored = await this.store.readStream(findingStream(findingId));
    // The table of types is the union's own, so what it decodes is a member of the union.
    const events = stored.map((event) => codec.decode(event)).map(({ type, data }) => ({ type, data }) as FindingEvent);
    const [first] = events;
    if (first?.type !== 'FindingFiled') return null;
    const filed = events.reduce((so, event) => (event.type === 'FindingCorrected' ? { ...so, ...event.data.changes } : so), first.data);
    return { filed, state: events.reduce(evolve, absent) };
  }

  /** Whether it was put down as rectified on the spot, which is said with the filing or never. */
  async wasSeenOnTheSpot(findingId: FindingId): Promise<boolean> {
    return (await this.store.readStream(findingStream(findingId), 1n, 1)).some(({ type }) => type === 'OnTheSpotWitnessed');
  }

  /** The parent of a child (R6); null for every other finding. Read from the first event, which never changes. */
  async parentOf(findingId: FindingId): Promise<FindingId | null> {
    const [stored] = await this.store.readStream(findingStream(findingId), 0n, 1);
    if (stored === undefined) return null;
    const event = codec.decode(stored);
    return event.type === 'FindingFiled' ? (event.data as FindingFiled['data']).parentId : null;
  }
}
