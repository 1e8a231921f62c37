import sharp from 'sharp';
import type { OfficialDocument } from './official-document';

/** In pixels, as it is to be seen. */
export type Picture = Readonly<{ type: 'png' | 'jpg'; width: number; height: number }>;
/** By the bytes of each; null for what is no picture: the document goes out all the same, and says so in its place. */
export type Pictures = ReadonlyMap<Buffer, Picture | null>;

const TYPES: Readonly<Partial<Record<string, Picture['type']>>> = { png: 'png', jpeg: 'jpg' };

const pictureOf = async (bytes: Buffer): Promise<Picture | null> => {
  try {
    const { format, autoOrient } = await sharp(bytes).metadata();
    const type = TYPES[format];
    return type === undefined ? null : { type, ...autoOrient };
  } catch {
    return null;
  }
};

export const picturesOf = async ({ blocks, annex = [] }: OfficialDocument): Promise<Pictures> => {
  const found = new Map<Buffer, Picture | null>();
  for (const block of [...blocks, ...annex]) if (block.kind === 'picture') found.set(block.bytes, await pictureOf(block.bytes));
  return found;
};
