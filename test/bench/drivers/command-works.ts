import { randomUUID } from 'node:crypto';
import type { Decider } from '@app/kernel';
import type { Driver, Work } from '../harness/types';
import { dataOf, EVENT_TYPE, indexOf, type BenchData } from './payload';
import { forSeconds } from './store-works';

/** Commands a stream gets before its writer begins a new one. */
export const EVENTS_PER_STREAM = 20;

export type Noted = Readonly<{ type: typeof EVENT_TYPE; data: BenchData }>;
export type Note = Readonly<{ seq: number }>;
export type Notes = Readonly<{ count: number; last: string }>;

/** The same decisions for us and for the peer: a note is taken when it is the next one. */
export const notes: Decider<Notes, Note, Noted> = {
  initial: { count: 0, last: '' },
  decide: ({ seq }, { count }) => {
    if (seq !== count) throw new Error(`note ${seq} came to a stream of ${count}`);
    return [{ type: EVENT_TYPE, data: dataOf(seq) }];
  },
  evolve: ({ count }, { data }) => ({ count: count + 1, last: data.finding }),
};

export interface CommandSide {
  run(stream: string, note: Note): Promise<void>;
  /** The data of all events of a stream, oldest first. */
  read(stream: string): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

type Params = Readonly<{ writers: number; seconds: number }>;
type Written = Readonly<{ stream: string; commands: number }>;

/** Every command that was acknowledged left its event, once and in order. */
const check = async (side: CommandSide, written: readonly Written[]): Promise<void> => {
  const left = [...written];
  const worker = async (): Promise<void> => {
    for (let one = left.pop(); one !== undefined; one = left.pop()) {
      const { stream, commands } = one;
      const found = (await side.read(stream)).map(indexOf);
      const isRight = found.length === commands && found.every((index, i) => index === i);
      if (!isRight) throw new Error(`${commands} commands left the events ${found.join(', ')} in ${stream}`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, worker));
};

const commands = async (side: CommandSide, { writers, seconds }: Params): ReturnType<Work> => {
  const name = (): string => `notes-${randomUUID()}`;
  const at = Array.from({ length: writers }, () => ({ stream: name(), commands: 0 }));
  const written: Written[] = [];
  const outcome = await forSeconds(writers, seconds, async (writer) => {
    const mine = at[writer] ?? { stream: name(), commands: 0 };
    await side.run(mine.stream, { seq: mine.commands });
    const now = { ...mine, commands: mine.commands + 1 };
    if (now.commands === EVENTS_PER_STREAM) written.push(now);
    at[writer] = now.commands === EVENTS_PER_STREAM ? { stream: name(), commands: 0 } : now;
  });
  return { ...outcome, check: () => check(side, [...written, ...at]) };
};

export const commandDriver = (side: CommandSide): Driver => ({
  works: { commands: (params) => commands(side, params as Params) },
  close: () => side.close(),
});
