/** A command or an event: a name and flat, serialisable data. */
export type Message<T extends string, D> = Readonly<{ type: T; data: Readonly<D> }>;

/**
 * The pure core of one aggregate: no I/O, no clock, no randomness.
 * `decide` answers with events, with nothing (idempotent or stale), or throws a DomainError.
 * `evolve` is total: it never fails on an event that was stored.
 */
export type Decider<S, C, E> = Readonly<{
  initial: S;
  decide: (command: C, state: S) => readonly E[];
  evolve: (state: S, event: E) => S;
}>;

export const assertNever = (value: never): never => {
  throw new Error(`Unhandled variant: ${JSON.stringify(value)}`);
};
