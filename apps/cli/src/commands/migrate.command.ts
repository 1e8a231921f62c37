import { databaseUrlOf } from '@app/core';
import { runMigrations } from '@app/read-store';
import type { Command } from '../command';

export const command: Command = {
  summary: { zh: '更新数据库结构', en: 'bring the schema of the database up to date' },
  usage: '',
  run: async (_args, settings) => {
    const names = await runMigrations(databaseUrlOf(settings));
    for (const name of names) console.log(name);
  },
};
