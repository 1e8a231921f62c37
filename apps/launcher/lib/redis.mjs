import { spawn } from 'node:child_process';
import { accessSync, closeSync, constants, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { end, freePort, until } from './processes.mjs';
import { Refusal, refusalFor } from './refusal.mjs';

export const onPath = (program, searched = process.env.PATH ?? '') =>
  searched
    .split(path.delimiter)
    .filter(Boolean)
    .map((dir) => path.join(dir, program))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    }) ?? null;

const pong = (port, password) =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let text = '';
    const done = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(2_000, () => done(false));
    socket.once('error', () => done(false));
    socket.once('close', () => done(false));
    socket.on('data', (chunk) => {
      text += chunk;
      if (text.includes('+PONG')) done(true);
    });
    socket.write(`AUTH ${password}\r\nPING\r\n`);
  });

/**
 * Starts the machine's own redis-server for this instance alone: loopback, a password, every write kept, nothing evicted.
 * → { url, pid, port, stop() }
 */
export const startRedis = async ({ program, dir, password, port: preferred, logFile }) => {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const port = await freePort(preferred);
  const file = path.join(dir, 'redis.conf');
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${dir}"`,
    'appendonly yes',
    'appendfsync everysec',
    'save ""',
    'maxmemory-policy noeviction',
    'set-proc-title no',
    'daemonize no',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  const out = openSync(logFile, 'a', 0o600);
  const child = spawn(program, [file], { cwd: dir, detached: true, stdio: ['ignore', out, out] });
  closeSync(out);
  let gone = null;
  child.once('error', (error) => (gone = error));
  child.once('exit', () => (gone ??= new Error('exited')));
  await until(async () => gone || (await pong(port, password)), 30_000);
  child.unref();
  if (gone) {
    const said = readFileSync(logFile, 'utf8').slice(-2_000);
    throw refusalFor({ message: said }) ?? new Refusal('redis-server 无法启动。', `redis-server could not start; see ${logFile}.`);
  }
  const stop = async () => {
    await end(child.pid, [
      ['SIGTERM', 10_000],
      ['SIGKILL', 2_000],
    ]);
  };
  return { url: `redis://:${password}@127.0.0.1:${port}`, pid: child.pid, port, stop };
};
