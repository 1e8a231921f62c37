import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bundle } from './bundle.mjs';
import { BUNDLED, ROOT } from './places.mjs';
import { Refusal, refusalFor } from './refusal.mjs';
import { runOwn } from './tasks.mjs';
import { buildWeb } from './web.mjs';

const DIST = path.join(ROOT, 'dist');
const STAMP = path.join(DIST, '.stamp');
const APPS = [...BUNDLED, 'cli', 'eventstore'];
const LIB = path.join('apps', 'launcher', 'lib');
const TEST_FILE = /\.(spec|int-spec|e2e-spec|contract)\.ts$/;
const SOURCES = ['apps', 'libs', 'seeds'];

const filesBelow = (dir) =>
  existsSync(dir)
    ? readdirSync(dir, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    : [];

const WEB = path.join(ROOT, 'apps', 'web');
const isBelow = (dir, file) => file.startsWith(`${dir}${path.sep}`);
const isSource = (file) =>
  !TEST_FILE.test(file) && !isBelow(path.join(ROOT, 'apps', 'launcher'), file) && !isBelow(path.join(WEB, 'src', 'api', 'generated'), file);

/** Changes whenever something that goes into dist/ does. */
const sourceHash = () => {
  // The code compiled beforehand is of one release of Node.
  const hash = createHash('sha256').update(process.version);
  const files = SOURCES.flatMap((dir) => filesBelow(path.join(ROOT, dir))).filter(isSource);
  for (const file of [
    ...files.sort(),
    ...['tsconfig.json', 'tsconfig.build.json', 'nest-cli.json', 'package-lock.json'].map((f) => path.join(ROOT, f)),
    ...['bundle.mjs', 'bundled.cjs'].map((f) => path.join(ROOT, LIB, f)),
  ]) {
    hash.update(`${path.relative(ROOT, file)}\0`).update(existsSync(file) ? readFileSync(file) : '');
  }
  return hash.digest('hex');
};

export const isBuilt = () => {
  try {
    return readFileSync(STAMP, 'utf8') === sourceHash();
  } catch {
    return false;
  }
};

/** Data beside the sources (JSON, text, SQL …) is read at run time from beside the compiled files. */
const copyData = () => {
  for (const file of SOURCES.flatMap((dir) => filesBelow(path.join(ROOT, dir)))) {
    if (!isSource(file) || isBelow(WEB, file) || /\.(ts|mts|cts|mjs|md)$/.test(file)) continue;
    const target = path.join(DIST, path.relative(ROOT, file));
    mkdirSync(path.dirname(target), { recursive: true });
    copyFileSync(file, target);
  }
};

/** Compiles apps, libraries and scenarios into dist/, unless they are as they were. → remark for the progress line */
export const build = async ({ note = () => undefined, onPid } = {}) => {
  const wanted = sourceHash();
  if (isBuilt()) return '已是最新 · up to date';
  rmSync(DIST, { recursive: true, force: true });
  mkdirSync(DIST, { recursive: true });
  const require = createRequire(path.join(ROOT, 'package.json'));
  const nest = path.join(path.dirname(require.resolve('@nestjs/cli/package.json')), 'bin', 'nest.js');
  const { code, output } = await runOwn(nest, ['build', 'api'], { onPid });
  const missing = APPS.filter((app) => !existsSync(path.join(DIST, 'apps', app, 'src', 'main.js')));
  if (code !== 0 || missing.length > 0) {
    if (output) note(output.split('\n').slice(0, 60).join('\n'));
    throw (
      refusalFor({ message: output }) ??
      new Refusal('编译失败。', `The build failed${missing.length > 0 ? ` (no ${missing.join(', ')})` : ''}: see the messages above.`)
    );
  }
  copyData();
  await bundle({ onPid });
  await buildWeb({ onPid });
  writeFileSync(STAMP, wanted);
  return 'ok';
};
