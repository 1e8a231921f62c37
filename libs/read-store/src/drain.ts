import type { EventStore } from '@app/event-store';
import type { PolicyRunner } from './policy-runner';
import type { ProjectionRunner } from './projection-runner';

/** Lets projections and policies work until nothing more follows: for seeds and tests. */
export const drainAll = async (
  store: EventStore,
  projections: Pick<ProjectionRunner, 'drain'>,
  policies?: Pick<PolicyRunner, 'drain'>,
): Promise<void> => {
  for (;;) {
    const before = await store.head();
    await projections.drain();
    await policies?.drain();
    if ((await store.head()) === before) return;
  }
};
