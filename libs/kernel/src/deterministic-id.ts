import { createHash } from 'node:crypto';

/**
 * A UUID (version 5 layout) that follows from its parts alone: the same parts give the same id on every machine.
 * Used for event ids and for everything that a repeated command must not create twice.
 */
export const idFrom = (...parts: readonly (string | number)[]): string => {
  // The length prefix keeps ('a','bc') and ('ab','c') apart.
  const bytes = createHash('sha1')
    .update(parts.map((p) => `${String(p).length}:${String(p)}`).join('|'))
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
