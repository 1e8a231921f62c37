import { hash, randomBytes, randomInt } from 'node:crypto';

/** No letters that look alike, so that it can be read out over the phone. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** What a browser or a machine keeps; only its hash is stored here. 256 random bits. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
export const hashOfSecret = (secret: string): string => hash('sha256', secret);

/** `kaf7-mqt2-xw9p-hb3c`: about 79 bits, for one sign-in. */
export const oneTimePassword = (): string =>
  Array.from({ length: 4 }, () => Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)] ?? 'x').join('')).join('-');
