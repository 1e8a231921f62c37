import type { Act, EvidenceId, FindingId, Instant, Message, UnitId } from '@app/kernel';
import type { DeliveryWay, NoticeContent, NoticeReference } from './notice.types';

type Ev<T extends string, D> = Message<T, Readonly<D> & Act>;

/**
 * Issued, and with that unchangeable. It documents clocks that run since the legs were delivered; it starts none and moves none.
 */
export type NoticeIssued = Ev<
  'NoticeIssued',
  NoticeContent & {
    /** Stands in the QR code instead of the notice's id. */
    opaque: string;
    /** Where the QR code leads: as the instance was reached when the notice was issued. */
    address: string;
    /** SHA-256 over what the document says, lower-case hex. */
    contentHash: string;
    /** The rung of the ladder that asked for it. */
    rung: Readonly<{ eventId: string; findingId: FindingId }> | null;
  }
>;
/** `deliveredAt` is when it was handed over; inside the system that is the issuing itself (R17). */
export type NoticeDelivered = Ev<'NoticeDelivered', { unitId: UnitId; way: DeliveryWay; deliveredAt: Instant; to: string }>;
export type NoticeSignedFor = Ev<'NoticeSignedFor', { unitId: UnitId }>;
/** The unit would not take it; who delivered it says so, with two witnesses. It blocks nothing. */
export type NoticeRefused = Ev<'NoticeRefused', { unitId: UnitId; reason: string; witnesses: readonly string[] }>;
export type NoticeReplied = Ev<'NoticeReplied', { unitId: UnitId; text: string; evidence: readonly EvidenceId[] }>;
/** A 更正通知 refers to this one; what was issued stays as it was. */
export type NoticeCorrected = Ev<'NoticeCorrected', { correction: NoticeReference }>;

export type NoticeEvent = NoticeIssued | NoticeDelivered | NoticeSignedFor | NoticeRefused | NoticeReplied | NoticeCorrected;
