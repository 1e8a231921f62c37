import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { waitUntil as waitFor } from '@app/testing';
import { ROOT } from './checkout';

export type Launched = Readonly<{
  pid: number;
  /** Everything said so far, both outputs. */
  said: () => string;
  /** Resolves to the whole output once it holds `text`; rejects when the launcher ends first. */
  until: (text: string) => Promise<string>;
  ended: Promise<Readonly<{ code: number | null; signal: NodeJS.Signals | null; output: string }>>;
  /** As a terminal does it: the signal goes to the whole process group. */
  interrupt: () => void;
}>;

export type LaunchOptions = Readonly<{
  checkout?: string;
  /** Default: `npm start` without the npm around it. */
  command?: readonly [string, ...string[]];
  args?: readonly string[];
  env?: Readonly<Record<string, string>>;
  uid?: number;
}>;

const STOPS_WITHIN_MS = 30_000;
const WAITS_MS = 90_000;
const alive = new Map<number, Launched>();

/** False where it has gone already. */
const signal = (pid: number, name: NodeJS.Signals): boolean => {
  try {
    return process.kill(-pid, name);
  } catch {
    return false;
  }
};

// A test that fails half way leaves what it started; its pipes would keep jest from ending.
if (typeof afterAll === 'function') {
  afterAll(async () => {
    for (const [pid, { ended }] of alive) {
      signal(pid, 'SIGINT');
      const limit = setTimeout(() => signal(pid, 'SIGKILL'), STOPS_WITHIN_MS);
      await ended.catch(() => undefined);
      clearTimeout(limit);
    }
  });
}

/** Runs a command of the launcher from a clean environment. It ends with the tests of its file at the latest. */
export const launch = ({ checkout = ROOT, command, args = [], env = {}, uid }: LaunchOptions): Launched => {
  const [program, ...first] = command ?? [process.execPath, 'apps/launcher/start.mjs'];
  const child = spawn(program, [...first, ...args], {
    cwd: checkout,
    env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const pid = child.pid ?? 0;
  let output = '';
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer): void => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<Awaited<Launched['ended']>>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      alive.delete(pid);
      resolve({ code, signal, output });
    });
  });
  const until = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!output.includes(text)) return;
        listeners.delete(look);
        resolve(output);
      };
      listeners.add(look);
      look();
      ended.then(({ code, signal }) => reject(new Error(`ended with ${code ?? signal ?? ''} before "${text}":\n${output}`)), reject);
    });
  const launched = { pid, said: () => output, until, ended, interrupt: () => void signal(pid, 'SIGINT') };
  if (pid !== 0) alive.set(pid, launched);
  return launched;
};

/** Command lines of the live processes that name this directory. */
export const processesNaming = (text: string): readonly string[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
    .flatMap((entry) => {
      try {
        const line = readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        return line.includes(text) ? [line] : [];
      } catch {
        return [];
      }
    });

/** As that of `@app/testing`, for processes that take their time. */
export const waitUntil = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  await waitFor(condition, { timeoutMs: WAITS_MS, everyMs: 50 });
};
