import { appendFileSync } from 'node:fs';
import path from 'node:path';
import { Launcher } from './lib/launcher.mjs';
import { endTasks } from './lib/tasks.mjs';
import { Refusal, refusalFor } from './lib/refusal.mjs';

const launcher = new Launcher();
let ending = null;

/** Stops what runs, in order, once; npm passes Ctrl-C on a second time. */
const finish = (code) => {
  ending ??= (async () => {
    await endTasks();
    await launcher.stop();
    process.exit(code);
  })();
  return ending;
};

const keepStack = (logs, error) => {
  try {
    appendFileSync(path.join(logs, 'launcher.log'), `${new Date().toISOString()} ${error?.stack ?? String(error)}\n`, { mode: 0o600 });
  } catch {
    // No space for it; the sentence below is said all the same.
  }
};

const report = async (error) => {
  if (ending) return ending;
  const known = refusalFor(error);
  launcher.progress.closeLine();
  if (known) console.error(known.message);
  else {
    const logs = launcher.instance?.places.logs;
    if (logs) keepStack(logs, error);
    console.error(
      new Refusal(
        `意外错误：${error?.message}`,
        `Unexpected: ${error?.message}${logs ? ` (details in ${path.join(logs, 'launcher.log')})` : ''}`,
      ).message,
    );
  }
  return finish(1);
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void finish(launcher.isReady ? 0 : 130));
// Started by npm: when npm is gone without a word (kill -9), nobody is left to stop what runs here.
const startedBy = process.ppid;
if (process.env.npm_lifecycle_event === 'start') {
  setInterval(() => {
    if (process.ppid !== startedBy) void finish(0);
  }, 500).unref();
}
process.on('uncaughtException', (error) => void report(error));
process.on('unhandledRejection', (error) => void report(error));
launcher.start(process.argv.slice(2)).catch(report);
