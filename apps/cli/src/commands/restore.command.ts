import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { keyFileOf, readKeyFile, readManifest, restoreBackup, type MasterKeyToKeep, type Restored } from '@app/backup';
import { databaseUrlOf, eventStoreOf, PROJECTIONS, Readers } from '@app/core';
import { openEventStore, PostgresCopySink, sinkInto } from '@app/event-store';
import { MasterKey } from '@app/privacy';
import { createDataSource, moveReadersTo } from '@app/read-store';
import type { Settings } from '@app/settings';
import { asFailure, oneFolder, passphrase } from '../backup/failure';
import { interruptible, ProgressTeller } from '../backup/progress';
import { CommandFailure, type Command } from '../command';
import { withProduct } from '../with-product';

const OPTIONS = { 'key-file': { type: 'string' }, 'without-key': { type: 'boolean' }, erased: { type: 'string' } } as const;
const USAGE = 'DIR [--key-file FILE | --without-key] [--erased FILE]';

/** From the file named, from the one beside the backup, or the one that lies in DATA_DIR already. */
const keyFor = async (folder: string, named: string | undefined, settings: Settings): Promise<MasterKeyToKeep | null> => {
  const { masterKey } = await readManifest(folder);
  if (masterKey === null) return null;
  if (named !== undefined) return readKeyFile(path.resolve(named), passphrase());
  const there = MasterKey.find(settings.dataDir);
  if (there?.id === masterKey) return there;
  const beside = await readKeyFile(keyFileOf(folder), passphrase()).catch((error: unknown) => {
    if (passphrase() !== null) throw error;
    return null;
  });
  if (beside !== null) return beside;
  throw new CommandFailure({
    zh: '没有找到主密钥：备份旁的 DIR.key 不在或有口令。请用 --key-file 指定（有口令时设 BACKUP_PASSPHRASE）；确实已失去时用 --without-key，个人信息将永远无法读取。',
    en: 'The master key was not found: DIR.key beside the backup is absent or sealed. Name it with --key-file (and set BACKUP_PASSPHRASE where it is sealed); if it is lost for good, --without-key leaves personal data unreadable for ever.',
  });
};

/** One subject's id a line. */
const erasedIn = async (file: string | undefined): Promise<readonly string[]> => {
  if (file === undefined) return [];
  const text = await readFile(path.resolve(file), 'utf8').catch(() => {
    throw new CommandFailure({ zh: '--erased 的文件无法读取。', en: 'The file of --erased cannot be read.' });
  });
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
};

const restore = async (
  settings: Settings,
  folder: string,
  masterKey: MasterKeyToKeep | null,
  erasedSince: readonly string[],
): Promise<Restored> => {
  const databaseUrl = databaseUrlOf(settings);
  const { backend } = settings.eventStore;
  const dataSource = await createDataSource(databaseUrl, { poolSize: 3, applicationName: 'qingling-restore' }).initialize();
  const progress = new ProgressTeller();
  try {
    return await interruptible((signal) =>
      restoreBackup(
        {
          databaseUrl,
          dataSource,
          dataDir: settings.dataDir,
          backend,
          openStore: () => openEventStore(eventStoreOf(settings)),
          openSink: (store) => (backend === 'postgres' ? new PostgresCopySink(databaseUrl) : sinkInto(store)),
          makeReadModels: async (store) => {
            await moveReadersTo({ store, dataSource, projections: PROJECTIONS, restored: false });
            await withProduct(settings, (app) => app.get(Readers).rebuild());
          },
        },
        { folder, masterKey, erasedSince, signal, onProgress: progress.tell },
      ),
    );
  } finally {
    progress.end();
    await dataSource.destroy();
  }
};

const print = ({ manifest, events, rows, files, erased }: Restored): void => {
  const count = (n: number): string => n.toLocaleString('en');
  console.log(`事件 events  ${count(events.count)}  sha256 ${events.sha256}`);
  console.log(`行 rows  ${count(rows)} · 文件 files  ${count(files)} · 读模型已重建 read models made anew`);
  if (erased > 0) console.log(`再次销毁的密钥 keys destroyed again  ${count(erased)}`);
  for (const hash of manifest.missingEvidence) console.log(`备份前已缺失 was missing before the backup  ${hash}`);
  console.log(`恢复完成，内容截至 restored, as of  ${manifest.takenAt}`);
  console.log('所有人须重新登录 · everybody signs in again');
  console.log(
    '此后销毁的个人信息密钥随旧备份回来了：如有，请用 --erased 重新恢复，或逐一再次销毁 · keys of persons destroyed since then are back: restore with --erased, or erase them again',
  );
};

export const command: Command = {
  summary: {
    zh: '把备份恢复到空实例，逐项核对并重建全部读模型；中断后再次运行同一命令即继续。--erased 文件列出备份之后销毁的对象，每行一个编号',
    en: 'restore a backup into an empty instance, prove it and make every read model anew; interrupted, the same command goes on. --erased names subjects erased after the backup, an id a line',
  },
  usage: USAGE,
  run: async (args, settings) => {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    const folder = path.resolve(oneFolder(positionals, `restore ${USAGE}`));
    const work = async (): Promise<Restored> => {
      const key = values['without-key'] === true ? null : await keyFor(folder, values['key-file'], settings);
      return restore(settings, folder, key, await erasedIn(values.erased));
    };
    print(await work().catch(asFailure));
  },
};
