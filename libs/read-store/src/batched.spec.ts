import { setImmediate as turnOver } from 'node:timers/promises';
import { Batched } from './batched';

/** Asks when told to. */
const held = () => {
  const asked: (readonly number[])[] = [];
  const answers: (() => void)[] = [];
  const batched = new Batched<number, string>(async (questions) => {
    asked.push(questions);
    await new Promise<void>((resolve) => answers.push(resolve));
    if (questions.includes(13)) throw new Error('unlucky');
    return questions.map((n) => `answer ${n}`);
  });
  const answerNext = async (): Promise<void> => {
    while (answers.length === 0) await turnOver();
    answers.shift()?.();
  };
  return { asked, batched, answerNext };
};

describe('Questions that are asked together', () => {
  it('asks in one go what comes in one turn, and what comes while it is asked in one go afterwards', async () => {
    const { asked, batched, answerNext } = held();
    const first = [batched.of(1), batched.of(4)];
    while (asked.length === 0) await turnOver();
    const others = [batched.of(2), batched.of(3)];
    await answerNext();
    expect(await Promise.all(first)).toStrictEqual(['answer 1', 'answer 4']);
    await answerNext();
    expect(await Promise.all(others)).toStrictEqual(['answer 2', 'answer 3']);
    expect(asked).toStrictEqual([
      [1, 4],
      [2, 3],
    ]);
  });

  it('never answers with what was asked before the question came', async () => {
    const { asked, batched, answerNext } = held();
    const first = batched.of(7);
    while (asked.length === 0) await turnOver();
    const second = batched.of(7);
    await answerNext();
    await first;
    await answerNext();
    await second;
    expect(asked).toStrictEqual([[7], [7]]);
  });

  it('lets a bad question fail alone', async () => {
    const { batched, answerNext } = held();
    const all = Promise.allSettled([batched.of(1), batched.of(2), batched.of(13), batched.of(4)]);
    for (let i = 0; i < 5; i += 1) await answerNext();
    expect((await all).map(({ status }) => status)).toStrictEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    const next = batched.of(5);
    await answerNext();
    expect(await next).toBe('answer 5');
  });
});
