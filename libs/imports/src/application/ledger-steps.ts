import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { DomainError } from '@app/kernel';
import type { LedgerSteps } from './read-ledger';
import type { ReadingStep, ReadingTask } from './reading-task';

/** So many steps with rows may be on their way or being stored. */
export const AHEAD = 2;
/** No honest ledger takes a tenth of it; one that takes more ends its thread and not the process. */
const HEAP_MB = 512;
const YOUNG_MB = 8;

export type FromThread = Readonly<{ step: ReadingStep }> | Readonly<{ refused: Pick<DomainError, 'code' | 'sentence' | 'params'> }>;

/**
 * The steps of `readLedger`, made by a thread that is gone with all its memory afterwards, so that neither people's requests nor later
 * imports feel what a long ledger takes. Errors: the same, and what ended the thread.
 */
export async function* readLedgerAside(task: ReadingTask): LedgerSteps {
  const worker = new Worker(path.join(__dirname, `ledger-thread${path.extname(__filename)}`), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const said: FromThread[] = [];
  let ended = false;
  let failure = new Error('the thread that reads a ledger ended early');
  let wake = (): void => undefined;
  worker.on('message', (message: FromThread) => {
    said.push(message);
    wake();
  });
  worker.on('error', (error: Error) => {
    failure = error;
  });
  worker.on('exit', () => {
    ended = true;
    wake();
  });
  try {
    for (;;) {
      while (said.length === 0 && !ended) await new Promise<void>((resolve) => (wake = resolve));
      const next = said.shift();
      if (next === undefined) throw failure;
      if ('refused' in next) throw new DomainError(next.refused.code, next.refused.sentence, next.refused.params);
      const memory = yield next.step;
      if (memory !== undefined) worker.postMessage(memory, [memory]);
      if (next.step.kind === 'read') return;
    }
  } finally {
    await worker.terminate();
  }
}
