import type { Instant, SubjectId } from '@app/kernel';
import { copyLine, type CopyTable } from '../../../read-store/src/plain';
import { encrypt, fewRandomBytes } from './cipher';
import type { PersonalFields } from './sealer';

/** What the lines of `FreshSeals` are for. */
export const SUBJECT_KEYS: CopyTable = {
  name: 'subject_key',
  columns: ['subject_id', 'master_id', 'wrapped', 'created_at'].map((name) => ({ name, kind: 'plain' })),
};
const line = copyLine(SUBJECT_KEYS);

/** What seals new subjects also in a thread; it stays in memory and in this process. */
export type SealingKey = Readonly<{ masterId: string; bytes: Uint8Array; since: Instant }>;

/**
 * Seals for subjects that nobody has heard of before, each under a key of its own, without asking the database: the keys wait as lines for
 * `SUBJECT_KEYS` and must be stored together with what was sealed under them.
 */
export class FreshSeals {
  private lines: string[] = [];

  constructor(private readonly by: SealingKey) {}

  seal(subjectId: SubjectId, fields: PersonalFields): string {
    const key = fewRandomBytes(32);
    const wrapped = encrypt(this.by.bytes, key, subjectId);
    this.lines.push(line({ subject_id: subjectId, master_id: this.by.masterId, wrapped, created_at: this.by.since }));
    return encrypt(key, Buffer.from(JSON.stringify(fields)), subjectId);
  }

  /** The keys made since the last time; they stay in memory no longer. */
  take(): string {
    const taken = this.lines.join('');
    this.lines = [];
    return taken;
  }
}
