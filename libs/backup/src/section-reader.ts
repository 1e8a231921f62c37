import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { BackupRefused } from './errors';
import { sha256Of, type Chunk, type Section } from './manifest';

const unpacked = promisify(gunzip);

/** Errors: BackupRefused naming the file when it is missing or not what the manifest says. */
export const readChunk = async (folder: string, chunk: Chunk): Promise<readonly string[]> => {
  const bytes = await readFile(path.join(folder, chunk.file)).catch(() => null);
  if (bytes === null) throw new BackupRefused({ zh: `备份缺少文件 ${chunk.file}。`, en: `The backup lacks its file ${chunk.file}.` });
  const damaged = (): BackupRefused =>
    new BackupRefused({ zh: `备份文件 ${chunk.file} 已损坏。`, en: `The file ${chunk.file} of the backup is damaged.` });
  if (bytes.length !== chunk.bytes || sha256Of(bytes) !== chunk.sha256) throw damaged();
  const text = ((await unpacked(bytes)) as Buffer).toString();
  const lines = text.split('\n').slice(0, -1);
  if (lines.length !== chunk.lines) throw damaged();
  return lines;
};

export async function* pagesOf(folder: string, section: Pick<Section, 'chunks'>): AsyncIterable<readonly string[]> {
  for (const chunk of section.chunks) yield await readChunk(folder, chunk);
}
