import {
  END,
  eventTypeFilter,
  excludeSystemEvents,
  START,
  streamNameFilter,
  type Position,
  type SubscribeToAllOptions,
} from '@eventstore/db-client';
import { note, notes, onBothStages, pick, someStream, type Stage } from './stage';
import { watch, type Watched } from './watch';

const ours = (watched: Watched): readonly string[] =>
  watched.events.flatMap(({ event }) =>
    event === undefined || event.streamId.startsWith('$') ? [] : [`${event.streamId}@${event.revision}`],
  );
const marked = async (stage: Stage): Promise<Position> => {
  const { position } = await stage.client().appendToStream(someStream('marker'), note());
  if (position === undefined) throw new Error('an append without a position');
  return position;
};

onBothStages('A subscription to the whole log', (stage) => {
  const subscribe = (how: SubscribeToAllOptions) => watch(() => stage.client().subscribeToAll(how));

  it('from the start gives the system events of the server, then all others, says once that it caught up, and goes on live', async () => {
    const stream = someStream();
    await stage.client().appendToStream(stream, notes(2));
    const watched = subscribe({ fromPosition: START });
    await watched.until('caught up');
    await stage.client().appendToStream(stream, notes(2));
    await watched.until('3');
    expect(ours(watched).slice(-4)).toStrictEqual([0, 1, 2, 3].map((n) => `${stream}@${n}`));
    expect(watched.events[0]?.event?.streamId.startsWith('$')).toBe(true);
    expect([watched.story[0], watched.story.filter((line) => line === 'caught up')]).toStrictEqual(['confirmed', ['caught up']]);
    await watched.stop();
  });

  it('from the end gives only what comes', async () => {
    const stream = someStream();
    await stage.client().appendToStream(stream, notes(2));
    const watched = subscribe({ fromPosition: END });
    await watched.until('caught up');
    await stage.client().appendToStream(stream, notes(2));
    await watched.untilEvents(2);
    expect(watched.story).toStrictEqual(['confirmed', 'caught up', '2', '3']);
    await watched.stop();
  });

  it('from a position gives what is after the event there, over all streams in the order of the commits', async () => {
    const from = await marked(stage);
    const [a, b] = [someStream('a'), someStream('b')];
    await stage.client().appendToStream(b, notes(1));
    await stage.client().appendToStream(a, notes(2));
    const watched = subscribe({ fromPosition: from });
    await watched.until('caught up');
    await stage.client().appendToStream(b, notes(1));
    await watched.untilEvents(4);
    expect(ours(watched)).toStrictEqual([`${b}@0`, `${a}@0`, `${a}@1`, `${b}@1`]);
    expect(watched.story).toStrictEqual(['confirmed', '0', '0', '1', 'caught up', '1']);
    await watched.stop();
  });

  it('gives every event of many writers once, with growing positions', async () => {
    const from = await marked(stage);
    const streams = Array.from({ length: 20 }, () => someStream('many'));
    const watched = subscribe({ fromPosition: from });
    await Promise.all(
      streams.map(async (stream) => {
        for (let n = 0; n < 10; n += 1) await stage.client().appendToStream(stream, notes(3));
      }),
    );
    await watched.untilEvents(600);
    const positions = watched.events.map(({ event }) => event?.position?.commit ?? 0n);
    expect(positions.every((position, n) => position > (positions[n - 1] ?? 0n))).toBe(true);
    expect([...ours(watched)].sort()).toStrictEqual(
      streams.flatMap((stream) => Array.from({ length: 30 }, (_, n) => `${stream}@${n}`)).sort(),
    );
    await watched.stop();
  });

  it('goes on seeing what its stream has hidden or deleted', async () => {
    const from = await marked(stage);
    const [cut, gone, dead] = [someStream('cut'), someStream('gone'), someStream('dead')];
    for (const stream of [cut, gone, dead]) await stage.client().appendToStream(stream, notes(5));
    await stage.client().setStreamMetadata(cut, { truncateBefore: 3 });
    await stage.client().deleteStream(gone);
    await stage.client().tombstoneStream(dead);
    const watched = subscribe({ fromPosition: from, filter: excludeSystemEvents() });
    await watched.until('caught up');
    expect(ours(watched)).toStrictEqual([cut, gone, dead].flatMap((stream) => [0, 1, 2, 3, 4].map((n) => `${stream}@${n}`)));
    await watched.stop();
  });

  it.each([
    { filter: streamNameFilter({ prefixes: ['alpha-', 'beta-'] }), seen: ['alpha-x', 'beta-x'] },
    { filter: streamNameFilter({ regex: '^(alpha|gamma)-' }), seen: ['alpha-x', 'gamma-x'] },
    { filter: eventTypeFilter({ prefixes: ['Alpha'] }), seen: ['alpha-x'] },
    { filter: eventTypeFilter({ regex: '^[BG].*a$' }), seen: ['beta-x', 'gamma-x'] },
    { filter: excludeSystemEvents(), seen: ['alpha-x', 'beta-x', 'gamma-x'] },
  ])('with the filter $filter gives $seen, before and after it caught up', async ({ filter, seen }) => {
    const from = await marked(stage);
    const append = async (): Promise<void> => {
      for (const name of ['alpha', 'beta', 'gamma']) {
        await stage.client().appendToStream(`${name}-x`, note({}, name[0]?.toUpperCase() + name.slice(1)));
      }
      await stage.client().setStreamMetadata('alpha-x', { maxCount: 1_000 });
    };
    await append();
    const watched = subscribe({ fromPosition: from, filter });
    await watched.until('caught up');
    expect(watched.events.map(({ event }) => event?.streamId)).toStrictEqual(seen);
    await append();
    await watched.untilEvents(2 * seen.length);
    expect(watched.events.map(({ event }) => event?.streamId)).toStrictEqual([...seen, ...seen]);
    await watched.stop();
  });

  it('says that it caught up also when its filter lets nothing through', async () => {
    await stage.client().appendToStream(someStream(), notes(100));
    const watched = subscribe({ fromPosition: START, filter: streamNameFilter({ prefixes: ['nobody-is-called-so'] }) });
    await watched.until('caught up');
    expect(watched.events).toStrictEqual([]);
    await watched.stop();
  });

  it.each(['^(?i)[a-z', '(?<!', '^(?>abc)+$'])('with the regular expression %s, which it cannot follow, is refused', async (regex) => {
    const watched = subscribe({ fromPosition: START, filter: eventTypeFilter({ regex }) });
    await watched.until('error');
    expect(pick(watched.errors[0], 'code')).toStrictEqual({ name: 'UnknownError', code: 3 });
  });
});
