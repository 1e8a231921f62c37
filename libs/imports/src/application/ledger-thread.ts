import { once } from 'node:events';
import { parentPort, workerData } from 'node:worker_threads';
import { DomainError } from '@app/kernel';
import { AHEAD, type FromThread } from './ledger-steps';
import { readLedger } from './read-ledger';
import type { ReadingTask } from './reading-task';

/** Reads ahead of whoever stores the rows by a few steps; each piece of memory that comes back is leave for one more. */
const main = async (): Promise<void> => {
  const port = parentPort;
  if (port === null) throw new Error('runs in a thread only');
  const free: ArrayBuffer[] = [];
  let waiting = AHEAD;
  port.on('message', (memory: ArrayBuffer) => {
    free.push(memory);
    waiting += 1;
  });
  const steps = readLedger(workerData as ReadingTask);
  const say = (said: FromThread, transferred: ArrayBuffer[] = []): void => port.postMessage(said, transferred);
  try {
    for (;;) {
      const { value: step, done } = await steps.next(free.pop());
      if (done === true) break;
      if (step.kind !== 'rows') {
        say({ step });
        continue;
      }
      say({ step }, [step.lines.memory]);
      waiting -= 1;
      while (waiting <= 0) await once(port, 'message');
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { code, sentence, params } = error;
    say({ refused: { code, sentence, params } });
  }
  port.close();
};

void main();
