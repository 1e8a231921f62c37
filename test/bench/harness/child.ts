import { holder, type Question } from './role';

/** To each question, by its number, one answer. */
export type Answer = Readonly<{ id: number; value?: unknown; error?: string }>;

const answer = holder();

process.on('message', ({ id, question }: { id: number; question: Question }) => {
  const reply = (rest: Omit<Answer, 'id'>): void => {
    if (process.connected) process.send?.({ id, ...rest });
  };
  answer(question).then(
    (value) => reply({ value }),
    (error: unknown) => reply({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
// Whoever started this process is gone.
process.on('disconnect', () => process.exit(0));
