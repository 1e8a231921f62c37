import type { FileHandle } from 'node:fs/promises';
import { writeWhole } from './write-whole';

/** Takes `atOnce` bytes at a time and has room for `room`. */
const fileTaking = (atOnce: number, room: number) => {
  const content = Buffer.alloc(room);
  const write = (bytes: Buffer, from: number, length: number, at: number): Promise<{ bytesWritten: number; buffer: Buffer }> => {
    const bytesWritten = Math.min(atOnce, length, room - at);
    if (bytesWritten <= 0) return Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
    bytes.copy(content, at, from, from + bytesWritten);
    return Promise.resolve({ bytesWritten, buffer: bytes });
  };
  return { content, file: { write } as unknown as Pick<FileHandle, 'write'> };
};

describe('A piece of a file', () => {
  it('is written whole where each write takes a part of it', async () => {
    const { content, file } = fileTaking(3, 12);
    await writeWhole(file, Buffer.from('ten bytes.'), 2);
    expect(content.toString('utf8', 2)).toBe('ten bytes.');
  });

  it('is refused, not cut short, where the disk runs full within it', async () => {
    await expect(writeWhole(fileTaking(3, 7).file, Buffer.from('ten bytes.'), 2)).rejects.toMatchObject({ code: 'ENOSPC' });
  });
});
