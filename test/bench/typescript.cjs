/**
 * Lets a plain `node` run the TypeScript of this repository as it stands, without a build: types are stripped as jest does
 * it, and `@app/<lib>` leads to that library's sources. Preload it: `node --require test/bench/typescript.cjs file.ts`.
 */
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformSync } = require('@swc/core');
const OPTIONS = require('../support/swc-options.cjs');

const ROOT = path.resolve(__dirname, '..', '..');

Module._extensions['.ts'] = (module, filename) => {
  module._compile(transformSync(readFileSync(filename, 'utf8'), { ...OPTIONS, filename }).code, filename);
};

const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const [, lib] = /^@app\/([^/]+)$/.exec(request) ?? [];
  return resolve.call(this, lib === undefined ? request : path.join(ROOT, 'libs', lib, 'src', 'index.ts'), ...rest);
};
