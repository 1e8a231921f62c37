import type { AllStreamSubscription, Position, ResolvedEvent, StreamSubscription } from '@eventstore/db-client';
import { waitUntil } from '@app/testing';

export type Watched = Readonly<{
  events: ResolvedEvent[];
  checkpoints: Position[];
  /** What came, in order: `confirmed`, `caught up`, `checkpoint`, `end`, or the revision of an event. */
  story: string[];
  errors: Error[];
  /** Resolves once the story has `line`, or so many of them. */
  until: (line: string, times?: number) => Promise<void>;
  /** Resolves once so many events have come. */
  untilEvents: (count: number) => Promise<void>;
  stop: () => Promise<void>;
}>;

type Subscription = StreamSubscription | AllStreamSubscription;

/** Follows a subscription; `checkpointReached` is to be given to its filter. */
export const watch = (begin: (checkpointReached: (_: unknown, position: Position) => void) => Subscription): Watched => {
  const events: ResolvedEvent[] = [];
  const checkpoints: Position[] = [];
  const story: string[] = [];
  const errors: Error[] = [];
  const subscription: Subscription = begin((_, position) => {
    checkpoints.push(position);
    story.push('checkpoint');
  });
  subscription.on('confirmation', () => story.push('confirmed'));
  (subscription as AllStreamSubscription).on('caughtUp', () => story.push('caught up'));
  (subscription as AllStreamSubscription).on('data', (event) => {
    events.push(event);
    story.push(String(event.event?.revision ?? event.link?.revision));
  });
  subscription.on('error', (error: Error) => {
    errors.push(error);
    story.push('error');
  });
  subscription.on('end', () => story.push('end'));
  return {
    events,
    checkpoints,
    story,
    errors,
    until: async (line, times = 1) => {
      await waitUntil(() => story.filter((one) => one === line).length >= times, { timeoutMs: 30_000, what: `${times} × ${line}` });
    },
    untilEvents: async (count) => {
      await waitUntil(() => events.length >= count, { timeoutMs: 30_000, what: `${count} events` });
    },
    stop: () => subscription.unsubscribe(),
  };
};
