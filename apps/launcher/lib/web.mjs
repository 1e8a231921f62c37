import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import { ROOT } from './places.mjs';
import { Refusal } from './refusal.mjs';
import { runOwn } from './tasks.mjs';

const WEB = path.join(ROOT, 'apps', 'web');
const TARGET = path.join(WEB, 'src', 'api', 'generated');
const STAMP = path.join(TARGET, '.stamp');
const INPUTS = ['openapi.json', 'openapi-ts.config.mjs'].map((file) => path.join(WEB, file));

const inputHash = () => {
  const hash = createHash('sha256');
  for (const file of INPUTS) hash.update(readFileSync(file));
  return hash.digest('hex');
};

/** The web application's typed client, written anew from apps/web/openapi.json when that has changed. */
export const generateWebClient = async ({ onPid } = {}) => {
  const wanted = inputHash();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  rmSync(TARGET, { recursive: true, force: true });
  const generator = path.join(ROOT, 'node_modules', '@hey-api', 'openapi-ts', 'bin', 'run.js');
  const { code, output } = await runOwn(generator, ['-f', INPUTS[1], '--silent'], { onPid });
  if (code !== 0 || !existsSync(TARGET)) throw new Refusal('网页接口代码生成失败。', `The web client could not be generated: ${output}`);
  writeFileSync(STAMP, wanted);
};

const WEB_DIST = path.join(ROOT, 'dist', 'web');
const TEXT = /\.(js|css|html|svg|json|webmanifest)$/;

/** Beside each text file its compressed form, so that a slow line carries a third and the api compresses nothing while it serves. */
const compressAll = async () => {
  const files = readdirSync(WEB_DIST, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && TEXT.test(entry.name))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
  await Promise.all(
    files.flatMap((file) => {
      const bytes = readFileSync(file);
      return [
        promisify(brotliCompress)(bytes).then((small) => writeFileSync(`${file}.br`, small)),
        promisify(gzip)(bytes, { level: 9 }).then((small) => writeFileSync(`${file}.gz`, small)),
      ];
    }),
  );
};

/** The web application, built into dist/web. */
export const buildWeb = async ({ onPid } = {}) => {
  await generateWebClient({ onPid });
  const vite = path.join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const { code, output } = await runOwn(vite, ['build', '--config', path.join(WEB, 'vite.config.mjs'), '--logLevel', 'warn'], {
    onPid,
    // Whatever surrounds the build: people get the production build.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (code !== 0)
    throw new Refusal('网页编译失败。', `The web application could not be built: ${output.split('\n').slice(0, 40).join('\n')}`);
  await compressAll();
};
