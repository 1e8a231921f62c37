import type { EvidenceId, FindingId, Instant, LegId, LocalDate, PersonId, UnitId } from '@app/kernel';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { NoticeIssued } from '../domain/notice.events';
import type { DeliveryWay, NoticeId, NoticeKind, NoticeReference } from '../domain/notice.types';

/** unsigned 待签收 · deemed 视为签收 (R17) · signed 已签收 · refused 拒收. */
export const SIGNATURES = ['unsigned', 'deemed', 'signed', 'refused'] as const;
export type NoticeSignature = (typeof SIGNATURES)[number];

export type NoticeRowShown = Readonly<{
  noticeId: NoticeId;
  /** Decimal digits; newest first. */
  position: string;
  kind: NoticeKind;
  number: string;
  unitId: UnitId;
  issuerId: UnitId;
  issuedAt: Instant;
  issuedOn: LocalDate;
  issuedBy: PersonId;
  signature: NoticeSignature;
  signDueAt: Instant;
  signedAt: Instant | null;
  signedBy: PersonId | null;
  feedbackBy: LocalDate | null;
  repliedAt: Instant | null;
  findings: number;
  /** Corrections of it that were issued, oldest first. */
  corrections: readonly NoticeReference[];
  corrects: NoticeReference | null;
  revision: string;
}>;

export type NoticeWhole = NoticeRowShown &
  Readonly<{
    issued: NoticeIssued['data'];
    deliveries: readonly Readonly<{ way: DeliveryWay; deliveredAt: Instant; to: string; by: PersonId; at: Instant }>[];
    refusal: Readonly<{ reason: string; witnesses: readonly string[]; by: PersonId; at: Instant }> | null;
    replies: readonly Readonly<{ text: string; evidence: readonly EvidenceId[]; by: PersonId; at: Instant }>[];
  }>;

export type NoticeFilter = Readonly<{
  /** Those addressed to or issued by one of these; null: all. */
  units: readonly UnitId[] | null;
  unit?: UnitId | undefined;
  kind?: NoticeKind | undefined;
  findingId?: FindingId | undefined;
  signature?: NoticeSignature | undefined;
  replied?: boolean | undefined;
}>;

const SHOWN = `notice_id as "noticeId", "position"::text as position, kind, number, unit_id as "unitId", issuer_id as "issuerId",
  issued_at as "issuedAt", issued_on as "issuedOn", issued_by as "issuedBy", sign_due_at as "signDueAt", signed_at as "signedAt",
  signed_by as "signedBy", feedback_by as "feedbackBy", replies -> -1 ->> 'at' as "repliedAt",
  jsonb_array_length(issued -> 'rows') as findings, corrections, nullif(issued -> 'corrects', 'null') as corrects, revision::text as revision`;
/** As of `$1`: unsigned after one working day counts as signed for (R17); nothing has to happen for that. */
const SIGNATURE = `case when signed_at is not null then 'signed' when refusal is not null then 'refused'
  when sign_due_at < $1 then 'deemed' else 'unsigned' end`;

@Injectable()
export class NoticeQueries {
  constructor(@Inject(DataSource) private readonly database: DataSource) {}

  /** Newest first, from below `before`. */
  page(filter: NoticeFilter, now: Instant, before: string | null, limit: number): Promise<readonly NoticeRowShown[]> {
    return this.database.query(
      `select ${SHOWN}, ${SIGNATURE} as signature from notice n
       where ($2::text[] is null or unit_id = any($2) or issuer_id = any($2)) and ($3::text is null or unit_id = $3)
         and ($4::text is null or kind = $4)
         ${filter.findingId === undefined ? 'and $5::text is null' : 'and notice_id in (select notice_id from notice_finding where finding_id = $5)'}
         and ($6::text is null or ${SIGNATURE} = $6) and ($7::boolean is null or (replies <> '[]') = $7)
         and ($8::bigint is null or "position" < $8)
       order by n."position" desc limit $9`,
      [
        now,
        filter.units,
        filter.unit ?? null,
        filter.kind ?? null,
        filter.findingId ?? null,
        filter.signature ?? null,
        filter.replied ?? null,
        before,
        limit,
      ],
    );
  }

  /** Null when there is none. */
  one(noticeId: NoticeId, now: Instant): Promise<NoticeWhole | null> {
    return this.whole('notice_id', noticeId, now);
  }
  byOpaque(opaque: string, now: Instant): Promise<NoticeWhole | null> {
    return this.whole('opaque', opaque, now);
  }

  /** The latest notice on a leg, for the next one to refer to. */
  async latestOn(findingId: FindingId, legId: LegId): Promise<NoticeReference | null> {
    const [row] = await this.database.query<NoticeReference[]>(
      `select n.notice_id as "noticeId", n.kind, n.number, n.issued_on as "issuedOn"
       from notice_finding f join notice n using (notice_id) where f.finding_id = $1 and f.leg_id = $2 order by f."position" desc limit 1`,
      [findingId, legId],
    );
    return row ?? null;
  }

  private async whole(column: 'notice_id' | 'opaque', value: string, now: Instant): Promise<NoticeWhole | null> {
    const [row] = await this.database.query<NoticeWhole[]>(
      `select ${SHOWN}, ${SIGNATURE} as signature, issued, deliveries, refusal, replies from notice n where ${column} = $2`,
      [now, value],
    );
    return row ?? null;
  }
}
