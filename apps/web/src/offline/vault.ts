/**
 * The key of what lies on the phone. The data key exists in memory only, while the store is open; on the phone it lies wrapped by a
 * key made of two things: the PIN (PBKDF2, slow on purpose) and the part that the server gave (HKDF). docs/decisions/0013.
 */
export const ITERATIONS = 600_000;
const INFO = new TextEncoder().encode('qingling data key');

export type Wrapped = Readonly<{ salt: Uint8Array<ArrayBuffer>; iv: Uint8Array<ArrayBuffer>; key: ArrayBuffer; iterations: number }>;
export type Sealed = Readonly<{ iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer }>;

const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length));

/** The server's part, so that scripts can use it and never read it. */
export const importDeviceSecret = (base64: string): Promise<CryptoKey> =>
  crypto.subtle.importKey(
    'raw',
    Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
    'HKDF',
    false,
    ['deriveKey'],
  );

const wrappingKey = async (pin: string, deviceSecret: CryptoKey, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<CryptoKey> => {
  const typed = await crypto.subtle.importKey('raw', new TextEncoder().encode(pin), 'PBKDF2', false, ['deriveBits']);
  const stretched = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, typed, 256);
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: stretched, info: INFO },
    deviceSecret,
    { name: 'AES-GCM', length: 256 },
    false,
    ['wrapKey', 'unwrapKey'],
  );
};

export const openVault = async (
  pin: string,
  deviceSecret: CryptoKey,
  { salt, iv, key, iterations }: Wrapped,
): Promise<CryptoKey | null> => {
  const unwrapping = await wrappingKey(pin, deviceSecret, salt, iterations);
  try {
    return await crypto.subtle.unwrapKey('raw', key, unwrapping, { name: 'AES-GCM', iv }, 'AES-GCM', false, ['encrypt', 'decrypt']);
  } catch {
    // The tag does not fit: another PIN.
    return null;
  }
};

export const makeVault = async (pin: string, deviceSecret: CryptoKey, iterations = ITERATIONS): Promise<Wrapped> => {
  const [salt, iv] = [random(16), random(12)];
  const dataKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);
  const key = await crypto.subtle.wrapKey('raw', dataKey, await wrappingKey(pin, deviceSecret, salt, iterations), { name: 'AES-GCM', iv });
  return { salt, iv, key, iterations };
};

/** `about` is bound to the ciphertext: a record cannot be put in another one's place. */
export const seal = async (dataKey: CryptoKey, about: string, content: BufferSource): Promise<Sealed> => {
  const iv = random(12);
  return {
    iv,
    data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(about) }, dataKey, content),
  };
};
export const unseal = (dataKey: CryptoKey, about: string, { iv, data }: Sealed): Promise<ArrayBuffer> =>
  crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(about) }, dataKey, data);

export const sha256 = async (content: BufferSource): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest('SHA-256', content))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
