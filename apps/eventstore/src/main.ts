import { DoubleRefused, startDouble, type RunningDouble } from '@app/eventstore-double';
import { optionsFrom, USAGE } from './arguments';

const STOPPING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const main = async (): Promise<void> => {
  const options = optionsFrom(process.argv.slice(2), process.env);
  if (options === 'help') return void process.stdout.write(`${USAGE}\n`);

  let starting: Promise<RunningDouble> | null = null;
  let ending: Promise<void> | null = null;
  const stop = (): void => {
    ending ??= (async () => {
      await starting?.then((double) => double.close()).catch(() => undefined);
      process.exit(0);
    })();
  };
  // Whoever reads the output may be gone before this process is.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  for (const signal of STOPPING) process.on(signal, stop);
  // The launcher is gone without a word: nobody is left to stop what runs here.
  process.on('disconnect', stop);

  starting = startDouble(options);
  const { connectionString } = await starting;
  process.stdout.write(`READY ${connectionString}\n`);
};

main().catch((error: unknown) => {
  console.error(error instanceof DoubleRefused ? error.message : error);
  process.exit(1);
});
