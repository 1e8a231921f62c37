import 'reflect-metadata';
import path from 'node:path';
import { StoreGuard } from '@app/core';
import { announceReady, loadSettings, SettingsError, stopWithLauncher, surviveFullLog } from '@app/settings';
import { createApp } from './create-app';
import { serveWeb } from './web/serve-web';

/** dist/web, beside dist/apps. */
const WEB_DIR = path.resolve(__dirname, '..', '..', '..', 'web');

const run = async (): Promise<void> => {
  surviveFullLog();
  const settings = loadSettings(process.env);
  const app = await createApp(settings);
  await serveWeb(app, WEB_DIR);
  stopWithLauncher(() => app.close());
  void app.get(StoreGuard, { strict: false }).watch((error) => {
    console.error(error.message);
    process.exit(1);
  });
  await app.listen(settings.port, settings.host);
  announceReady();
};

/** The whole process, until it is ended. */
export const start = (): Promise<void> =>
  run().catch((error: unknown) => {
    console.error(error instanceof SettingsError ? error.message : error);
    process.exit(1);
  });
