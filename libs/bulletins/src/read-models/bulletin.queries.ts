import type { CommandId, Instant, LocalDate, PersonId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { issueLabel } from '../document/words';
import type {
  BulletinContent,
  BulletinId,
  BulletinKind,
  BulletinPeriod,
  CorrectionLine,
  PrintedCorrection,
} from '../domain/bulletin.types';

export type BulletinCorrection = Readonly<{
  revision: number;
  lines: readonly CorrectionLine[];
  reason: string;
  /** Of the event store, decimal digits. */
  knownTo: string;
  correctedAt: Instant;
  correctedBy: PersonId;
  /** The issue that printed it. */
  printedIn: BulletinId | null;
}>;
export type IssuedBulletin = Readonly<{
  content: BulletinContent;
  contentHash: string;
  issuedAt: Instant;
  issuedOn: LocalDate;
  issuedBy: PersonId;
  revision: string;
  corrections: readonly BulletinCorrection[];
}>;
/** A line of the list of issues. */
export type BulletinSummary = Readonly<{
  bulletinId: BulletinId;
  kind: BulletinKind;
  year: number;
  number: number;
  total: number;
  title: string;
  period: BulletinPeriod;
  issuedAt: Instant;
  issuedBy: PersonId;
  /** Numbers corrected since. */
  corrected: number;
}>;

type Row = Omit<IssuedBulletin, 'corrections'>;

@Injectable()
export class BulletinQueries {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** Newest first, from before the issue that the page before ended with. */
  page(asked: Readonly<{ kind: BulletinKind | null; before: BulletinId | null; limit: number }>): Promise<readonly BulletinSummary[]> {
    return this.database.query(
      `select b.bulletin_id as "bulletinId", b.kind, (b.content ->> 'year')::int as year, (b.content ->> 'number')::int as number, b.total,
              b.content ->> 'title' as title, b.content -> 'period' as period, b.issued_at as "issuedAt", b.issued_by as "issuedBy",
              coalesce((select sum(jsonb_array_length(c.lines)) from bulletin_correction c where c.bulletin_id = b.bulletin_id), 0)::int as corrected
       from bulletin b
       where ($1::text is null or b.kind = $1)
         and ($2::text is null or (b.issued_at, b.bulletin_id) < (select issued_at, bulletin_id from bulletin where bulletin_id = $2))
       order by b.issued_at desc, b.bulletin_id desc limit $3`,
      [asked.kind, asked.before, asked.limit],
    );
  }

  one(bulletinId: BulletinId): Promise<IssuedBulletin | null> {
    return this.issued('bulletin_id = $1', [bulletinId]);
  }

  /** The newest of its kind. */
  last(kind: BulletinKind): Promise<IssuedBulletin | null> {
    return this.issued('kind = $1 order by total desc limit 1', [kind]);
  }

  /** To which day the newest issue of each kind runs. */
  newest(): Promise<readonly Readonly<{ kind: BulletinKind; to: LocalDate }>[]> {
    return this.database.query(
      `select distinct on (kind) kind, content -> 'period' ->> 'to' as "to" from bulletin order by kind, total desc`,
    );
  }

  /** The issue that a command has made, as far as read. */
  async madeBy(commandId: CommandId): Promise<BulletinId | null> {
    const rows = await this.database.query<{ bulletin_id: BulletinId }[]>('select bulletin_id from bulletin where command_id = $1', [
      commandId,
    ]);
    return rows[0]?.bulletin_id ?? null;
  }

  /** Corrections of issues of a kind that no later issue has printed yet, oldest first. */
  async unprinted(kind: BulletinKind): Promise<readonly PrintedCorrection[]> {
    const rows = await this.database.query<
      (Pick<BulletinContent, 'bulletinId' | 'year' | 'number' | 'period'> & Pick<BulletinCorrection, 'revision' | 'lines' | 'reason'>)[]
    >(
      `select c.bulletin_id as "bulletinId", (b.content ->> 'year')::int as year, (b.content ->> 'number')::int as number,
              b.content -> 'period' as period, c.revision::int as revision, c.lines, c.reason
       from bulletin_correction c join bulletin b using (bulletin_id)
       where c.kind = $1 and c.printed_in is null order by b.total, c.revision`,
      [kind],
    );
    return rows.flatMap(({ lines, bulletinId, revision, period, reason, ...of }) =>
      lines.map((line) => ({ ...line, bulletinId, revision, label: issueLabel(of), asOf: period.to, reason })),
    );
  }

  private async issued(where: string, params: readonly unknown[]): Promise<IssuedBulletin | null> {
    const [row] = await this.database.query<Row[]>(
      `select content, content_hash as "contentHash", issued_at as "issuedAt", issued_on as "issuedOn", issued_by as "issuedBy",
              revision::text as revision from bulletin where ${where}`,
      [...params],
    );
    if (row === undefined) return null;
    const corrections = await this.database.query<BulletinCorrection[]>(
      `select revision::int as revision, lines, reason, known_to as "knownTo", corrected_at as "correctedAt", corrected_by as "correctedBy",
              printed_in as "printedIn" from bulletin_correction where bulletin_id = $1 order by revision`,
      [row.content.bulletinId],
    );
    return { ...row, corrections };
  }
}
