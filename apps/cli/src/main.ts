import 'reflect-metadata';
import { DomainError } from '@app/kernel';
import { loadSettings, SettingsError } from '@app/settings';
import { CommandFailure } from './command';
import { commandNamed, commandNames } from './registry';

/** The launcher adds this so that a process of an instance can be told from a stranger's; it says nothing to a command. */
const INSTANCE_MARK = '--data-dir=';

const help = async (): Promise<void> => {
  console.log('npm run cli -- <命令 command> …\n');
  for (const name of commandNames()) {
    const { summary, usage } = await commandNamed(name);
    console.log(`  ${`${name} ${usage}`.trim()}\n      ${summary.zh} · ${summary.en}`);
  }
};

/** What went wrong, for a person; null for a fault of the program, which keeps its stack. */
const sentenceFor = (error: unknown): string | null => {
  // By its name: the read store is not loaded for every command.
  if (error instanceof CommandFailure || (error instanceof Error && error.name === 'ForeignStore')) return error.message;
  if (error instanceof SettingsError) return `设置有误 · Wrong settings\n${error.message}`;
  if (error instanceof DomainError) return `${error.sentence.zh} · ${error.sentence.en}`;
  if (error instanceof Error && error.name === 'StoreUnavailable')
    return '事件库现在不可用，稍后再试。 · The event store cannot be used for now; try again later.';
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (code === 'ECONNREFUSED' || code === '57P03')
    return '数据库没有运行，请先 npm start。 · The database is not running: npm start first.';
  if (code === 'ENOSPC' || code === '53100') return '磁盘空间不足。 · The disk is full.';
  return null;
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
  (error: unknown) => {
    console.error(sentenceFor(error) ?? error);
    process.exit(1);
  },
);
