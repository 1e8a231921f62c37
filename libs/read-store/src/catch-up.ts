import type { EventCodec, EventStore } from '@app/event-store';
import type { BatchApplier, Member } from './batch-applier';
import type { Projection } from './projection';

/** Errors: RangeError for two of one name, or one that wants events nobody knows. */
export const checkProjections = (projections: readonly Projection[], codec: EventCodec): void => {
  if (new Set(projections.map(({ name }) => name)).size !== projections.length) throw new RangeError('two projections of one name');
  for (const { name, handles } of projections) {
    const unknown = handles.filter((type) => !codec.knows(type));
    if (unknown.length > 0) throw new RangeError(`${name} handles unknown event types: ${unknown.join(', ')}`);
  }
};

/** Applies pages to members that stand together until they are at `goal`, stopped, or moved by somebody else. */
export type CatchUp = (members: readonly Member[], goal: bigint) => Promise<void>;

export const catchUpBy =
  (applier: BatchApplier, { store, pageSize = 2_000 }: Readonly<{ store: EventStore; pageSize?: number }>): CatchUp =>
  async (members, goal) => {
    const eventTypes = [...new Set(members.flatMap(({ projection }) => projection.handles))];
    let position = members[0]?.position ?? goal;
    while (position < goal) {
      const from = position;
      const page = await store.readAll(from, pageSize, { eventTypes });
      const last = page.at(-1)?.position ?? goal;
      const to = page.length === pageSize && last < goal ? last : goal;
      const here = members.filter((m) => m.position === from && m.state !== 'stopped');
      if (here.length === 0) return;
      await applier.apply(here, { events: page.filter((e) => e.position <= to), from, to, tell: false });
      position = to;
    }
  };
