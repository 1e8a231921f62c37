import { eventTypeFilter, excludeSystemEvents, streamNameFilter, type Position } from '@eventstore/db-client';
import { note, notes, onBothStages, someStream, type Stage } from './stage';
import { watch } from './watch';

const marked = async (stage: Stage): Promise<Position> => {
  const { position } = await stage.client().appendToStream(someStream('marker'), note());
  if (position === undefined) throw new Error('an append without a position');
  return position;
};

onBothStages('The checkpoints of a filtered subscription', (stage) => {
  it('come once for each 32 × interval events considered, through catching up and live, and once on going live', async () => {
    const from = await marked(stage);
    const stream = someStream();
    await stage.client().appendToStream(stream, notes(8));
    const watched = watch((checkpointReached) =>
      stage.client().subscribeToAll({ fromPosition: from, filter: excludeSystemEvents({ checkpointInterval: 2, checkpointReached }) }),
    );
    await watched.until('caught up');
    for (let n = 0; n < 18; n += 1) await stage.client().appendToStream(stream, notes(20));
    await stage.client().appendToStream(stream, notes(16));
    await watched.untilEvents(384);
    await watched.until('checkpoint', 6);
    expect([6, 7]).toContain(watched.checkpoints.length);
    await watched.stop();
  });

  it('move on although nothing passes the filter, and only forwards', async () => {
    const from = await marked(stage);
    const watched = watch((checkpointReached) =>
      stage.client().subscribeToAll({
        fromPosition: from,
        filter: eventTypeFilter({ prefixes: ['NobodyIsCalledSo'], checkpointInterval: 1, checkpointReached }),
      }),
    );
    await watched.until('caught up');
    const { position: end } = await stage.client().appendToStream(someStream(), notes(200));
    await watched.until('checkpoint', 6);
    const commits = watched.checkpoints.map(({ commit }) => commit);
    expect(commits.every((commit, n) => commit >= (commits[n - 1] ?? from.commit))).toBe(true);
    expect((commits.at(-1) ?? 0n) <= (end?.commit ?? 0n)).toBe(true);
    expect(watched.events).toStrictEqual([]);
    await watched.stop();
  });

  it('come more rarely the larger the interval and the search window', async () => {
    const from = await marked(stage);
    const { position: end } = await stage.client().appendToStream(someStream('wanted'), notes(300));
    const count = async (how: Readonly<{ checkpointInterval: number; maxSearchWindow?: number }>): Promise<number> => {
      const watched = watch((checkpointReached) =>
        stage
          .client()
          .subscribeToAll({ fromPosition: from, filter: streamNameFilter({ prefixes: ['unwanted'], ...how, checkpointReached }) }),
      );
      await watched.until('caught up');
      await watched.stop();
      expect(watched.checkpoints.every(({ commit }) => commit > from.commit && commit <= (end?.commit ?? 0n))).toBe(true);
      return watched.checkpoints.length;
    };
    const [every32, every128, window100] = [
      await count({ checkpointInterval: 1 }),
      await count({ checkpointInterval: 4 }),
      await count({ checkpointInterval: 1, maxSearchWindow: 100 }),
    ];
    expect([8, 9, 10]).toContain(every32);
    expect([1, 2, 3]).toContain(every128);
    expect([2, 3, 4]).toContain(window100);
  });

  it('are where a subscription goes on without missing or doubling an event', async () => {
    const from = await marked(stage);
    const stream = someStream('resumed');
    for (let n = 0; n < 10; n += 1) {
      await stage.client().appendToStream(stream, notes(10));
      await stage.client().appendToStream(someStream('noise'), notes(10));
    }
    const follow = (fromPosition: Position) =>
      watch((checkpointReached) =>
        stage
          .client()
          .subscribeToAll({ fromPosition, filter: streamNameFilter({ prefixes: ['resumed-'], checkpointInterval: 1, checkpointReached }) }),
      );
    const first = follow(from);
    await first.until('checkpoint', 3);
    await first.stop();
    const at = first.story.indexOf('checkpoint', first.story.indexOf('checkpoint') + 1);
    const before = first.story.slice(0, at).filter((line) => /^\d+$/.test(line));
    const second = follow(first.checkpoints[1] ?? from);
    await second.until('99');
    expect([...before, ...second.story.filter((line) => /^\d+$/.test(line))]).toStrictEqual(
      Array.from({ length: 100 }, (_, n) => String(n)),
    );
    await second.stop();
  });
});
