import type { FileHandle } from 'node:fs/promises';

/** All of `bytes` at `offset`. One write may take a part only, without an error, where little space is left; the next one then says so. */
export const writeWhole = async (file: Pick<FileHandle, 'write'>, bytes: Buffer, offset: number): Promise<void> => {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, offset + done);
    done += bytesWritten;
  }
};
