import { pause, type EventStore, type RecordedEvent } from '@app/event-store';
import { seededRandom, type SeededRandom } from '@app/kernel';
import { follow } from './follower';
import { HistoryProcess } from './history-process';
import { ReadTable, type TableOptions } from './read-table';
import { factOf, type HistoryRecord, type Operation } from './record';
import { Writer } from './writer';

/** Where a history takes place. */
export type World = Readonly<{
  /** The store of one process. */
  open: () => EventStore;
  /** Part of the name of each stream, so that several histories may share a log one after the other. */
  scope: string;
  /** Position of the last event before the history. */
  base: bigint;
  /** From now on nothing goes wrong; resolves when all that was under way has arrived. */
  calm: () => Promise<void>;
  /** What was really written, looked at where nothing misbehaves. */
  log: () => Promise<readonly RecordedEvent[]>;
  /** A read store that is other than it should be, to prove the checker. */
  table?: (options: TableOptions) => ReadTable;
}>;

export type Shape = Readonly<{
  /** The longest pause of a writer between two operations, ms; everything else that takes time follows from it. */
  paceMs: number;
  /** How long a follower may take to come to the end when all is calm, ms. */
  catchUpMs: number;
  /** Operations of one writer. */
  operations: number;
}>;

const KINDS = ['finding', 'list'];
const MAX_STREAMS = 4;

/** Kills the process now and then while the writers work. */
const killNowAndThen = async (process: HistoryProcess, random: SeededRandom, shape: Shape, until: AbortSignal): Promise<void> => {
  for (let deaths = random.below(3); deaths > 0 && !until.aborted; deaths -= 1) {
    await pause(random.next() * shape.paceMs * shape.operations, until);
    if (until.aborted) return;
    process.die();
    await pause(random.next() * shape.paceMs * 2, until);
    process.start();
  }
};

/** Several processes with writers and followers over one log, killed and started again; what they did is recorded for the checker. */
export const runHistory = async (seed: number, world: World, shape: Shape): Promise<HistoryRecord> => {
  const random = seededRandom(seed);
  const begin = performance.now();
  const { base } = world;
  const now = (): number => performance.now() - begin;
  const operations: Operation[] = [];
  const wrong: string[] = [];
  const tell = (what: string): void => void wrong.push(what);
  const prefixes = KINDS.map((kind) => `${kind}-${world.scope}`);
  const streams = Array.from({ length: 1 + random.below(MAX_STREAMS) }, (_, i) => `${prefixes[i % KINDS.length]}${i}`);
  const rough = random.pick([0, 0.05, 0.2]);
  const over = new AbortController();
  const written = new AbortController();

  const processes = Array.from({ length: 1 + random.below(3) }, (_, i) => new HistoryProcess(`p${i}`, world.open));
  const tables = Array.from({ length: 1 + random.below(3) }, (_, i) => {
    const options: TableOptions = {
      name: `t${i}`,
      prefixes: random.chance(0.5) ? [] : [random.pick(prefixes)],
      base,
      random: random.fork(),
      failRate: rough,
      paceMs: shape.paceMs / 4,
      now,
    };
    return world.table?.(options) ?? new ReadTable(options);
  });
  const writers = Array.from({ length: 2 + random.below(3) }, (_, i) => {
    const process = random.pick(processes);
    return new Writer({
      name: `w${i}`,
      seed,
      process,
      random: random.fork(),
      streams,
      base,
      shape,
      now,
      note: (o) => operations.push(o),
      tell,
    });
  });

  const following = tables.map((table) => follow(random.pick(processes), table, random.fork(), shape, over.signal, tell));
  const killing = processes.map((process) => killNowAndThen(process, random.fork(), shape, written.signal));
  await Promise.all(writers.map((writer) => writer.work()));
  written.abort();
  await Promise.all(killing);
  for (const process of processes) process.start();
  for (const table of tables) table.rest();
  await world.calm();

  const log = (await world.log()).map(factOf);
  const end = log.at(-1)?.position ?? base;
  const giveUpAt = now() + shape.catchUpMs;
  while (tables.some(({ checkpoint }) => checkpoint < end) && now() < giveUpAt) await pause(shape.paceMs / 4);
  for (const { name, checkpoint } of tables) if (checkpoint < end) tell(`${name} stands at ${checkpoint} and never came to ${end}`);
  over.abort();
  await Promise.all(processes.map((process) => process.close()));
  await Promise.all(following);
  return { operations, tables: tables.map((table) => table.result()), log, base, wrong };
};
