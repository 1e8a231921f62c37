import { openEventStore, pause, type EventStore } from '@app/event-store';
import { belongsTo, createDataSource, ForeignStore, readRestoreMarker, runMigrations } from '@app/read-store';
import { warningOf } from '@app/settings';
import type { DataSource } from 'typeorm';
import { CommandFailure, type Command } from '../command';

const PATIENCE_MS = 8_000;
const LOOK_EVERY_MS = 500;

const HALF_RESTORED = new CommandFailure({
  zh: '上次恢复没有完成。请再次运行同一条 npm run cli -- restore 命令，完成后再启动。',
  en: 'A restore was not finished. Run the same npm run cli -- restore command again, and start after it.',
});

/** The store may be starting beside this command. */
const isOurs = async (store: EventStore, database: DataSource): Promise<boolean> => {
  const giveUpAt = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      await store.head();
      return await belongsTo(store, database);
    } catch {
      if (performance.now() > giveUpAt) {
        // What the client says may hold the address.
        throw new CommandFailure({
          zh: 'EVENTSTORE_URL 的事件库无法连接，或拒绝了所给的用户。',
          en: 'The event store of EVENTSTORE_URL cannot be reached, or refuses the user it was given.',
        });
      }
      await pause(LOOK_EVERY_MS);
    }
  }
};

/** Runs at every start, so it loads nothing but the stores. */
export const command: Command = {
  summary: {
    zh: '更新数据库结构，并检查读模型与事件库是否相配',
    en: 'bring the schema of the database up to date, and check that read models and event store belong together',
  },
  usage: '',
  run: async (_args, settings) => {
    const { databaseUrl, eventStore } = settings;
    if (databaseUrl === null) throw new CommandFailure({ zh: '没有设置 DATABASE_URL。', en: 'DATABASE_URL is not set.' });
    const database = await createDataSource(databaseUrl, { poolSize: 1 }).initialize();
    const store = openEventStore(eventStore.backend === 'postgres' ? { url: databaseUrl } : eventStore);
    try {
      if ((await readRestoreMarker(database)) !== null) throw HALF_RESTORED;
      for (const name of await runMigrations(databaseUrl)) console.log(name);
      const warning = warningOf(settings);
      if (warning !== null) console.log(warning);
      if (!(await isOurs(store, database))) throw new ForeignStore('foreign');
    } finally {
      await store.close();
      await database.destroy();
    }
  },
};
