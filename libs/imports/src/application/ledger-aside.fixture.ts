import { readFileSync } from 'node:fs';
import { DomainError } from '@app/kernel';
import { readLedgerAside } from './ledger-steps';
import { readLedger, type LedgerSteps } from './read-ledger';
import type { ReadingTask } from './reading-task';

/** What was said, step by step; seals are random, whatever is sealed. */
const saidBy = async (steps: LedgerSteps): Promise<readonly unknown[]> => {
  const said: unknown[] = [];
  try {
    for (let free: ArrayBuffer | undefined; ;) {
      const { value: step, done } = await steps.next(free);
      free = undefined;
      if (done === true) return said;
      if (step.kind !== 'rows') {
        said.push(step);
        continue;
      }
      const { memory, size, rows } = step.lines;
      const unsealed = (text: string): string => text.replace(/a256gcm\.[\w-]+/g, 'sealed');
      said.push({ ...step, lines: unsealed(Buffer.from(memory, 0, size).toString()), rows, keys: unsealed(step.keys) });
      free = memory;
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return [...said, { refused: error.code, params: error.params }];
  }
};

/** A process of its own for a spec: reads the same ledger here and in a thread, and prints what each said. */
const main = async (): Promise<void> => {
  const task = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as ReadingTask;
  const key = { ...task, sealing: { ...task.sealing, bytes: new Uint8Array(32) } };
  const here = await saidBy(readLedger(key));
  const packages = Object.keys(require.cache).flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  const aside = await saidBy(readLedgerAside(key));
  process.stdout.write(JSON.stringify({ here, aside, packages: [...new Set(packages)] }));
};

void main();
