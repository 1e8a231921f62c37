import { BACKWARDS, END, START, type AllStreamResolvedEvent, type Position } from '@eventstore/db-client';
import { all, notes, onBothStages, someStream } from './stage';

const streamsOf = (events: readonly AllStreamResolvedEvent[]): readonly string[] => events.map((e) => e.event?.streamId ?? '?');
const positionOf = (event: AllStreamResolvedEvent | undefined): Position => {
  const position = event?.event?.position;
  if (position === undefined) throw new Error('an event of the log without a position');
  return position;
};

onBothStages('Reading the whole log', (stage) => {
  const [a, b] = [someStream('a'), someStream('b')];
  let log: readonly AllStreamResolvedEvent[] = [];
  beforeAll(async () => {
    await stage.client().appendToStream(a, notes(4));
    await stage.client().appendToStream(b, notes(4));
    log = await all(stage.client().readAll());
  });

  it('begins with system events, as the log of every server, and then has all others in the order of their commits', () => {
    const ours = log.filter((e) => !(e.event?.streamId ?? '$').startsWith('$'));
    expect(streamsOf(ours)).toStrictEqual([a, a, a, a, b, b, b, b]);
    expect(log.length > ours.length).toBe(true);
    expect(streamsOf(log.slice(0, log.length - ours.length)).every((stream) => stream.startsWith('$'))).toBe(true);
    expect(log.filter((e) => (e.event?.streamId ?? '').startsWith('$')).every((e) => e.event?.type.startsWith('$'))).toBe(true);
  });

  it('has positions that grow and are greater than 0', () => {
    const positions = log.map((e) => positionOf(e).commit);
    expect(positions.every((position, n) => position > (positions[n - 1] ?? 0n))).toBe(true);
  });

  it('backwards from the end is the same in the opposite order', async () => {
    const backwards = await all(stage.client().readAll({ direction: BACKWARDS, fromPosition: END }));
    expect([...backwards].reverse()).toStrictEqual(log);
  });

  it('forwards from a position begins with the event there', async () => {
    const read = await all(stage.client().readAll({ fromPosition: positionOf(log[3]), maxCount: 3 }));
    expect(read).toStrictEqual(log.slice(3, 6));
  });

  it('backwards from a position begins before the event there', async () => {
    const read = await all(stage.client().readAll({ direction: BACKWARDS, fromPosition: positionOf(log[3]), maxCount: 10 }));
    expect(read).toStrictEqual(log.slice(0, 3).reverse());
  });

  it('from where nothing is gives nothing', async () => {
    expect(await all(stage.client().readAll({ direction: BACKWARDS, fromPosition: START }))).toStrictEqual([]);
    expect(await all(stage.client().readAll({ fromPosition: END }))).toStrictEqual([]);
  });

  it('stops after as many as asked for', async () => {
    expect(await all(stage.client().readAll({ maxCount: 2 }))).toStrictEqual(log.slice(0, 2));
    expect(await all(stage.client().readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 2 }))).toStrictEqual(
      log.slice(-2).reverse(),
    );
  });

  it('page by page misses nothing and doubles nothing', async () => {
    const pages: AllStreamResolvedEvent[] = [];
    for (let from: Position | undefined; ;) {
      const page = await all(stage.client().readAll({ maxCount: 3, ...(from !== undefined && { fromPosition: from }) }));
      pages.push(...(from === undefined ? page : page.slice(1)));
      const last = positionOf(page.at(-1));
      if (from?.commit === last.commit) break;
      from = last;
    }
    expect(pages).toStrictEqual(log);
  });
});
