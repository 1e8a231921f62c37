import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { isInstalled } from './install.mjs';
import { ROOT } from './places.mjs';
import { Refusal } from './refusal.mjs';

const MIN_NODE = [20, 19];

export const checkNode = (version = process.versions.node) => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return;
  throw new Refusal(`需要 Node.js 20.19 或更高版本，当前为 ${version}。`, `Node.js 20.19 or newer is needed; this is ${version}.`);
};

/**
 * libs/settings is the only place that knows the settings. It is TypeScript, so before there is a build its few
 * files are stripped of their types one by one; it needs nothing but zod.
 */
const library = () => {
  const require = createRequire(path.join(ROOT, 'package.json'));
  const source = path.join(ROOT, 'libs', 'settings', 'src');
  const files = readdirSync(source).filter((file) => file.endsWith('.ts') && !file.endsWith('spec.ts'));
  const texts = files.map((file) => readFileSync(path.join(source, file), 'utf8'));
  const key = createHash('sha256').update(texts.join('\0')).digest('hex').slice(0, 16);
  const target = path.join(ROOT, 'node_modules', '.cache', 'qingling', key);
  try {
    return require(path.join(target, 'index.js'));
  } catch (error) {
    if (error.code !== 'MODULE_NOT_FOUND') throw error;
  }
  const swc = require('@swc/core');
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(target, 'package.json'), '{"type":"commonjs"}');
  const options = { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' }, swcrc: false };
  files.forEach((file, i) => writeFileSync(path.join(target, file.replace(/ts$/, 'js')), swc.transformSync(texts[i], options).code));
  return require(path.join(target, 'index.js'));
};

/** What can be said before anything is installed: enough to look at the port and at DATA_DIR. */
const roughSettings = (env) => {
  const port = env.PORT?.trim() || '3000';
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65535) {
    throw wrongSettings([{ name: 'PORT', expected: '应为 1 到 65535 的整数 · expected a whole number from 1 to 65535' }]);
  }
  return { host: env.HOST?.trim() || '127.0.0.1', port: Number(port), dataDir: path.resolve(ROOT, env.DATA_DIR?.trim() || '.data') };
};

const wrongSettings = (wrong) =>
  new Refusal('设置有误', `Wrong settings:\n${wrong.map(({ name, expected }) => `  ${name}: ${expected}`).join('\n')}`);

/** All settings, checked; `null` for `full` until the packages are there. */
export const readSettings = (env) => {
  const given = { ...env, DATA_DIR: path.resolve(ROOT, env.DATA_DIR?.trim() || '.data') };
  if (!isInstalled()) return { full: null, ...roughSettings(given) };
  const { loadSettings, SettingsError } = library();
  try {
    const full = loadSettings(given);
    return { full, host: full.host, port: full.port, dataDir: full.dataDir };
  } catch (error) {
    if (error instanceof SettingsError) throw wrongSettings(error.wrong);
    throw error;
  }
};
