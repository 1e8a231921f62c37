import { EventStore } from '@app/event-store';

/** From now on the store begins its streams by `append`, so that whoever stands in for that sees everything that is stored. */
export const byAppendAlone = (store: EventStore): EventStore => {
  store.begin = (stream, events) => EventStore.prototype.begin.call(store, stream, events);
  return store;
};
