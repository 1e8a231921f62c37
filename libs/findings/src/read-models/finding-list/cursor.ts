import { Buffer } from 'node:buffer';
import { z } from 'zod';

const shape = z.tuple([z.string().max(40), z.string().max(60), z.string().max(260)]);
export type Cursor = Readonly<{ order: string; key: string; id: string }>;

/** Opaque to the reader: where a page ended, and in which order it was read. */
export const cursorOf = ({ order, key, id }: Cursor): string => Buffer.from(JSON.stringify([order, key, id])).toString('base64url');

/** Null when it is not a cursor of this order. */
export const readCursor = (text: string, order: string): Cursor | null => {
  try {
    const parsed = shape.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
    return parsed.success && parsed.data[0] === order ? { order, key: parsed.data[1], id: parsed.data[2] } : null;
  } catch {
    return null;
  }
};
