import { once } from 'node:events';
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import { loadRanges } from './bulk-loader';
import type { BulkModule } from './bulk-projections';
import type { StreamRange } from './stream-source';
import type { ThreadAsks, ThreadData } from './bulk-threads';

const main = async (): Promise<void> => {
  const port = parentPort;
  if (port === null) throw new Error('runs in a thread only');
  const { module, job } = workerData as ThreadData;
  const loaded = createRequire(__filename)(module) as BulkModule;
  const say = (ask: ThreadAsks): void => port.postMessage(ask);
  await loadRanges(loaded, job, async () => {
    const answer = once(port, 'message');
    say('next');
    return ((await answer) as [StreamRange | null])[0];
  });
  say('done');
  port.close();
};

void main();
