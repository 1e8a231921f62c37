import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { BackupRefused } from './errors';
import { exists, removeWhole, writePrivate } from './private-files';

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt);
/** 128 MiB and a quarter of a second for each guess. */
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
const SHORTEST_PASSPHRASE = 12;

const base64 = z.base64();
const schema = z.strictObject({
  format: z.literal(1),
  /** Which key it is; tells nothing of it. */
  masterKey: z.string(),
  key: z.union([
    z.strictObject({ plain: base64 }),
    z.strictObject({ scheme: z.literal('scrypt-a256gcm'), salt: base64, iv: base64, sealed: base64, tag: base64 }),
  ]),
});

export type MasterKeyToKeep = Readonly<{ id: string; bytes: Buffer }>;

/** The key file of a backup that was given no other place: beside the backup, so that either can be carried away alone. */
export const keyFileOf = (folder: string): string => `${folder.replace(/\/+$/, '')}.key`;

/**
 * Keeps the master key in a file of its own, sealed when there is a passphrase. False where the file holds it already.
 * Errors: BackupRefused when the file holds something else, when the passphrase is short, or when others could read the file.
 */
export const writeKeyFile = async (file: string, key: MasterKeyToKeep, passphrase: string | null): Promise<boolean> => {
  if (passphrase !== null && passphrase.length < SHORTEST_PASSPHRASE) {
    throw new BackupRefused({
      zh: `口令至少 ${String(SHORTEST_PASSPHRASE)} 个字符。`,
      en: `A passphrase needs at least ${String(SHORTEST_PASSPHRASE)} characters.`,
    });
  }
  if (await exists(file)) {
    const kept = schema.safeParse(JSON.parse(await readFile(file, 'utf8').catch(() => 'null')) as unknown);
    const isSame = kept.success && kept.data.masterKey === key.id && 'plain' in kept.data.key === (passphrase === null);
    if (isSame) return false;
    throw new BackupRefused({
      zh: '密钥文件已存在，且内容不同；不覆盖。',
      en: 'The key file is there already and holds something else; it is not overwritten.',
    });
  }
  const content = {
    format: 1,
    masterKey: key.id,
    key: passphrase === null ? { plain: key.bytes.toString('base64') } : await seal(key, passphrase),
  };
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writePrivate(file, `${JSON.stringify(content)}\n`);
  // Some file systems take the mode and do not keep it.
  if (((await stat(file)).mode & 0o077) === 0) return true;
  await removeWhole(file);
  throw new BackupRefused({
    zh: '此处的文件系统不能限制他人读取，密钥文件未写入；请用 --key-file 指定别处。',
    en: 'The file system there cannot keep others from reading; no key was written. Name another place with --key-file.',
  });
};

const seal = async ({ id, bytes }: MasterKeyToKeep, passphrase: string): Promise<Readonly<Record<string, string>>> => {
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase.normalize('NFC'), salt, 32, COST), iv).setAAD(Buffer.from(id));
  const sealed = Buffer.concat([cipher.update(bytes), cipher.final()]);
  return {
    scheme: 'scrypt-a256gcm',
    salt: salt.toString('base64'),
    iv: iv.toString('base64'),
    sealed: sealed.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
};

/** Errors: BackupRefused when the file is missing or damaged, or when its passphrase is missing or wrong. */
export const readKeyFile = async (file: string, passphrase: string | null): Promise<MasterKeyToKeep> => {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) throw new BackupRefused({ zh: '没有这个密钥文件。', en: 'There is no such key file.' });
  let kept: z.output<typeof schema>;
  try {
    kept = schema.parse(JSON.parse(text));
  } catch {
    throw new BackupRefused({ zh: '密钥文件已损坏。', en: 'The key file is damaged.' });
  }
  const { key, masterKey: id } = kept;
  if ('plain' in key) return { id, bytes: Buffer.from(key.plain, 'base64') };
  if (passphrase === null) {
    throw new BackupRefused({ zh: '密钥文件有口令，请设置 BACKUP_PASSPHRASE。', en: 'The key file is sealed: set BACKUP_PASSPHRASE.' });
  }
  const secret = await derive(passphrase.normalize('NFC'), Buffer.from(key.salt, 'base64'), 32, COST);
  const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(key.iv, 'base64'))
    .setAAD(Buffer.from(id))
    .setAuthTag(Buffer.from(key.tag, 'base64'));
  try {
    return { id, bytes: Buffer.concat([decipher.update(Buffer.from(key.sealed, 'base64')), decipher.final()]) };
  } catch {
    throw new BackupRefused({ zh: '口令不对，或密钥文件已损坏。', en: 'The passphrase is wrong, or the key file is damaged.' });
  }
};
