import { Inject, Injectable } from '@nestjs/common';
import { Clock, type SubjectId } from '@app/kernel';
import { DataSource } from 'typeorm';
import { reject } from '../domain/subject.errors';
import { decrypt, encrypt, fewRandomBytes } from './cipher';
import type { SealingKey } from './fresh-seals';
import { MasterKey } from './master-key';

export type PersonalFields = Readonly<Record<string, string>>;
export type ToSeal = Readonly<{ subjectId: SubjectId; fields: PersonalFields }>;

/**
 * Seals personal data with a key of each subject. Events and rows hold the sealed text; erasing a subject destroys the key,
 * and every copy of the text with it. Keys are never kept in memory, so that an erasure holds at once in all processes.
 */
@Injectable()
export class Sealer {
  constructor(
    @Inject(DataSource) protected readonly dataSource: DataSource,
    @Inject(MasterKey) protected readonly master: MasterKey,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Rejects with `master-key-other` when keys in the database were wrapped with another master key. */
  async check(): Promise<void> {
    const [other] = await this.dataSource.query<unknown[]>(
      'select 1 from subject_key where wrapped is not null and master_id <> $1 limit 1',
      [this.master.id],
    );
    if (other !== undefined) reject('master-key-other', { file: 'DATA_DIR/keys/master.key' });
  }

  /** Rejects with `subject-erased`. */
  async seal(subjectId: SubjectId, fields: PersonalFields): Promise<string> {
    const [sealed] = await this.sealAll([{ subjectId, fields }]);
    return sealed ?? reject('sealed-unreadable');
  }

  /** In the order given, with one round trip for all keys. Rejects with `subject-erased`. */
  async sealAll(entries: readonly ToSeal[]): Promise<readonly string[]> {
    if (entries.length === 0) return [];
    const keys = await this.keys([...new Set(entries.map((e) => e.subjectId))]);
    return entries.map(({ subjectId, fields }) => {
      const key = keys.get(subjectId) ?? reject('subject-erased');
      return encrypt(key, Buffer.from(JSON.stringify(fields)), subjectId);
    });
  }

  /** For `FreshSeals`: subjects that are new for certain, in great numbers. Stored nowhere and written nowhere. */
  sealingKey(): SealingKey {
    return { masterId: this.master.id, bytes: Uint8Array.from(this.master.bytes), since: this.clock.now() };
  }

  /** Null once the subject was erased. Rejects with `sealed-unreadable`. */
  async open(subjectId: SubjectId, sealed: string): Promise<PersonalFields | null> {
    const [row] = await this.dataSource.query<{ wrapped: string | null }[]>('select wrapped from subject_key where subject_id = $1', [
      subjectId,
    ]);
    if (row === undefined) return reject('sealed-unreadable');
    if (row.wrapped === null) return null;
    return JSON.parse(decrypt(this.unwrap(subjectId, row.wrapped), sealed, subjectId).toString()) as PersonalFields;
  }

  /** Destroys the key for good; harmless when repeated or when there never was one. */
  async shred(subjectId: SubjectId): Promise<void> {
    await this.dataSource.query(
      `insert into subject_key (subject_id, master_id, wrapped, created_at, erased_at) values ($1, $2, null, $3, $3)
       on conflict (subject_id) do update set wrapped = null, erased_at = coalesce(subject_key.erased_at, excluded.erased_at)`,
      [subjectId, this.master.id, this.clock.now()],
    );
  }

  /** A key for each subject that was not erased, new where there was none. */
  protected async keys(subjectIds: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, Buffer>> {
    const fresh = new Map(subjectIds.map((id) => [id, fewRandomBytes(32)]));
    const made = await this.dataSource.query<{ subject_id: SubjectId }[]>(
      `insert into subject_key (subject_id, master_id, wrapped, created_at)
       select id, $3, wrapped, $4 from unnest($1::text[], $2::text[]) as fresh (id, wrapped) order by id on conflict (subject_id) do nothing
       returning subject_id`,
      [subjectIds, [...fresh].map(([id, key]) => this.wrap(id, key)), this.master.id, this.clock.now()],
    );
    const keys = new Map<SubjectId, Buffer>();
    for (const { subject_id } of made) {
      const key = fresh.get(subject_id);
      if (key !== undefined) keys.set(subject_id, key);
    }
    const others = subjectIds.filter((id) => !keys.has(id));
    if (others.length === 0) return keys;
    const rows = await this.dataSource.query<{ subject_id: SubjectId; wrapped: string | null }[]>(
      'select subject_id, wrapped from subject_key where subject_id = any ($1)',
      [others],
    );
    for (const { subject_id, wrapped } of rows) if (wrapped !== null) keys.set(subject_id, this.unwrap(subject_id, wrapped));
    return keys;
  }

  protected wrap(subjectId: SubjectId, key: Buffer): string {
    return encrypt(this.master.bytes, key, subjectId);
  }
  protected unwrap(subjectId: SubjectId, wrapped: string): Buffer {
    return decrypt(this.master.bytes, wrapped, subjectId);
  }
}
