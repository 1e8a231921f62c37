import path from 'node:path';

/** The checkout this launcher belongs to. */
export const ROOT = path.resolve(import.meta.dirname, '../../..');
/** These run all the time and are started from a bundle. */
export const BUNDLED = ['api', 'worker'];
export const mainOf = (app) =>
  BUNDLED.includes(app) ? path.join(ROOT, 'dist', 'start', `${app}.js`) : path.join(ROOT, 'dist', 'apps', app, 'src', 'main.js');

/** Where things lie below DATA_DIR. */
export const placesIn = (dataDir) => ({
  dataDir,
  instance: path.join(dataDir, 'instance.json'),
  keys: path.join(dataDir, 'keys'),
  logs: path.join(dataDir, 'logs'),
  cluster: path.join(dataDir, 'postgres'),
  redis: path.join(dataDir, 'redis'),
  /** The demo's clock; its own program writes it. */
  scenario: path.join(dataDir, 'scenario.json'),
  demoAccounts: path.join(dataDir, 'demo-accounts.json'),
});
