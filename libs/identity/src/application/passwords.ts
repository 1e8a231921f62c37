import { hash, verify } from '@node-rs/argon2';
import { newSecret } from './secrets';

/** Argon2id, which is the library's default algorithm: 19 MiB, two passes, as OWASP recommends at least. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password, COST);

let nobody: Promise<string> | null = null;

/** Takes as long without an account as with one. */
export const passwordFits = async (storedHash: string | null, password: string): Promise<boolean> => {
  nobody ??= hashPassword(newSecret());
  const fits = await verify(storedHash ?? (await nobody), password);
  return storedHash !== null && fits;
};
