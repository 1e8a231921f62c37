import { qrPattern } from '../qr';

/** Pixels a module: enough that no program smears it when it scales. */
const PIXELS = 8;
const HEADER = 14 + 40;
const PALETTE = 2 * 4;

/** A QR as a black and white BMP: of the formats a Word document may hold the one whose bytes no compressor decides. */
export const qrBitmap = (text: string): Buffer => {
  const { size, dark } = qrPattern(text);
  const side = size * PIXELS;
  const stride = Math.ceil(side / 32) * 4;
  const from = HEADER + PALETTE;
  const file = Buffer.alloc(from + stride * side);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(from, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(side, 18);
  file.writeInt32LE(side, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(1, 28);
  file.writeUInt32LE(stride * side, 34);
  file.writeUInt32LE(2, 46);
  file.fill(0xff, HEADER, HEADER + 3);
  for (const { x, y, length } of dark) {
    for (let line = y * PIXELS; line < (y + 1) * PIXELS; line++) {
      // Rows stand from the lowest to the highest.
      const row = from + (side - 1 - line) * stride;
      // A module is eight pixels, a byte of it.
      file.fill(0xff, row + x, row + x + length);
    }
  }
  return file;
};
