import { runMigrations } from '@app/read-store';
import { CommandFailure, type Command } from '../command';

/** Runs at every start, so it loads nothing but the migrations. */
export const command: Command = {
  summary: { zh: '更新数据库结构', en: 'bring the schema of the database up to date' },
  usage: '',
  run: async (_args, settings) => {
    if (settings.databaseUrl === null) throw new CommandFailure({ zh: '没有设置 DATABASE_URL。', en: 'DATABASE_URL is not set.' });
    for (const name of await runMigrations(settings.databaseUrl)) console.log(name);
  },
};
