import 'reflect-metadata';
import { announceReady, loadSettings, SettingsError, stopWithLauncher, surviveFullLog } from '@app/settings';
import { JobsUnavailable } from '@app/jobs';
import { NestFactory } from '@nestjs/core';
import { WorkerModule } from './worker.module';

const run = async (): Promise<void> => {
  surviveFullLog();
  const settings = loadSettings(process.env);
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(settings), {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  stopWithLauncher(() => app.close());
  announceReady();
};

/** The whole process, until it is ended. */
export const start = (): Promise<void> =>
  run().catch((error: unknown) => {
    console.error(error instanceof SettingsError || error instanceof JobsUnavailable ? error.message : error);
    process.exit(1);
  });
