import { fork } from 'node:child_process';
import { build } from './lib/build.mjs';
import { install } from './lib/install.mjs';
import { mainOf } from './lib/places.mjs';
import { Refusal, refusalFor } from './lib/refusal.mjs';
import { checkNode } from './lib/settings.mjs';
import { endTasks } from './lib/tasks.mjs';

/** Notes go to the error output: the output is the line with READY. */
const note = (text) => console.error(text);

let child = null;
let ending = null;

/** Passed on as often as it comes; before there is a server, it ends whatever is being done for it. */
const stop = (signal) => {
  if (child) return child.kill(signal);
  ending ??= endTasks().then(() => process.exit(130));
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));
// Started by npm: when npm is gone without a word (kill -9), nobody is left to stop what runs here.
const startedBy = process.ppid;
if (process.env.npm_lifecycle_event === 'eventstore') {
  setInterval(() => {
    if (process.ppid !== startedBy) stop('SIGTERM');
  }, 500).unref();
}

const run = (args) =>
  new Promise((resolve, reject) => {
    child = fork(mainOf('eventstore'), args, { execArgv: ['--enable-source-maps'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });

const main = async () => {
  checkNode();
  await install({ note, onPid: () => undefined });
  await build({ note });
  return ending ? new Promise(() => undefined) : run(process.argv.slice(2));
};

main().then(
  (code) => process.exit(code),
  (error) => {
    if (ending) return;
    console.error((refusalFor(error) ?? new Refusal(`意外错误：${error?.message}`, `Unexpected: ${error?.message}`)).message);
    process.exit(1);
  },
);
