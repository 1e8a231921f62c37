import type { OpenWorker } from './connections';
import { WorkLoop } from './work-loop';

const quiet = { error: () => undefined, log: () => undefined };

/** A worker whose loop does what the library's does without tables: it fails at once, again and again, until it is closed. */
const spinning = () => {
  let listener: (error: Error) => void = () => undefined;
  let closed = false;
  const worker: OpenWorker = {
    waitUntilReady: async () => undefined,
    close: async () => {
      closed = true;
    },
    onError: (l) => {
      listener = l;
    },
    onFailed: () => undefined,
  };
  return {
    worker,
    fail: (error: Error): number => {
      let rounds = 0;
      for (; !closed && rounds < 1_000; rounds += 1) listener(error);
      return rounds;
    },
    isClosed: () => closed,
  };
};

describe('A worker that fails without a pause', () => {
  it('is ended at its first error and replaced once after a repair', async () => {
    const first = spinning();
    const second = spinning();
    const opened = [first, second];
    let repairs = 0;
    let replaced: () => void = () => undefined;
    const running = new Promise<void>((resolve) => {
      replaced = resolve;
    });
    const loop = new WorkLoop(
      () => {
        const next = opened.shift() ?? spinning();
        if (next === second) replaced();
        return next.worker;
      },
      async () => {
        repairs += 1;
      },
      quiet,
    );
    await loop.start();
    expect(first.fail(new Error('relation "job" does not exist'))).toBe(1);
    await running;
    expect([first.isClosed(), second.isClosed(), repairs]).toStrictEqual([true, false, 1]);
    await loop.close();
    expect(second.isClosed()).toBe(true);
  });

  it('tries to repair until it can', async () => {
    const first = spinning();
    let repairs = 0;
    let replaced: () => void = () => undefined;
    const running = new Promise<void>((resolve) => {
      replaced = resolve;
    });
    let opened = 0;
    const loop = new WorkLoop(
      () => {
        opened += 1;
        if (opened === 2) replaced();
        return opened === 1 ? first.worker : spinning().worker;
      },
      async () => {
        repairs += 1;
        if (repairs < 3) throw new Error('the database does not answer');
      },
      quiet,
    );
    await loop.start();
    first.fail(new Error('relation "job" does not exist'));
    await running;
    expect(repairs).toBe(3);
    await loop.close();
  });

  it('is left alone when only its connection was lost', async () => {
    const first = spinning();
    const loop = new WorkLoop(
      () => first.worker,
      async () => undefined,
      quiet,
    );
    await loop.start();
    first.fail(Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }));
    expect(first.isClosed()).toBe(false);
    await loop.close();
  });
});
