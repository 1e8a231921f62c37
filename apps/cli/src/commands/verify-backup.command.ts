import path from 'node:path';
import { refuseFaults, verifyBackup } from '@app/backup';
import { asFailure, oneFolder } from '../backup/failure';
import { interruptible, ProgressTeller } from '../backup/progress';
import type { Command } from '../command';

export const command: Command = {
  summary: {
    zh: '核对备份中每个文件的数量和哈希，不恢复任何内容',
    en: 'check counts and hashes of every file of a backup, and restore nothing',
  },
  usage: 'DIR',
  run: async (args) => {
    const folder = path.resolve(oneFolder(args, 'verify-backup DIR'));
    const progress = new ProgressTeller();
    const check = async (): Promise<void> => {
      const { manifest, faults } = await interruptible((signal) => verifyBackup(folder, { signal, onProgress: progress.tell }));
      progress.end();
      for (const { kind, file } of faults) console.log(`${kind}  ${file}`);
      refuseFaults(faults);
      const { takenAt, events, files } = manifest;
      console.log(
        `完好 sound  ${takenAt} · 事件 events ${events.lines.toLocaleString('en')} · 文件 files ${files.lines.toLocaleString('en')}`,
      );
    };
    await check().catch(asFailure);
  },
};
