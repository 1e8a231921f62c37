import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { build } from './lib/build.mjs';
import { embeddedDatabase, externalDatabase, runningDatabase } from './lib/database.mjs';
import { environmentFor } from './lib/environment.mjs';
import { install } from './lib/install.mjs';
import { Instance } from './lib/instance.mjs';
import { mainOf } from './lib/places.mjs';
import { commandLine, isAlive } from './lib/processes.mjs';
import { Refusal, refusalFor } from './lib/refusal.mjs';
import { checkNode, readSettings } from './lib/settings.mjs';

/** A restored instance is complete: the next start loads no demo into it and asks for no administrator. */
const settleRestored = (instance) => {
  const kind = existsSync(instance.places.scenario) ? 'demo' : 'empty';
  instance.save({ kind, created: instance.data.created ?? new Date().toISOString(), loading: false, complete: true });
};

/** Notes go to the error output: the output belongs to the command. */
const note = (text) => console.error(text);

/** The database of the running instance; a database of our own for the length of the command when it is stopped. */
const databaseFor = async (settings, instance) => {
  if (settings.databaseUrl) return externalDatabase(settings.databaseUrl);
  const { launcher, postgres } = instance.data.pids;
  // The file of a running instance belongs to its launcher: this process only reads it.
  if (isAlive(launcher) && /start\.mjs/.test(commandLine(launcher))) return runningDatabase(instance);
  const server = await embeddedDatabase(instance, note);
  if (postgres === server.pid) return { ...server, stop: async () => undefined };
  const stop = async () => {
    await server.stop();
    instance.setPid('postgres', null);
  };
  return { ...server, stop };
};

const runCommand = (args, env) =>
  new Promise((resolve, reject) => {
    const child = fork(mainOf('cli'), args, { env, execArgv: ['--enable-source-maps'], stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
    // Ctrl-C reaches the command directly; this process only waits for it, to stop the database afterwards.
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 130));
  });

const main = async () => {
  checkNode();
  await install({ note, onPid: () => undefined });
  const { full: settings } = readSettings(process.env);
  await build({ note });
  const instance = Instance.open(settings.dataDir);
  const database = await databaseFor(settings, instance);
  try {
    const redis = instance.data.pids.redis ? { url: `redis://:${instance.secret('redis')}@127.0.0.1:${instance.data.ports.redis}` } : null;
    const { ADMIN_PASSWORD } = process.env;
    const admin = ADMIN_PASSWORD ? { ADMIN_PASSWORD } : {};
    const address = instance.data.url && isAlive(instance.data.pids.launcher) ? { API_URL: instance.data.url } : {};
    const args = process.argv.slice(2);
    const code = await runCommand(args, { ...environmentFor({ settings, database, redis }), ...admin, ...address });
    if (code === 0 && args[0] === 'restore') settleRestored(instance);
    return code;
  } finally {
    await database.stop();
  }
};

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error((refusalFor(error) ?? new Refusal(`意外错误：${error?.message}`, `Unexpected: ${error?.message}`)).message);
    process.exit(1);
  },
);
