import type { CommandRunner } from '@app/event-store';
import type { Decider, Message } from '@app/kernel';

type Fold = Decider<object, unknown, Message<string, unknown>>;
type Request = Readonly<{ decider: unknown }>;

const known = new WeakMap<object, Fold>();

/** By the same rules; but what follows from a state and an event that were seen before is not worked out again. */
const remembering = (decider: Fold): Fold => {
  const found = known.get(decider);
  if (found !== undefined) return found;
  const after = new WeakMap<object, WeakMap<object, object>>();
  const once: Fold = {
    ...decider,
    evolve: (state, event) => {
      if (typeof event.data !== 'object' || event.data === null) return decider.evolve(state, event);
      const follow = after.get(state) ?? new WeakMap<object, object>();
      after.set(state, follow);
      const next = follow.get(event.data) ?? decider.evolve(state, event);
      follow.set(event.data, next);
      return next;
    },
  };
  known.set(decider, once);
  return once;
};

const once = <R extends Request>(request: R): R => ({ ...request, decider: remembering(request.decider as Fold) });

/**
 * A year has hundreds of lives of workers, and each reads its streams from their beginning, as it must. All have the same events of one
 * store in memory: each is folded once for all of them.
 */
export const foldingOnce = (Runner: typeof CommandRunner): typeof CommandRunner =>
  class extends Runner {
    override run: CommandRunner['run'] = (request) => super.run(once(request));
    override load: CommandRunner['load'] = (request) => super.load(once(request));
    override recall: CommandRunner['recall'] = (request) => super.recall(once(request));
  };
