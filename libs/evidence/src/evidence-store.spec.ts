import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createHash } from 'node:crypto';
import type { FileHash } from '@app/kernel';
import sharp from 'sharp';
import { EvidenceStore } from './evidence-store';
import { ServedCopies } from './served-copy';

const withExif = (): Promise<Buffer> =>
  sharp({ create: { width: 40, height: 20, channels: 3, background: 'red' } })
    .withExif({ IFD0: { Artist: 'marker-artist' }, IFD3: { GPSLatitudeRef: 'N' } })
    .jpeg()
    .toBuffer();

describe('the evidence store', () => {
  let dir: string;
  let store: EvidenceStore;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'ql-evidence-'));
    store = new EvidenceStore(path.join(dir, 'evidence'), 100_000);
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));
  const put = (bytes: Buffer, name: string) => store.put(Readable.from([bytes]), name);
  const refusal = async (bytes: Buffer, name: string): Promise<unknown> => {
    const error: unknown = await put(bytes, name).catch((e: unknown) => e);
    return typeof error === 'object' && error !== null && 'code' in error ? error.code : error;
  };

  it('keeps a photo under the hash of its bytes, once', async () => {
    const photo = await withExif();
    const first = await put(photo, '整改前.jpg');
    expect(first).toStrictEqual({ hash: createHash('sha256').update(photo).digest('hex'), size: photo.length, mediaType: 'image/jpeg' });
    expect(await put(photo, 'again.jpeg')).toStrictEqual(first);
    expect(await buffer(store.original(first.hash))).toStrictEqual(photo);
  });

  it('serves the picture without its metadata and keeps the original sealed', async () => {
    const photo = await withExif();
    const { hash, mediaType } = await put(photo, 'a.jpg');
    expect(photo.includes('marker-artist')).toBe(true);
    const served = await buffer(await new ServedCopies(store, path.join(dir, 'served')).open(hash, mediaType));
    expect(served.includes('marker-artist')).toBe(false);
    expect((await sharp(served).metadata()).exif).toBeUndefined();
    expect(await readFile(store.pathOf(hash))).toStrictEqual(photo);
  });

  it('prints the picture as a JPEG without its metadata, and refuses what is not there', async () => {
    const { hash } = await put(await withExif(), 'a.jpg');
    const copies = new ServedCopies(store, path.join(dir, 'served'));
    const printed = await copies.printed(hash);
    const { format, exif } = await sharp(printed).metadata();
    expect([format, exif]).toStrictEqual(['jpeg', undefined]);
    expect(await copies.printed(hash)).toStrictEqual(printed);
    await expect(copies.printed('0'.repeat(64) as FileHash)).rejects.toMatchObject({ code: 'evidence-file-unknown' });
  });

  it('refuses what is not what its name says, what is empty, active or too large, and keeps nothing of it', async () => {
    const photo = await withExif();
    expect(await refusal(photo, 'report.pdf')).toBe('evidence-type-unsupported');
    expect(await refusal(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'x.svg')).toBe('evidence-type-unsupported');
    expect(await refusal(Buffer.from('<html><script>1</script></html>'), 'x.jpg')).toBe('evidence-type-unsupported');
    expect(await refusal(Buffer.alloc(0), 'x.jpg')).toBe('evidence-empty-invalid');
    expect(await refusal(Buffer.alloc(100_001), 'x.jpg')).toBe('evidence-too-large');
    expect(await readdir(path.join(dir, 'evidence', 'incoming'))).toStrictEqual([]);
    expect(await readdir(path.join(dir, 'evidence'))).toStrictEqual(['incoming']);
  });
});
