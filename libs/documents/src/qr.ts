import { create } from 'qrcode';

/** White modules around, so that a reader finds it. */
export const QUIET_MODULES = 4;

/** The dark stretches of a QR, row by row, in modules; `size` with the quiet zone. */
export type QrPattern = Readonly<{ size: number; dark: readonly Readonly<{ x: number; y: number; length: number }>[] }>;

export const qrPattern = (text: string): QrPattern => {
  // A creased and stamped page is still read at M: 15 % may be lost.
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const dark: { x: number; y: number; length: number }[] = [];
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      if (modules.get(y, x) === 0) continue;
      const last = dark.at(-1);
      if (last !== undefined && last.y === y + QUIET_MODULES && last.x + last.length === x + QUIET_MODULES) last.length += 1;
      else dark.push({ x: x + QUIET_MODULES, y: y + QUIET_MODULES, length: 1 });
    }
  }
  return { size: modules.size + 2 * QUIET_MODULES, dark };
};
