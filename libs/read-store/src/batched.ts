import { setImmediate as turnOver } from 'node:timers/promises';

type Waiting<Q, A> = Readonly<{ question: Q; resolve: (answer: A) => void; reject: (error: unknown) => void }>;

const MOST = 500;

/**
 * Asks together what comes in the same turn of the process or while something is being asked: under load one statement answers many
 * requests, alone nobody waits.
 * Every question is asked after it came, so an answer is never older than its question.
 * `ask` gives one answer per question, in their order; where it fails for several, each is asked alone, so that one bad question spoils no other.
 */
export class Batched<Q, A> {
  private waiting: Waiting<Q, A>[] = [];
  private isAsking = false;

  constructor(private readonly ask: (questions: readonly Q[]) => Promise<readonly A[]>) {}

  /** Errors: what `ask` throws. */
  of(question: Q): Promise<A> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ question, resolve, reject });
      if (!this.isAsking) void this.work();
    });
  }

  private async work(): Promise<void> {
    this.isAsking = true;
    while (this.waiting.length > 0) {
      // What else arrived in this turn is about to ask as well: one statement takes all of it, instead of one and the rest.
      await turnOver();
      await this.answer(this.waiting.splice(0, MOST));
    }
    this.isAsking = false;
  }

  private async answer(group: readonly Waiting<Q, A>[]): Promise<void> {
    try {
      const answers = await this.ask(group.map(({ question }) => question));
      if (answers.length !== group.length) throw new RangeError(`${group.length} questions got ${answers.length} answers`);
      group.forEach(({ resolve }, i) => resolve(answers[i] as A));
    } catch (error) {
      const [only] = group;
      if (group.length === 1 && only !== undefined) only.reject(error);
      else for (const one of group) await this.answer([one]);
    }
  }
}
