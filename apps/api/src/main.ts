import 'reflect-metadata';
import { announceReady, loadSettings, SettingsError, stopWithLauncher } from '@app/settings';
import { createApp } from './create-app';

const main = async (): Promise<void> => {
  const settings = loadSettings(process.env);
  const app = await createApp(settings);
  stopWithLauncher(() => app.close());
  await app.listen(settings.port, settings.host);
  announceReady();
};

main().catch((error: unknown) => {
  console.error(error instanceof SettingsError ? error.message : error);
  process.exit(1);
});
