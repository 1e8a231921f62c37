import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './places.mjs';
import { Refusal, refusalFor } from './refusal.mjs';
import { runTask } from './tasks.mjs';

const STAMP = path.join(ROOT, 'node_modules', '.qingling-lock');
const lockFile = path.join(ROOT, 'package-lock.json');
const lockHash = () => createHash('sha256').update(readFileSync(lockFile)).digest('hex');

/** npm keeps a copy of the lock of what it put there; equal versions mean somebody ran `npm ci` by hand. */
const installedByHand = () => {
  try {
    const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages;
    const there = JSON.parse(readFileSync(path.join(ROOT, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    const same = Object.entries(there).every(([name, { version }]) => wanted[name]?.version === version);
    return (
      same &&
      Object.entries(wanted).every(([name, entry]) => name === '' || entry.optional || entry.devOptional || entry.peer || name in there)
    );
  } catch {
    return false;
  }
};

export const isInstalled = () => {
  if (!existsSync(lockFile)) return existsSync(path.join(ROOT, 'node_modules'));
  try {
    if (readFileSync(STAMP, 'utf8') === lockHash()) return true;
  } catch {
    // Not stamped: look closer.
  }
  if (!installedByHand()) return false;
  writeFileSync(STAMP, lockHash());
  return true;
};

/** npm as it was called, or the one on PATH. */
export const npm = (args) => {
  const cli = process.env.npm_execpath;
  if (cli && /\.c?js$/.test(cli)) return [process.execPath, [cli, ...args]];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm', args];
};

/** Installs what the lock names, unless it is there. → remark for the progress line */
export const install = async ({ note, onPid }) => {
  if (isInstalled()) return '已是最新 · up to date';
  note('npm ci');
  const env = { ...process.env, NODE_ENV: 'development' };
  const { code, output } = await runTask(...npm(['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']), {
    env,
    onPid,
  }).catch((error) => ({
    code: 1,
    output: String(error.message),
  }));
  if (code !== 0) {
    const errors = output.split('\n').filter((line) => /error/i.test(line) && !/complete log/i.test(line));
    const known = refusalFor({ message: output });
    throw known ?? new Refusal('安装依赖失败：', `npm ci failed: ${(errors.slice(0, 4).join(' ') || output.slice(-300)).slice(0, 600)}`);
  }
  writeFileSync(STAMP, lockHash());
  return 'ok';
};
