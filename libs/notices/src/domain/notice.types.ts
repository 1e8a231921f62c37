import type { Brand, EvidenceId, FileHash, FindingId, Instant, LegId, LocalDate, UnitId } from '@app/kernel';

export type NoticeId = Brand<string, 'NoticeId'>;

/** 交办单 · 限期整改通知单 · 催办通知 · 督办函 · 更正通知. */
export const NOTICE_KINDS = ['assignment', 'rectification-notice', 'urging-notice', 'supervision-letter', 'correction-notice'] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
/** Kinds that people issue by hand; the others follow from a rung of the ladder or correct what was issued. */
export const ISSUED_BY_HAND = ['assignment', 'rectification-notice'] as const;
/** What stands before the year in the number of each kind: 限改〔2020〕0001号. */
export const NUMBER_PREFIXES: Readonly<Record<NoticeKind, string>> = {
  assignment: '交办',
  'rectification-notice': '限改',
  'urging-notice': '催办',
  'supervision-letter': '督办',
  'correction-notice': '更正',
};

/** 系统送达 · 直接送达 · 邮寄送达 · 张贴（留置）送达. */
export const DELIVERY_WAYS = ['in-system', 'by-hand', 'post', 'posted-up'] as const;
export type DeliveryWay = (typeof DELIVERY_WAYS)[number];

/** One finding on a notice, as it stood when the notice was issued. Persons appear by a masked label. */
export type NoticeRow = Readonly<{
  findingId: FindingId;
  number: string;
  legId: LegId;
  object: string;
  /** Town, village and the exact place. */
  place: string;
  problem: string;
  basis: string | null;
  requirement: string;
  rectification: 'immediate' | 'time-limited' | 'staged';
  dueAt: Instant;
  dueOn: LocalDate;
  /** `15个工作日` where a rule gave the time; null where somebody set a date. */
  term: string | null;
  /** 期限溯源 in words; empty where the due time has moved since. */
  derivation: readonly string[];
  /** The last day for a return 退单 (R21). */
  objectionBy: LocalDate;
}>;

/** When, by whom and how it was inspected; two of them sign. */
export type NoticeInspection = Readonly<{
  from: LocalDate;
  to: LocalDate;
  team: string;
  manner: string;
  inspectors: readonly string[];
}>;

/** A photo on the annex 附页. `hash` is that of the evidence, `printed` that of the copy on paper, which the evidence store keeps too. */
export type NoticePhoto = Readonly<{ findingId: FindingId; evidenceId: EvidenceId; hash: FileHash; printed: FileHash; caption: string }>;
export const PHOTOS_AT_MOST = 24;

/** Another notice, as it is named on paper. */
export type NoticeReference = Readonly<{ noticeId: NoticeId; kind: NoticeKind; number: string; issuedOn: LocalDate }>;

/** Everything that stands on a notice. What is shown and printed follows from this and from nothing else, for ever. */
export type NoticeContent = Readonly<{
  noticeId: NoticeId;
  kind: NoticeKind;
  number: string;
  /** 成文日期, in Shanghai. */
  issuedOn: LocalDate;
  unitId: UnitId;
  /** 主送. */
  unitName: string;
  issuerId: UnitId;
  /** 署名. */
  issuerName: string;
  /** 签发人. */
  signer: string;
  /** 抄送. */
  copies: readonly string[];
  rows: readonly NoticeRow[];
  text: string | null;
  inspection: NoticeInspection | null;
  /** The day by which an answer in writing is asked for. */
  feedbackBy: LocalDate | null;
  /** What the answer has to say beyond the usual. */
  feedback: string | null;
  recheck: string | null;
  /** What this one puts right. */
  corrects: NoticeReference | null;
  /** The latest one before it on the same leg, which it reminds of. */
  follows: NoticeReference | null;
  /** Unsigned at this time it counts as signed (R17). */
  signDueAt: Instant;
  /** On pages of their own after the signature; absent where none were chosen. */
  photos?: readonly NoticePhoto[];
  /** Which wording the document has. */
  templateVersion: number;
}>;
