import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Files of imports under way, below one directory, readable by the product's own user only. Gone once the import is over: a sheet is no evidence. */
export class ImportFiles {
  constructor(private readonly root: string) {}

  async keep(importId: string, bytes: Buffer): Promise<void> {
    await mkdir(this.root, { recursive: true, mode: 0o700 });
    const aside = `${this.pathOf(importId)}.part`;
    const file = await open(aside, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } catch (error) {
      // On a full disk half a file would only take space from the others.
      await rm(aside, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    await rename(aside, this.pathOf(importId));
  }

  /** Where the file lies, for whoever reads it piece by piece. */
  pathOf(importId: string): string {
    if (!/^[0-9a-f-]{36}$/.test(importId)) throw new RangeError('not an import id');
    return path.join(this.root, importId);
  }

  read(importId: string): Promise<Buffer> {
    return readFile(this.pathOf(importId));
  }

  async drop(importId: string): Promise<void> {
    await rm(this.pathOf(importId), { force: true });
    await rm(`${this.pathOf(importId)}.part`, { force: true });
  }
}
