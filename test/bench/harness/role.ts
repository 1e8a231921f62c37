import path from 'node:path';
import type { Driver, OpenContext, OpenDriver, Options, StartServer } from './types';

/** What the holder of a driver or a server is asked. */
export type Question =
  | Readonly<{ ask: 'open'; role: 'driver' | 'server'; module: string; context: OpenContext }>
  | Readonly<{ ask: 'work'; work: string; params: Options }>
  | Readonly<{ ask: 'check' }>
  | Readonly<{ ask: 'cpu' }>
  | Readonly<{ ask: 'close' }>;

const BENCH = path.resolve(__dirname, '..');

/** Holds one driver or one server and answers questions about it. */
export const holder = (): ((question: Question) => Promise<unknown>) => {
  let driver: Driver | null = null;
  let check: (() => Promise<void>) | undefined;
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

  return async (question) => {
    switch (question.ask) {
      case 'open':
        return open(question);
      case 'work': {
        const work = driver?.works[question.work];
        if (work === undefined) throw new Error(`no work called ${question.work}`);
        const { check: after, ...outcome } = await work(question.params);
        check = after;
        return outcome;
      }
      case 'check':
        return check?.();
      case 'cpu': {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1e6;
      }
      case 'close':
        return close();
    }
  };
};
