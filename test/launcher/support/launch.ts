import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
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

/** Runs a command of the launcher from a clean environment. */
export const launch = ({ checkout = ROOT, command, args = [], env = {}, uid }: LaunchOptions): Launched => {
  const [program, ...first] = command ?? [process.execPath, 'apps/launcher/start.mjs'];
  const child = spawn(program, [...first, ...args], {
    cwd: checkout,
    env: { PATH: process.env['PATH'] ?? '', LANG: 'C.UTF-8', ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
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
    child.once('close', (code, signal) => resolve({ code, signal, output }));
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
  const pid = child.pid ?? 0;
  return { pid, said: () => output, until, ended, interrupt: () => process.kill(-pid, 'SIGINT') };
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

export const waitUntil = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 50));
};
