import { rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { keyFileOf, productVersion, takeBackup, writeKeyFile, type Manifest } from '@app/backup';
import { databaseUrlOf, eventStoreOf } from '@app/core';
import { openEventStore } from '@app/event-store';
import { MasterKey } from '@app/privacy';
import { createDataSource } from '@app/read-store';
import type { Settings } from '@app/settings';
import { asFailure, oneFolder, passphrase } from '../backup/failure';
import { interruptible, ProgressTeller } from '../backup/progress';
import { CommandFailure, type Command } from '../command';

const OPTIONS = { 'key-file': { type: 'string' }, 'without-key': { type: 'boolean' } } as const;
const USAGE = 'DIR [--key-file FILE | --without-key]';
/** Two snapshots at most are held at a time. */
const CONNECTIONS = 3;

const print = (folder: string, { position, events, tables, files, missingEvidence }: Manifest): void => {
  const rows = Object.values(tables).reduce((sum, { lines }) => sum + lines, 0);
  const count = (n: number): string => n.toLocaleString('en');
  console.log(`备份 backup  ${folder}`);
  console.log(`事件 events ${count(events.lines)}（至 up to ${position}） · 行 rows ${count(rows)} · 文件 files ${count(files.lines)}`);
  if (missingEvidence.length === 0) return;
  console.log(
    `警告：事件所指的 ${String(missingEvidence.length)} 个证据文件原已缺失或损坏 · warning: evidence that events name was missing or damaged:`,
  );
  for (const hash of missingEvidence) console.log(`  ${hash}`);
};

const back = async (settings: Settings, folder: string, keyFile: string | null): Promise<Manifest> => {
  const key = MasterKey.find(settings.dataDir);
  const written = keyFile !== null && key !== null && (await writeKeyFile(keyFile, key, passphrase()));
  const dataSource = await createDataSource(databaseUrlOf(settings), {
    poolSize: CONNECTIONS,
    applicationName: 'qingling-backup',
  }).initialize();
  const store = openEventStore(eventStoreOf(settings));
  const progress = new ProgressTeller();
  try {
    return await interruptible((signal) =>
      takeBackup(
        {
          store,
          dataSource,
          backend: settings.eventStore.backend,
          dataDir: settings.dataDir,
          masterKey: key?.id ?? null,
          product: productVersion(),
        },
        { folder, signal, onProgress: progress.tell },
      ),
    );
  } catch (error) {
    if (written) await rm(keyFile, { force: true });
    throw error;
  } finally {
    progress.end();
    await store.close();
    await dataSource.destroy();
  }
};

export const command: Command = {
  summary: {
    zh: '备份事件、证据、账号和密钥，运行中也可；DIR 须不存在。主密钥另存为 DIR.key（或 --key-file），请与备份分开保管；设 BACKUP_PASSPHRASE 则以口令封存',
    en: 'back up events, evidence, accounts and keys, also while work goes on; DIR must not exist yet. The master key goes into DIR.key (or --key-file): keep it apart; sealed where BACKUP_PASSPHRASE is set',
  },
  usage: USAGE,
  run: async (args, settings) => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const folder = path.resolve(oneFolder(positionals, `backup ${USAGE}`));
    const [named, without] = [values['key-file'], values['without-key'] === true];
    if (named !== undefined && without) {
      throw new CommandFailure({ zh: '--key-file 与 --without-key 只能用一个。', en: 'Use one of --key-file and --without-key.' });
    }
    const keyFile = without ? null : path.resolve(named ?? keyFileOf(folder));
    if (keyFile?.startsWith(`${folder}${path.sep}`) === true) {
      throw new CommandFailure({ zh: '密钥文件不能放在备份目录之内。', en: 'The key file must not lie inside the backup.' });
    }
    print(folder, await back(settings, folder, keyFile).catch(asFailure));
    console.log(
      keyFile === null
        ? '主密钥不在其中：没有它，个人信息无法读取 · the master key is not in it: without it personal data cannot be read'
        : `主密钥 master key  ${keyFile}（请与备份分开保管 keep it apart from the backup）`,
    );
  },
};
