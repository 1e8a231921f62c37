import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { reject } from '../domain/subject.errors';

const IV = 12;
const TAG = 16;
/** Algorithm and layout, so that stored text says how to open it: AES-256-GCM, iv ‖ ciphertext ‖ tag, base64url. */
const SCHEME = 'a256gcm';

/** `context` is bound to the result: what was sealed for one subject does not open for another. */
export const encrypt = (key: Buffer, plain: Buffer, context: string): string => {
  const iv = randomBytes(IV);
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
