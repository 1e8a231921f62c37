import type { Actor, EvidenceId, FileHash, FindingId, Instant, LegId, LocalDate, UnitId } from '@app/kernel';
import type { NoticeIssued } from './notice.events';
import type { DeliveryWay, NoticeReference } from './notice.types';

/** What the rules look at in the world. */
export type NoticeWorld = Readonly<{
  /** Merged unit → the one that stands in its place today (R14). */
  succession: Readonly<Record<string, UnitId>>;
  managingOffice: UnitId | null;
}>;

/** A leg as it stands now; `leg` null: the finding is closed or was never handed over to anybody on that line. */
export type LegNow = Readonly<{
  findingId: FindingId;
  legId: LegId;
  number: string;
  teamId: UnitId;
  leg: Readonly<{ unitId: UnitId; duty: 'acts' | 'guides'; passed: boolean }> | null;
}>;

/** A photo that somebody wants annexed; `file` null: no evidence of a finding on the notice, or taken away. */
export type PhotoNow = Readonly<{
  findingId: FindingId;
  evidenceId: EvidenceId;
  /** Of the finding. */
  number: string;
  place: string;
  file: Readonly<{ hash: FileHash; phase: string; mediaType: string; sensitive: boolean }> | null;
}>;

type Cmd<T extends string, D> = Readonly<{ type: T; data: Readonly<D>; by: Actor; at: Instant; on: LocalDate; world: NoticeWorld }>;

/** The number was taken before; `legs` are those of the rows. */
export type IssueNotice = Cmd<
  'IssueNotice',
  { issued: Omit<NoticeIssued['data'], 'at' | 'on' | 'by'>; legs: readonly LegNow[]; photos: readonly PhotoNow[] }
>;
export type DeliverNotice = Cmd<'DeliverNotice', { way: DeliveryWay; deliveredAt: Instant; to: string }>;
export type SignForNotice = Cmd<'SignForNotice', object>;
export type RefuseNotice = Cmd<'RefuseNotice', { reason: string; witnesses: readonly string[] }>;
/** `known` is the evidence of the findings on the notice. */
export type ReplyToNotice = Cmd<'ReplyToNotice', { text: string; evidence: readonly EvidenceId[]; known: readonly EvidenceId[] }>;
/** Follows from the issuing of the correction. */
export type ReferToCorrection = Cmd<'ReferToCorrection', { correction: NoticeReference }>;

export type NoticeCommand = IssueNotice | DeliverNotice | SignForNotice | RefuseNotice | ReplyToNotice | ReferToCorrection;
