import 'reflect-metadata';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadSettings } from '@app/settings';
import { commandNamed, commandNames } from './registry';
import type * as Sentence from './sentence';

/** The launcher adds this so that a process of an instance can be told from a stranger's; it says nothing to a command. */
const INSTANCE_MARK = '--data-dir=';

const help = async (): Promise<void> => {
  console.log('npm run cli -- <命令 command> …\n');
  for (const name of commandNames()) {
    const { summary, usage } = await commandNamed(name);
    console.log(`  ${`${name} ${usage}`.trim()}\n      ${summary.zh} · ${summary.en}`);
  }
};

const main = async ([name, ...args]: readonly string[]): Promise<void> => {
  if (name === undefined || name === 'help' || name === '--help') return help();
  const command = await commandNamed(name);
  await command.run(
    args.filter((arg) => !arg.startsWith(INSTANCE_MARK)),
    loadSettings(process.env),
  );
};

// Nobody waits for the result any more once the launcher is gone.
process.on('disconnect', () => process.exit(1));

main(process.argv.slice(2)).then(
  () => process.exit(),
  async (error: unknown) => {
    // Loaded for this alone: it knows what a store says that goes away, and most commands end well.
    const { sentenceFor } = (await import(pathToFileURL(path.join(__dirname, 'sentence.js')).href)) as typeof Sentence;
    console.error(sentenceFor(error) ?? error);
    process.exit(1);
  },
);
