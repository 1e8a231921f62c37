import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * So many percent more than lives may gather before it is looked through; by itself the engine lets the heap grow to several times as much.
 * What is sealed while a ledger is read holds on to memory outside the heap until then, and is never found among what died young; the heap
 * of the thread that reads is small and soon looked through. That of the process is not, and the large texts of a commit's events would
 * have it looked through again and again.
 */
export const GROWTH = { reading: 25, committing: 50 } as const;
const BY_ITSELF = '--heap-growing-percent=0';
let working = 0;

/** How far the heap may grow is settled when it is looked through: without this the first limit would be as large as ever. */
const lookThrough = (): void => {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
};

/**
 * Runs work that makes much and keeps little, so that memory stays near what is kept. It costs a few percent of time; the rest of the
 * process is not held to it for longer than the work takes.
 */
export const withModestHeap = async <T>(growth: number, work: () => Promise<T>): Promise<T> => {
  working += 1;
  setFlagsFromString(`--heap-growing-percent=${String(growth)}`);
  if (working === 1) lookThrough();
  try {
    return await work();
  } finally {
    working -= 1;
    if (working === 0) setFlagsFromString(BY_ITSELF);
  }
};
