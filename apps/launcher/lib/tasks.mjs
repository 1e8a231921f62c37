import { fork, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { ROOT } from './places.mjs';
import { end } from './processes.mjs';

const running = new Set();

/**
 * Runs a program to its end, in a process group of its own so that all of it can be ended together.
 * `onLine` gets each line of both outputs. → { code, output } with the last 200 lines.
 */
export const runTask = (program, args, { env = process.env, onLine = () => undefined, input = null, onPid = () => undefined } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, detached: true, stdio: [input === null ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
    follow(child, { onLine, input, onPid, resolve, reject });
  });

/** The same for one of our own programs, which ends by itself when this process is gone. */
export const runOwn = (file, args, { env = process.env, onLine = () => undefined, input = null, onPid = () => undefined } = {}) =>
  new Promise((resolve, reject) => {
    const child = fork(file, args, {
      cwd: ROOT,
      env,
      detached: true,
      execArgv: ['--enable-source-maps'],
      stdio: [input === null ? 'ignore' : 'pipe', 'pipe', 'pipe', 'ipc'],
    });
    follow(child, { onLine, input, onPid, resolve, reject });
  });

const follow = (child, { onLine, input, onPid, resolve, reject }) => {
  running.add(child);
  const lines = [];
  const take = (line) => {
    lines.push(line);
    if (lines.length > 200) lines.shift();
    onLine(line);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', take);
  // A program that ends before it reads its input is judged by its exit code.
  child.stdin?.on('error', () => undefined).end(input);
  child.once('error', reject);
  if (child.pid) onPid(child.pid);
  child.once('close', (code) => {
    running.delete(child);
    onPid(null);
    resolve({ code: code ?? 1, output: lines.join('\n') });
  });
};

/** Ends whatever runs now, with everything it started. */
export const endTasks = async () => {
  for (const child of running) {
    try {
      process.kill(-child.pid, 'SIGTERM');
    } catch {
      // Gone already.
    }
    await end(child.pid, [
      ['SIGTERM', 5_000],
      ['SIGKILL', 2_000],
    ]);
  }
};
