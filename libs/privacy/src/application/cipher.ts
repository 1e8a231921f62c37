import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
import { reject } from '../domain/subject.errors';

const IV = 12;
const TAG = 16;
/** Algorithm and layout, so that stored text says how to open it: AES-256-GCM, iv ‖ ciphertext ‖ tag, base64url. */
const SCHEME = 'a256gcm';

const drawn = Buffer.alloc(8_192);
let used = drawn.length;
/** Random bytes, each of them once; drawn many at a time, since each drawing costs more than a small encryption. */
export const fewRandomBytes = (count: number): Buffer => {
  if (used + count > drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  const bytes = Buffer.from(drawn.subarray(used, used + count));
  drawn.fill(0, used, used + count);
  used += count;
  return bytes;
};

/** `context` is bound to the result: what was sealed for one subject does not open for another. */
export const encrypt = (key: Uint8Array, plain: Buffer, context: string): string => {
  const iv = fewRandomBytes(IV);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return `${SCHEME}.${Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url')}`;
};

/** Rejects with `sealed-unreadable`. */
export const decrypt = (key: Buffer, sealed: string, context: string): Buffer => {
  const [scheme, text, ...rest] = sealed.split('.');
  const bytes = Buffer.from(text ?? '', 'base64url');
  if (scheme !== SCHEME || rest.length > 0 || bytes.length < IV + TAG) return reject('sealed-unreadable');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV))
    .setAAD(Buffer.from(context))
    .setAuthTag(bytes.subarray(-TAG));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV, -TAG)), decipher.final()]);
  } catch {
    return reject('sealed-unreadable');
  }
};
