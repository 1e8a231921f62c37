import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '..', '..', '..');

/** Versions of installed packages, as `name version`. */
export const versionsOf = (packages: readonly string[]): readonly string[] =>
  packages.map((name) => {
    const { version } = JSON.parse(readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8')) as { version: string };
    return `${name} ${version}`;
  });

/** What the figures were taken on; nothing that names the machine. */
export const machine = (): readonly string[] => {
  const cpus = os.cpus();
  return [
    `${cpus.length} × ${(cpus[0]?.model ?? 'unknown processor').trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GiB`,
    `${os.type()} ${os.release()} ${os.arch()}`,
    `Node.js ${process.version}`,
  ];
};

/** Over the last minute: runnable processes, on average. */
export const load = (): string => (os.loadavg()[0] ?? 0).toFixed(2);
