import { hash } from 'node:crypto';

/** What a digit becomes whose two highest bits say which kind of UUID it is. */
const VARIANTS = '89ab'.repeat(4);

/** An id put together of pieces holds on to all of them, six times what it takes in one piece; imports keep ids by the hundred thousand. */
const PIECE = Buffer.alloc(36);
const inOnePiece = (id: string): string => {
  PIECE.write(id, 'latin1');
  return PIECE.toString('latin1');
};

/**
 * A UUID (version 5 layout) that follows from its parts alone: the same parts give the same id on every machine.
 * Used for event ids and for everything that a repeated command must not create twice.
 */
export const idFrom = (...parts: readonly (string | number)[]): string => {
  // The length prefix keeps ('a','bc') and ('ab','c') apart.
  const hex = hash('sha1', parts.map((p) => `${String(p).length}:${String(p)}`).join('|'));
  const variant = VARIANTS.charAt(Number.parseInt(hex.charAt(16), 16));
  return inOnePiece(`${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`);
};
