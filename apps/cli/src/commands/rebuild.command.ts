import { parseArgs } from 'node:util';
import { Readers } from '@app/core';
import type { Command } from '../command';
import { withProduct } from '../with-product';

export const command: Command = {
  summary: {
    zh: '从事件重建全部（或指定的）读模型；--compare 只比较重建结果与现有数据，不作改动',
    en: 'make every read model, or the named ones, anew from events; --compare only compares a rebuild with what is there',
  },
  usage: '[NAME …] [--compare]',
  run: async (args, settings) => {
    const { values, positionals } = parseArgs({ args: [...args], options: { compare: { type: 'boolean' } }, allowPositionals: true });
    await withProduct(settings, async (app) => {
      const readers = app.get(Readers);
      if (values.compare) {
        const differences = await readers.compareWithRebuild();
        for (const difference of differences) console.log(JSON.stringify(difference));
        console.log(differences.length === 0 ? '逐行一致 · equal, row for row' : '不一致 · different');
        if (differences.length > 0) process.exitCode = 1;
        return;
      }
      const from = performance.now();
      await readers.rebuild(positionals.length > 0 ? positionals : undefined);
      console.log(`读模型已重建 · read models made anew (${((performance.now() - from) / 1000).toFixed(1)} s)`);
    });
  },
};
