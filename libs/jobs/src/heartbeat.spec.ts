import { Heartbeat } from './heartbeat';

/** A queue whose beats lie there until the test takes them, under a clock that the test turns. */
const stage = () => {
  const clock = { ms: 1_000 };
  const waiting = new Set<string>();
  const silences: number[] = [];
  const way = { isAway: false };
  const refuse = (): void => {
    if (way.isAway) throw new Error('the queue does not answer');
  };
  const beat = new Heartbeat(
    {
      send: async (id) => {
        refuse();
        waiting.add(id);
      },
      waits: async (id) => {
        refuse();
        return waiting.has(id);
      },
    },
    { beatEveryMs: 10, silentAfterMs: 30 },
    (forMs) => silences.push(forMs),
    () => clock.ms,
  );
  const after = async (ms: number): Promise<void> => {
    clock.ms += ms;
    await beat.look();
  };
  return { beat, after, waiting, silences, way };
};

describe('The heartbeat of a worker', () => {
  it('is quiet while the worker takes what it is sent', async () => {
    const { beat, after, waiting, silences } = stage();
    for (let n = 0; n < 20; n += 1) {
      await after(10);
      expect(waiting.size).toBe(1);
      waiting.clear();
      beat.heard();
    }
    expect([silences, beat.quietFor]).toStrictEqual([[], 0]);
  });

  it('tells of a worker that takes nothing, once for each silence, and sends one beat at a time', async () => {
    const { after, waiting, silences } = stage();
    for (let n = 0; n < 4; n += 1) await after(10);
    expect([silences, waiting.size]).toStrictEqual([[], 1]);
    await after(10);
    expect([silences, waiting.size]).toStrictEqual([[40], 2]);
    for (let n = 0; n < 3; n += 1) await after(10);
    expect(silences).toStrictEqual([40]);
    await after(10);
    expect(silences).toStrictEqual([40, 40]);
  });

  it('takes other work for an answer: a beat may lie behind much of it', async () => {
    const { beat, after, silences } = stage();
    for (let n = 0; n < 20; n += 1) {
      await after(10);
      beat.heard();
    }
    expect(silences).toStrictEqual([]);
  });

  it('takes it for an answer when a worker of another process took the beat', async () => {
    const { beat, after, waiting, silences } = stage();
    for (let n = 0; n < 20; n += 1) {
      await after(10);
      waiting.clear();
    }
    expect([silences, beat.quietFor <= 10]).toStrictEqual([[], true]);
  });

  it('accuses nobody while the queue itself is away, and starts over when it is back', async () => {
    const { after, silences, way } = stage();
    await after(10);
    way.isAway = true;
    for (let n = 0; n < 10; n += 1) await after(10);
    way.isAway = false;
    await after(10);
    await after(30);
    expect(silences).toStrictEqual([]);
    await after(10);
    expect(silences).toStrictEqual([40]);
  });

  it('sends nothing more when it has ended', async () => {
    const { beat, after, waiting } = stage();
    await beat.end();
    await after(10);
    expect(waiting.size).toBe(0);
  });
});
