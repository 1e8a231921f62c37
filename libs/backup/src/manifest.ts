import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { BackupRefused } from './errors';

/** Raised when what is written changes so that an older product would misread it. */
export const BACKUP_FORMAT = 1;
export const MANIFEST_FILE = 'manifest.json';
/** The hash of the manifest, beside it, in the form that `sha256sum -c` reads. */
export const MANIFEST_HASH_FILE = 'manifest.json.sha256';

const SHA256 = z.string().regex(/^[0-9a-f]{64}$/);
const COUNT = z.int().nonnegative();
const POSITION = z.string().regex(/^\d+$/);

/** Lines of JSON, gzipped; the hash is that of the file. */
const chunk = z.strictObject({ file: z.string().regex(/^[a-z_]+\/\d{6}\.ndjson\.gz$/), sha256: SHA256, bytes: COUNT, lines: COUNT });
/** `sha256` is over all lines, unpacked, each with its line end: what a restored table must give again. */
const section = z.strictObject({ lines: COUNT, sha256: SHA256, chunks: z.array(chunk) });

const manifestSchema = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  id: z.uuid(),
  product: z.string(),
  takenAt: z.iso.datetime(),
  /** Where the events were: they go back into either. */
  store: z.enum(['postgres', 'eventstoredb']),
  /** Which master key opens the keys of persons; the key itself is not in here. */
  masterKey: z.string().nullable(),
  migrations: z.array(z.string()),
  /** The last event of the backup, as the store it came from counts. */
  position: POSITION,
  events: section.extend({ chunks: z.array(chunk.extend({ last: POSITION })) }),
  tables: z.record(z.string(), section.extend({ columns: z.array(z.strictObject({ name: z.string(), type: z.string() })) })),
  /** A line per file below DATA_DIR: path, sha256, bytes. The files themselves lie under `files/`. */
  files: section.extend({ bytes: COUNT }),
  /** Hashes of evidence that events name and that was not there, or was damaged, when the backup was taken. */
  missingEvidence: z.array(SHA256),
});

export type Chunk = z.output<typeof chunk>;
export type Section = z.output<typeof section>;
export type Column = Readonly<{ name: string; type: string }>;
export type Manifest = Readonly<z.output<typeof manifestSchema>>;
/** A file below DATA_DIR. */
export type KeptFile = Readonly<{ path: string; sha256: string; bytes: number }>;

export const sha256Of = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** Errors: BackupRefused when there is none, when it is damaged, or when it is of a newer product. */
export const readManifest = async (folder: string): Promise<Manifest> => {
  const text = await readFile(path.join(folder, MANIFEST_FILE), 'utf8').catch(() => null);
  if (text === null) {
    throw new BackupRefused({
      zh: '此处没有完整的备份（缺 manifest.json）。',
      en: 'There is no whole backup here: manifest.json is missing.',
    });
  }
  const [hash] = (await readFile(path.join(folder, MANIFEST_HASH_FILE), 'utf8').catch(() => '')).split(' ');
  const parsed = hash === sha256Of(text) ? manifestSchema.safeParse(parse(text)) : null;
  if (parsed?.success === true) return parsed.data;
  if (hash === sha256Of(text) && formatOf(text) > BACKUP_FORMAT) {
    throw new BackupRefused({
      zh: '该备份由更新的版本生成，请用那个版本恢复。',
      en: 'This backup is of a newer version of the product: use that one.',
    });
  }
  throw new BackupRefused({ zh: '备份的 manifest.json 已损坏。', en: 'manifest.json of the backup is damaged.' });
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
};

const formatOf = (text: string): number => {
  const value = parse(text);
  return typeof value === 'object' && value !== null && 'format' in value ? Number(value.format) : 0;
};
