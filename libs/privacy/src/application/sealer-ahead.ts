import { randomBytes } from 'node:crypto';
import type { Clock, Instant, SubjectId } from '@app/kernel';
import type { DataSource } from 'typeorm';
import type { MasterKey } from './master-key';
import { Sealer } from './sealer';

type NewKey = Readonly<{ subjectId: SubjectId; wrapped: string; at: Instant }>;

/**
 * Seals in great numbers for a scenario, without asking the database each time: new keys are kept until `store`, which must come
 * before what was sealed with them is stored. Nobody else may give keys to the same subjects meanwhile.
 */
export class SealerAhead extends Sealer {
  private fresh: NewKey[] = [];
  private constructor(
    dataSource: DataSource,
    master: MasterKey,
    private readonly time: Clock,
    private readonly known: ReadonlyMap<SubjectId, string>,
  ) {
    super(dataSource, master, time);
  }

  /** Knows the keys that are stored already: an earlier run may have sealed with them. */
  static async open(dataSource: DataSource, master: MasterKey, clock: Clock): Promise<SealerAhead> {
    const rows = await dataSource.query<{ subject_id: SubjectId; wrapped: string }[]>(
      'select subject_id, wrapped from subject_key where wrapped is not null',
    );
    return new SealerAhead(dataSource, master, clock, new Map(rows.map((row) => [row.subject_id, row.wrapped])));
  }

  /** What was sealed since the last time, to be stored; the keys stay in memory no longer. */
  take(): readonly NewKey[] {
    const taken = this.fresh;
    this.fresh = [];
    return taken;
  }

  async store(keys: readonly NewKey[]): Promise<void> {
    if (keys.length === 0) return;
    await this.dataSource.query(
      `insert into subject_key (subject_id, master_id, wrapped, created_at)
       select id, $4, wrapped, at from unnest($1::text[], $2::text[], $3::timestamptz[]) as fresh (id, wrapped, at)
       on conflict (subject_id) do nothing`,
      [keys.map((k) => k.subjectId), keys.map((k) => k.wrapped), keys.map((k) => k.at), this.master.id],
    );
  }

  protected override async keys(subjectIds: readonly SubjectId[]): Promise<ReadonlyMap<SubjectId, Buffer>> {
    return new Map(subjectIds.map((id) => [id, this.keyOf(id)]));
  }

  private keyOf(subjectId: SubjectId): Buffer {
    const known = this.known.get(subjectId);
    if (known !== undefined) return this.unwrap(subjectId, known);
    const key = randomBytes(32);
    this.fresh.push({ subjectId, wrapped: this.wrap(subjectId, key), at: this.time.now() });
    return key;
  }
}
