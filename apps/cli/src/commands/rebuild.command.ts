import { parseArgs } from 'node:util';
import { Readers } from '@app/core';
import { CommandFailure, type Command } from '../command';
import { withProduct } from '../with-product';

const compare = async (readers: Readers): Promise<void> => {
  let different = 0;
  for (const { projection, table, rows, onlyLive, onlyRebuilt } of await readers.compareWithRebuild()) {
    const same = onlyLive.length === 0 && onlyRebuilt.length === 0;
    if (!same) different += 1;
    console.log(`${same ? '一致 equal    ' : '不同 different'}  ${projection} · ${table} · ${String(rows)}`);
  }
  if (different > 0) {
    throw new CommandFailure({
      zh: `有 ${String(different)} 张表与事件重算的结果不同。`,
      en: `${String(different)} tables differ from what the events give.`,
    });
  }
};

export const command: Command = {
  summary: {
    zh: '从事件重建全部（或指定的）读模型，更换事件库之后也用它；--compare 只比较重建结果与现有数据，不作改动；--restored 表示事件库恢复到了更早的备份',
    en: 'make every read model, or the named ones, anew from events, also after a move to another event store; --compare only compares a rebuild with what is there; --restored: the event store was restored from an earlier backup',
  },
  usage: '[NAME …] [--compare] [--restored]',
  run: async (args, settings) => {
    const options = { compare: { type: 'boolean' }, restored: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    await withProduct(settings, async (app) => {
      const readers = app.get(Readers);
      const known = readers.readModels.map((projection) => projection.name);
      const unknown = positionals.filter((name) => !known.includes(name));
      if (unknown.length > 0) {
        throw new CommandFailure({
          zh: `没有这个读模型：${unknown.join('、')}。现有：${known.join('、')}。`,
          en: `No such read model. There are: ${known.join(', ')}.`,
        });
      }
      if (values.compare === true) return compare(readers);
      const started = performance.now();
      await readers.rebuild(positionals.length === 0 ? undefined : positionals, { restored: values.restored === true });
      console.log(
        `${(positionals.length === 0 ? known : positionals).join('、')} · ${((performance.now() - started) / 1000).toFixed(1)} s`,
      );
    });
  },
};
