import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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
