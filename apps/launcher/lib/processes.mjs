import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** True while a process with this id does anything; a zombie that nobody reaps counts as gone. */
export const isAlive = (pid) => {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') return false;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return true;
  }
};

/** The command line of a process, words separated by spaces; empty when it cannot be told. */
export const commandLine = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    if (process.platform === 'linux' || process.platform === 'win32') return '';
    return `${spawnSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? ''}`.trim();
  }
};

/** Waits until `condition` holds; false when `ms` have gone by first. */
export const until = async (condition, ms, every = 25) => {
  const end = performance.now() + ms;
  for (;;) {
    if (await condition()) return true;
    if (performance.now() > end) return false;
    await delay(every);
  }
};

/**
 * Ends a process by signals of growing force; `steps` is a list of [signal, milliseconds to wait for it].
 * Resolves to the signal that did it, or null when it was gone already.
 */
export const end = async (pid, steps) => {
  if (!isAlive(pid)) return null;
  for (const [signal, ms] of steps) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (error.code !== 'ESRCH') throw error;
    }
    if (await until(() => !isAlive(pid), ms)) return signal;
  }
  return null;
};

/** Whether somebody could listen on this address now. */
export const isFree = (port, host = '127.0.0.1') =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(Object.assign(error, { port }))));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });

/** A free port of the loopback interface, the preferred one when it is free. */
export const freePort = async (preferred) => {
  if (preferred && (await isFree(preferred))) return preferred;
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
};
