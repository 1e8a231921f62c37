import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BulkJob } from './bulk-loader';
import type { StreamRange } from './stream-source';

const YOUNG_MB = 64;

export type ThreadAsks = 'next' | 'done';
export type ThreadData = Readonly<{ module: string; job: BulkJob }>;

/** Folds ranges in a thread of its own. Errors: what ended the thread. */
export const loadInThread = async (module: string, job: BulkJob, next: () => Promise<StreamRange | null>): Promise<void> => {
  const worker = new Worker(path.join(__dirname, `bulk-thread${path.extname(__filename)}`), {
    workerData: { module, job } satisfies ThreadData,
    // Nearly everything a fold makes is forgotten with its stream: with room for a range it is never moved.
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  let done = false;
  worker.on('message', (ask: ThreadAsks) => {
    if (ask === 'done') done = true;
    else
      void next().then(
        (range) => worker.postMessage(range),
        () => worker.terminate(),
      );
  });
  // Rejects with what the thread threw.
  await once(worker, 'exit');
  if (!done) throw new Error('a thread of the rebuild ended early');
};
