import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { throwIfCancelled } from './errors';

const PIECE = 1024 * 1024;

/** A file for its owner alone; it must not be there yet. On the disk when this resolves. */
export const writePrivate = async (file: string, content: Buffer | string): Promise<void> => {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Copies and hashes in one go. `from` may grow meanwhile; what was read is what the hash says. Null when it is not there. */
export const copyPrivate = async (
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<Readonly<{ sha256: string; bytes: number }> | null> => {
  const source = await open(from, 'r').catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (source === null) return null;
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(PIECE);
  let bytes = 0;
  try {
    await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
    const target = await open(to, 'w', 0o600);
    try {
      for (;;) {
        throwIfCancelled(signal);
        const { bytesRead } = await source.read(piece, 0, PIECE);
        if (bytesRead === 0) break;
        const part = piece.subarray(0, bytesRead);
        hash.update(part);
        await target.writeFile(part);
        bytes += bytesRead;
      }
      await target.sync();
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
  return { sha256: hash.digest('hex'), bytes };
};

/** Null when it is not there. */
export const hashOf = async (file: string): Promise<Readonly<{ sha256: string; bytes: number }> | null> => {
  const source = await open(file, 'r').catch((error: unknown) => {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  });
  if (source === null) return null;
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const part of source.createReadStream({ autoClose: false })) {
      hash.update(part as Buffer);
      bytes += (part as Buffer).length;
    }
  } finally {
    await source.close();
  }
  return { sha256: hash.digest('hex'), bytes };
};

/** Moves a folder or file to its place so that a power cut leaves it there whole, or not. */
export const moveIntoPlace = async (from: string, to: string): Promise<void> => {
  await rename(from, to);
  const parent = await open(path.dirname(to), 'r');
  try {
    await parent.sync();
  } finally {
    await parent.close();
  }
};

export const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

export const removeWhole = (file: string): Promise<void> => rm(file, { recursive: true, force: true });

export const isCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;
