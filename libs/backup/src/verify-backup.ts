import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { throwIfCancelled } from './errors';
import { MANIFEST_FILE, MANIFEST_HASH_FILE, readManifest, type KeptFile, type Manifest } from './manifest';
import { hashOf } from './private-files';
import { readChunk } from './section-reader';
import type { BackupProgress } from './take-backup';

/** A file of the backup that is not what its manifest says; `extra`: the manifest knows nothing of it. */
export type Fault = Readonly<{ kind: 'missing' | 'damaged' | 'extra'; file: string }>;
export type Verified = Readonly<{ manifest: Manifest; faults: readonly Fault[] }>;

type Options = Readonly<{ signal: AbortSignal; onProgress?: (progress: BackupProgress) => void }>;

/** Reads everything and restores nothing. Errors: BackupRefused when the manifest itself is missing or damaged, BackupCancelled. */
export const verifyBackup = async (folder: string, { signal, onProgress = () => undefined }: Options): Promise<Verified> => {
  const manifest = await readManifest(folder);
  const faults: Fault[] = [];
  const known = new Set<string>([MANIFEST_FILE, MANIFEST_HASH_FILE]);
  const chunks = [manifest.events, ...Object.values(manifest.tables), manifest.files].flatMap(({ chunks: own }) => own);
  const total = chunks.length + manifest.files.lines;
  let done = 0;
  const passed = (): void => {
    throwIfCancelled(signal);
    done += 1;
    if (done % 20 === 0 || done === total) onProgress({ phase: 'verifying', done, total });
  };
  const judge = async (file: string, sha256: string, bytes: number): Promise<boolean> => {
    known.add(file);
    const found = await hashOf(path.join(folder, file));
    if (found === null) faults.push({ kind: 'missing', file });
    else if (found.sha256 !== sha256 || found.bytes !== bytes) faults.push({ kind: 'damaged', file });
    passed();
    return found?.sha256 === sha256;
  };
  for (const { file, sha256, bytes } of chunks) await judge(file, sha256, bytes);
  for (const chunk of manifest.files.chunks) {
    if (faults.some(({ file }) => file === chunk.file)) continue;
    for (const line of await readChunk(folder, chunk)) {
      const kept = JSON.parse(line) as KeptFile;
      await judge(`files/${kept.path}`, kept.sha256, kept.bytes);
    }
  }
  for (const file of await filesIn(folder)) if (!known.has(file)) faults.push({ kind: 'extra', file });
  return { manifest, faults };
};

const filesIn = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
