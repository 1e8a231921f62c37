/**
 * Lets a plain `node` run the TypeScript of this repository as it stands, without a build: types are stripped as jest does
 * it, and `@app/<lib>` leads to that library's sources. Preload it: `node --require test/bench/typescript.cjs file.ts`.
 * What was stripped is kept by its content, so that a process that is measured need not hold the stripper, nor its maps.
 */
const { createHash, randomUUID } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const OPTIONS = { ...require('../support/swc-options.cjs'), sourceMaps: false };

const ROOT = path.resolve(__dirname, '..', '..');
const KEPT = path.join(ROOT, 'node_modules', '.cache', 'qingling-bench');
const FRAME = `${JSON.stringify(OPTIONS)} ${require('@swc/core/package.json').version}`;

const kept = (file) => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
};

const strip = (filename) => {
  const source = readFileSync(filename, 'utf8');
  const file = path.join(KEPT, `${createHash('sha256').update(FRAME).update(filename).update('\0').update(source).digest('hex')}.js`);
  const known = kept(file);
  if (known !== null) return known;
  const { code } = require('@swc/core').transformSync(source, { ...OPTIONS, filename });
  mkdirSync(KEPT, { recursive: true });
  // Several processes and threads may strip the same file: each puts a whole one in its place.
  const own = `${file}.${randomUUID()}`;
  writeFileSync(own, code);
  renameSync(own, file);
  return code;
};

Module._extensions['.ts'] = (module, filename) => {
  module._compile(strip(filename), filename);
};

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const [, lib] = /^@app\/([^/]+)$/.exec(request) ?? [];
  return resolve.call(this, lib === undefined ? request : path.join(ROOT, 'libs', lib, 'src', 'index.ts'), ...rest);
};
