/**
 * Starts the services of a test run once, whatever the number of projects that ask for them:
 * TEST_DATABASE_URL (superuser of a PostgreSQL) and, where redis-server is on PATH, TEST_REDIS_URL.
 * An address that is set already is used as it is.
 */
const { spawn } = require('node:child_process');
const path = require('node:path');

const KEY = Symbol.for('qingling.test-services');

const launch = () =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(__dirname, 'services.cjs')], { stdio: ['pipe', 'pipe', 'pipe'] });
    let out = '';
    let err = '';
    child.stderr.on('data', (chunk) => (err += chunk));
    child.stdout.on('data', (chunk) => {
      out += chunk;
      const end = out.indexOf('\n');
      if (end >= 0) resolve({ child, urls: JSON.parse(out.slice(0, end)) });
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the test services did not start (exit ${code}): ${err}`)));
    child.stdin.on('error', () => undefined);
  });

module.exports = async () => {
  const held = (globalThis[KEY] ??= { users: 0, child: null });
  held.users += 1;
  if (held.users > 1 || process.env.TEST_DATABASE_URL) return;
  const { child, urls } = await launch();
  held.child = child;
  child.unref();
  for (const pipe of [child.stdin, child.stdout, child.stderr]) pipe.unref?.();
  process.env.TEST_DATABASE_URL = urls.postgres;
  if (urls.redis !== null) process.env.TEST_REDIS_URL ??= urls.redis;
};
