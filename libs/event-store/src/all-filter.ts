import type { AllFilter, RecordedEvent } from './event-store.port';

/** Both kinds of filter must agree where both are given; a list without entries matches nothing. */
export const matches = (event: Pick<RecordedEvent, 'stream' | 'type'>, { streamPrefixes, eventTypes }: AllFilter): boolean =>
  (eventTypes === undefined || eventTypes.includes(event.type)) &&
  (streamPrefixes === undefined || streamPrefixes.some((prefix) => event.stream.startsWith(prefix)));
