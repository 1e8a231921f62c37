const TEXT_OID = 25;
const HEADER = 20;

/**
 * Texts as an array in PostgreSQL's binary format. Written as text every quote of theirs would have to be escaped and read again, which
 * costs more than all the rest of an append.
 */
export const textArray = (texts: readonly string[]): Buffer => {
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + 4 + size, HEADER));
  // One dimension, no nulls, what it holds, how many, counted from 1.
  [1, 0, TEXT_OID, texts.length, 1].forEach((word, i) => bytes.writeInt32BE(word, 4 * i));
  let at = HEADER;
  texts.forEach((text, i) => {
    at = bytes.writeInt32BE(sizes[i] ?? 0, at);
    at += bytes.write(text, at);
  });
  return bytes;
};
