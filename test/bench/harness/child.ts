import path from 'node:path';
import type { Driver, OpenContext, OpenDriver, Options, StartServer } from './types';

/** What a child process is asked; it answers each question once, by its number. */
export type Question =
  | Readonly<{ ask: 'open'; role: 'driver' | 'server'; module: string; context: OpenContext }>
  | Readonly<{ ask: 'work'; work: string; params: Options }>
  | Readonly<{ ask: 'cpu' }>
  | Readonly<{ ask: 'close' }>;
export type Answer = Readonly<{ id: number; value?: unknown; error?: string }>;

const BENCH = path.resolve(__dirname, '..');
let driver: Driver | null = null;
let close = async (): Promise<void> => undefined;

const open = async ({ role, module, context }: Extract<Question, { ask: 'open' }>): Promise<unknown> => {
  const loaded = (await import(path.join(BENCH, module))) as Readonly<{ open?: OpenDriver; start?: StartServer }>;
  if (role === 'driver') {
    if (loaded.open === undefined) throw new Error(`${module} exports no open`);
    const opened = await loaded.open(context);
    driver = opened;
    close = () => opened.close();
    return null;
  }
  if (loaded.start === undefined) throw new Error(`${module} exports no start`);
  const started = await loaded.start(context);
  close = started.close;
  return started.answer;
};

const answer = async (question: Question): Promise<unknown> => {
  switch (question.ask) {
    case 'open':
      return open(question);
    case 'work': {
      const work = driver?.works[question.work];
      if (work === undefined) throw new Error(`no work called ${question.work}`);
      return work(question.params);
    }
    case 'cpu': {
      const { user, system } = process.cpuUsage();
      return (user + system) / 1e6;
    }
    case 'close':
      return close();
  }
};

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
