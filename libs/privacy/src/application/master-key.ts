import { createHash, createHmac, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { reject } from '../domain/subject.errors';
import { decrypt, encrypt } from './cipher';

const BYTES = 32;

const fileIn = (dataDir: string): string => path.join(dataDir, 'keys', 'master.key');

const failedWith = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

/** Wraps the keys of the subjects. Whoever holds the database without this file cannot read personal data. */
export class MasterKey {
  /** Tells keys apart without giving anything away. */
  readonly id: string;

  constructor(
    readonly bytes: Buffer,
    /** Where it came from, for messages. */
    readonly file: string,
  ) {
    this.id = createHash('sha256').update('qingling master key').update(bytes).digest('hex').slice(0, 16);
  }

  /** Recognises content again without letting anybody guess it from the database: ID numbers have too few digits for a plain hash. */
  fingerprint(purpose: string, content: Buffer): string {
    return createHmac('sha256', this.bytes).update(`${purpose}\n`).update(content).digest('hex');
  }

  /** Seals a secret that belongs to no subject; it opens for the same purpose only. */
  wrap(purpose: string, secret: Buffer): string {
    return encrypt(this.bytes, secret, purpose);
  }

  /** Rejects with `sealed-unreadable`. */
  unwrap(purpose: string, wrapped: string): Buffer {
    return decrypt(this.bytes, wrapped, purpose);
  }

  /** Reads DATA_DIR/keys/master.key; the first start makes it (0600). Rejects with `master-key-broken`. */
  static in(dataDir: string): MasterKey {
    return MasterKey.find(dataDir) ?? MasterKey.place(dataDir, randomBytes(BYTES));
  }

  /** As `in`, but makes none: null where there is none yet. */
  static find(dataDir: string): MasterKey | null {
    const file = fileIn(dataDir);
    const bytes = MasterKey.read(file);
    return bytes === null ? null : MasterKey.of(bytes, file);
  }

  /** Puts a key where there is none; where there is one it stays, and is what is returned. Rejects with `master-key-broken`. */
  static place(dataDir: string, bytes: Buffer): MasterKey {
    const file = fileIn(dataDir);
    return MasterKey.of(MasterKey.create(path.dirname(file), file, bytes), file);
  }

  private static of(bytes: Buffer, file: string): MasterKey {
    return bytes.length === BYTES ? new MasterKey(bytes, file) : reject('master-key-broken', { file: 'DATA_DIR/keys/master.key' });
  }

  private static read(file: string): Buffer | null {
    try {
      return readFileSync(file);
    } catch (error) {
      if (failedWith(error, 'ENOENT')) return null;
      throw error;
    }
  }

  private static create(folder: string, file: string, bytes: Buffer): Buffer {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const draft = `${file}.${process.pid.toString()}.${randomBytes(4).toString('hex')}`;
    writeFileSync(draft, bytes, { mode: 0o600, flush: true });
    try {
      // A link is made whole or not at all: of several processes that start together one key wins, complete.
      linkSync(draft, file);
    } catch (error) {
      if (!failedWith(error, 'EEXIST')) throw error;
    } finally {
      rmSync(draft, { force: true });
    }
    return readFileSync(file);
  }
}
