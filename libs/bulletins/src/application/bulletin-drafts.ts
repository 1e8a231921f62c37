import { Clock, stampOf, type Actor, type Instant, type LocalDate, type PersonId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { mayWrite } from '../domain/bulletin.decider';
import { reject } from '../domain/bulletin.errors';
import type { BulletinKind, BulletinPeriod } from '../domain/bulletin.types';
import type { BulletinDraft } from './handle-bulletin';

/** `revision` counts savings from 1; 0 is a draft that nobody has saved. */
export type SavedDraft = BulletinDraft & Readonly<{ revision: number; savedAt: Instant; savedBy: PersonId }>;
type Of = Readonly<{ kind: BulletinKind; period: BulletinPeriod }>;
type Row = Readonly<{
  kind: BulletinKind;
  from: LocalDate;
  to: LocalDate;
  content: Omit<BulletinDraft, 'kind' | 'period'>;
  revision: number;
  savedAt: Date;
  savedBy: PersonId;
}>;

const COLUMNS = `kind, from_day as "from", to_day as "to", content, revision, saved_at as "savedAt", saved_by as "savedBy"`;
const WHERE = 'kind = $1 and from_day = $2 and to_day = $3';
const keyOf = ({ kind, period: { from, to } }: Of): readonly string[] => [kind, from, to];
const savedOf = ({ kind, from, to, content, revision, savedAt, savedBy }: Row): SavedDraft => ({
  ...content,
  kind,
  period: { from, to },
  revision,
  savedAt: savedAt.toISOString() as Instant,
  savedBy,
});

/**
 * What is being written for issues, kept until the issue is out: another person of the office can go on, and nobody overwrites what
 * they have not seen. No event: nothing has happened yet.
 */
@Injectable()
export class BulletinDrafts {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** Last saved first. */
  async all(): Promise<readonly SavedDraft[]> {
    const rows = await this.database.query<Row[]>(`select ${COLUMNS} from bulletin_draft order by saved_at desc, kind, from_day`);
    return rows.map(savedOf);
  }

  async one(of: Of): Promise<SavedDraft | null> {
    const [row] = await this.database.query<Row[]>(`select ${COLUMNS} from bulletin_draft where ${WHERE}`, [...keyOf(of)]);
    return row === undefined ? null : savedOf(row);
  }

  /** `seen` is the revision that the writer went on from. Errors: bulletin-not-yours, bulletin-draft-changed. */
  async save({ kind, period, ...content }: BulletinDraft, seen: number, by: Actor): Promise<SavedDraft> {
    mayWrite(by);
    const values = [...keyOf({ kind, period }), JSON.stringify(content), this.clock.now(), stampOf(by).personId];
    const returning = `returning ${COLUMNS}`;
    const rows =
      seen === 0
        ? await this.database.query<Row[]>(
            `insert into bulletin_draft (kind, from_day, to_day, content, revision, saved_at, saved_by)
             values ($1, $2, $3, $4::jsonb, 1, $5, $6) on conflict do nothing ${returning}`,
            values,
          )
        : (
            await this.database.query<[Row[], number]>(
              `update bulletin_draft set content = $4::jsonb, revision = revision + 1, saved_at = $5, saved_by = $6
               where ${WHERE} and revision = $7 ${returning}`,
              [...values, seen],
            )
          )[0];
    const [row] = rows;
    return row === undefined ? reject('bulletin-draft-changed') : savedOf(row);
  }

  /** Issued or given up; nothing where there is none. */
  async drop(of: Of, by: Actor): Promise<void> {
    mayWrite(by);
    await this.database.query(`delete from bulletin_draft where ${WHERE}`, [...keyOf(of)]);
  }
}
