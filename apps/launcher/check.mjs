import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { install, npm } from './lib/install.mjs';
import { ROOT } from './lib/places.mjs';
import { refusalFor } from './lib/refusal.mjs';
import { checkNode } from './lib/settings.mjs';
import { runTask } from './lib/tasks.mjs';
import { generateWebClient } from './lib/web.mjs';

const require = createRequire(path.join(ROOT, 'package.json'));
const fileOf = (name, file) => path.join(ROOT, 'node_modules', name, file);
const node = (file, ...args) => runTask(process.execPath, [file, ...args]);

/** Every compose file against the schema of the Compose Specification that lies beside them. */
const checkCompose = async () => {
  const { default: Ajv2019 } = require('ajv/dist/2019');
  const { default: addFormats } = require('ajv-formats');
  const { parse } = require('yaml');
  const folder = path.join(ROOT, 'docker');
  // The schema still names itself and its parts with `id` of an older draft, and a dialect by http.
  const text = readFileSync(path.join(folder, 'compose-spec.schema.json'), 'utf8');
  const schema = JSON.parse(text, (key, value) => (key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value));
  const ajv = new Ajv2019({
    allErrors: true,
    strict: false,
    validateFormats: true,
    formats: { ports: true, expose: true, duration: true, subnet_ip_address: true },
  });
  addFormats(ajv, ['uri', 'date-time']);
  const isValid = ajv.compile(schema);
  const files = readdirSync(folder).filter((file) => /^compose.*\.ya?ml$/.test(file));
  const wrong = files.flatMap((file) =>
    isValid(parse(readFileSync(path.join(folder, file), 'utf8'), { merge: true }))
      ? []
      : isValid.errors.map(({ instancePath, message }) => `docker/${file}${instancePath}: ${message}`),
  );
  if (files.length === 0) wrong.push('docker/: no compose file');
  return { code: wrong.length > 0 ? 1 : 0, output: wrong.join('\n') };
};

const PARTS = {
  format: () => node(fileOf('prettier', 'bin/prettier.cjs'), '--check', '--log-level=warn', '.'),
  types: () => node(fileOf('typescript-fast', 'bin/tsc'), '--noEmit', '-p', 'tsconfig.json'),
  'web types': () => node(fileOf('typescript-fast', 'bin/tsc'), '-p', 'apps/web/tsconfig.json'),
  'browser test types': () => node(fileOf('typescript-fast', 'bin/tsc'), '--noEmit', '-p', 'test/browser/tsconfig.json'),
  boundaries: () =>
    node(
      fileOf('dependency-cruiser', 'bin/dependency-cruise.mjs'),
      '--config',
      '.dependency-cruiser.cjs',
      'apps',
      'libs',
      ...(existsSync(path.join(ROOT, 'seeds')) ? ['seeds'] : []),
    ),
  lock: () => runTask(...npm(['ci', '--dry-run', '--no-audit', '--no-fund', '--loglevel=error'])),
  compose: checkCompose,
  lint: () => node(fileOf('eslint', 'bin/eslint.js'), '--max-warnings=0', '.'),
};
/** Linting takes as long as all the rest together, so it has a lane of its own. */
const LANES = [['lint'], ['format', 'types', 'web types', 'browser test types', 'boundaries', 'lock', 'compose']];

const main = async () => {
  checkNode();
  const chosen = process.argv.slice(2);
  const unknown = chosen.filter((name) => !(name in PARTS));
  if (unknown.length > 0) throw new Error(`no part ${unknown.join(', ')}; there are ${Object.keys(PARTS).join(', ')}`);
  await install({ note: console.log, onPid: () => undefined });
  await generateWebClient();
  const failed = [];
  const runLane = async (lane) => {
    for (const name of lane.filter((part) => chosen.length === 0 || chosen.includes(part))) {
      const from = performance.now();
      const { code, output } = await PARTS[name]();
      if (code !== 0) failed.push(name);
      console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - from) / 1000).toFixed(1)} s)`);
      if (code !== 0) console.log(output);
    }
  };
  await Promise.all(LANES.map(runLane));
  console.log(failed.length === 0 ? 'check: all parts hold' : `check: ${failed.join(', ')} failed`);
  return failed.length === 0 ? 0 : 1;
};

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(refusalFor(error)?.message ?? error.message);
    process.exit(1);
  },
);
