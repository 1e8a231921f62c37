import { execFile } from 'node:child_process';
import path from 'node:path';

/**
 * `npm run soak` in a process of its own: outside the sandbox of the tests the same histories take half the time, and all
 * processors share them. → exit code, and what it said with the seeds of what failed.
 */
export const soak = (...args: readonly string[]): Promise<Readonly<{ code: number; said: string }>> =>
  new Promise((resolve) => {
    execFile(process.execPath, [path.join(__dirname, 'soak.mjs'), ...args], (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, said: stdout + stderr }),
    );
  });
