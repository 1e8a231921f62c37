import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { build } from './lib/build.mjs';
import { install } from './lib/install.mjs';
import { ROOT } from './lib/places.mjs';
import { Progress } from './lib/progress.mjs';
import { onPath } from './lib/redis.mjs';
import { refusalFor } from './lib/refusal.mjs';
import { checkNode } from './lib/settings.mjs';

const NO_LAUNCHER = ['--testPathIgnorePatterns', '/node_modules/', '/dist/', '/test/launcher/', '/test/crashes/'];
/** Jest keeps a core for itself, and with two of them runs one file after the other; these spend much of their time waiting. */
const TWO_AT_A_TIME = os.availableParallelism() > 2 ? [] : ['--maxWorkers=2'];
/** Each suite by what it needs: nothing, a service, the whole product in this process with its events in PostgreSQL and once more
 * with its events on EventStoreDB, that in a real browser, the product as people start it, that with its processes
 * killed at random moments. */
const SUITES = {
  unit: ['--selectProjects', 'unit'],
  integration: ['--selectProjects', 'integration', ...TWO_AT_A_TIME],
  e2e: ['--selectProjects', 'e2e', ...TWO_AT_A_TIME, ...NO_LAUNCHER],
  'e2e-eventstoredb': ['--selectProjects', 'e2e', ...TWO_AT_A_TIME, ...NO_LAUNCHER],
  browser: ['--selectProjects', 'browser', '--runInBand'],
  launcher: ['--selectProjects', 'e2e', '--runInBand', '--testPathPatterns', 'test/launcher/'],
  crashes: ['--selectProjects', 'e2e', '--runInBand', '--testPathPatterns', 'test/crashes/'],
};
const SURROUNDINGS = { 'e2e-eventstoredb': { E2E_STORE: 'eventstoredb' } };
/** What a machine may lack, by a name that skipped tests carry in their titles: `[missing: redis-server]`. */
const MISSING = /\[missing: ([^\]]+)\]/;
const isCi = process.env.CI === 'true' || process.env.CI === '1';
const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/** A suite takes three to eight minutes; one that takes so many more will not end, and the others must still have their turn. */
const ENDS_WITHIN_MS = Number(process.env.SUITE_MINUTES ?? 15) * 60_000;
/** Between its result and its end jest waits for whatever a failed test left open, without a limit of its own. */
const LEAVES_WITHIN_MS = 20_000;

/** What jest started sees that it has gone and tidies up; what does not see it goes with the group. */
const TIDIES_WITHIN_MS = 10_000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Ends when jest does, or when jest has to be ended: → { code, stopped: why it was, or null }. */
const untilOver = async (child, outputFile) => {
  let stopped = null;
  let leaving = null;
  const stop = (why) => {
    stopped ??= why;
    child.kill('SIGKILL');
  };
  const limit = setTimeout(() => stop('took too long'), ENDS_WITHIN_MS);
  const look = setInterval(() => {
    if (existsSync(outputFile)) leaving ??= setTimeout(() => stop('left something open'), LEAVES_WITHIN_MS);
  }, 1000);
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  });
  for (const timer of [limit, leaving, look]) clearTimeout(timer);
  if (stopped !== null) {
    await pause(TIDIES_WITHIN_MS);
    killGroup(child);
  }
  return { code, stopped };
};

/** Workers, servers and browsers belong to the group of the jest that started them. */
const killGroup = (child) => {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has gone already.
  }
};

const jest = async (name, args, outputFile) => {
  const require = createRequire(path.join(ROOT, 'package.json'));
  const bin = path.join(path.dirname(require.resolve('jest/package.json')), 'bin', 'jest.js');
  const flags = ['--passWithNoTests', '--json', `--outputFile=${outputFile}`, ...(isCi ? ['--ci'] : [])];
  const { E2E_STORE: _, ...env } = process.env;
  const child = spawn(process.execPath, [bin, ...args, ...flags], {
    cwd: ROOT,
    env: { ...env, ...SURROUNDINGS[name] },
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
  const interrupt = async () => {
    child.kill('SIGKILL');
    await pause(TIDIES_WITHIN_MS);
    killGroup(child);
    process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, interrupt);
  const { code, stopped } = await untilOver(child, outputFile);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.off(signal, interrupt);
  if (stopped !== null) console.log(`${name}: jest ${stopped} and was ended`);
  try {
    return JSON.parse(readFileSync(outputFile, 'utf8'));
  } catch {
    return {
      testResults: [],
      numPassedTests: 0,
      numFailedTests: 0,
      numRuntimeErrorTestSuites: 1,
      crashed: `${name}: jest ended with ${code ?? stopped} and without a result`,
    };
  }
};

/** Runs one suite. → { passed, failed, skipped: titles } */
const runSuite = async (name, folder) => {
  const from = performance.now();
  console.log(`\n── ${name} ──`);
  const result = await jest(name, SUITES[name], path.join(folder, `${name}.json`));
  const skipped = result.testResults.flatMap((file) =>
    file.assertionResults
      .filter(({ status }) => ['pending', 'skipped', 'disabled', 'todo'].includes(status))
      .map(({ fullName }) => fullName),
  );
  if (result.crashed) console.log(result.crashed);
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  console.log(`${name}: ${result.numPassedTests} passed, ${failed} failed, ${skipped.length} skipped (${seconds(from)})`);
  return { passed: result.numPassedTests, failed, skipped };
};

const main = async () => {
  checkNode();
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !(name in SUITES));
  if (unknown.length > 0) throw new Error(`no suite ${unknown.join(', ')}; there are ${Object.keys(SUITES).join(', ')}`);
  const chosen = names.length > 0 ? names : Object.keys(SUITES);
  const progress = new Progress(2);
  await progress.step('安装依赖', 'installing packages', (note) => install({ note, onPid: () => undefined }));
  if (['launcher', 'browser', 'crashes'].some((name) => chosen.includes(name)))
    await progress.step('编译', 'building', (note) => build({ note }));

  const folder = mkdtempSync(path.join(os.tmpdir(), 'qingling-test-'));
  try {
    const results = [];
    for (const name of chosen) results.push(await runSuite(name, folder));
    const sum = (key) => results.reduce((total, result) => total + result[key], 0);
    const skipped = results.flatMap((result) => result.skipped);
    const missing = [...new Set(skipped.flatMap((title) => MISSING.exec(title)?.[1] ?? []))];
    const needsQueue = chosen.includes('integration') || chosen.includes('launcher');
    if (needsQueue && !process.env.TEST_REDIS_URL && !onPath('redis-server') && !missing.includes('redis-server'))
      missing.push('redis-server');

    console.log('');
    for (const title of skipped) console.log(`skipped: ${title}`);
    for (const part of missing) {
      console.log(isCi ? `failed: ${part} is missing, and CI=true asks for every part` : `not tested here: ${part} is missing`);
    }
    const failed = sum('failed') + (isCi ? missing.length : 0);
    console.log(`${sum('passed')} passed, ${failed} failed, ${skipped.length} skipped`);
    return failed === 0 ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(refusalFor(error)?.message ?? error.message);
    console.log('0 passed, 1 failed, 0 skipped');
    process.exit(1);
  },
);
