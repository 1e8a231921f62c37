import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Fault } from './faults';
import type { Judged, Measure } from './simulate';

/** A year to live through, with workers that have this fault, if any. */
export type Asked = Measure & Readonly<{ fault?: Fault }>;
type Answer = Readonly<{ judged: Judged }> | Readonly<{ error: string }>;

/** Lives through years in a thread of its own: outside the sandbox of the tests they take half the time. One after the other. */
export class Apart {
  private readonly thread = new Worker(path.join(__dirname, 'apart-thread.cjs'), { resourceLimits: { maxYoungGenerationSizeMb: 64 } });

  simulate(asked: Asked): Promise<Judged> {
    return new Promise((resolve, reject) => {
      this.thread.once('error', reject);
      this.thread.once('message', (answer: Answer) => {
        this.thread.off('error', reject);
        if ('error' in answer) reject(new Error(answer.error));
        else resolve(answer.judged);
      });
      this.thread.postMessage(asked);
    });
  }

  async end(): Promise<void> {
    await this.thread.terminate();
  }
}
