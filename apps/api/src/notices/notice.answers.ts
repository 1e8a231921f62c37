import type { OfficialDocument } from '@app/documents';
import type { PersonId, UnitId } from '@app/kernel';
import type { NoticeContent, NoticeId, NoticeRowShown, NoticeWhole } from '@app/notices';
import type { DirectoryView } from '@app/organisation';

type Named = Readonly<{ id: string; name: string }>;

export type NoticeAnswer = Readonly<{
  noticeId: NoticeId;
  /** Of an issued notice. */
  number: string | null;
  revision: string;
  position: string;
  changed: boolean;
}>;

type Listed = Omit<NoticeRowShown, 'unitId' | 'issuerId' | 'issuedBy' | 'signedBy'>;
export type NoticeShown = Listed & Readonly<{ unit: Named; issuer: Named; issuedBy: Named; signedBy: Named | null }>;
/** `next` goes into `after`. */
export type NoticePage = Readonly<{ notices: readonly NoticeShown[]; next: string | null }>;

type ByName<T> = Omit<T, 'by'> & Readonly<{ by: Named }>;
/** What the reader may do with it now. */
export type NoticeOffers = Readonly<{ sign: boolean; reply: boolean; deliver: boolean; correct: boolean }>;
export type NoticeDetail = NoticeShown &
  Readonly<{
    content: NoticeContent;
    contentHash: string;
    deliveries: readonly ByName<NoticeWhole['deliveries'][number]>[];
    refusal: ByName<NonNullable<NoticeWhole['refusal']>> | null;
    replies: readonly ByName<NoticeWhole['replies'][number]>[];
    offers: NoticeOffers;
  }>;

/** Its pictures are in `html`. */
export type NoticePreviewAnswer = Readonly<{
  content: NoticeContent;
  document: Pick<OfficialDocument, 'letterhead' | 'signer' | 'title' | 'recipient' | 'copies'>;
  /** A page of its own, for showing in a frame. */
  html: string;
}>;
export type NoticeByCode = Readonly<{ noticeId: NoticeId; number: string; matches: boolean }>;

const unitIn = (view: DirectoryView, id: UnitId): Named => ({ id, name: view.unit(id)?.name ?? id });
const personIn = (view: DirectoryView, id: PersonId): Named => ({ id, name: view.person(id)?.name ?? id });

export const shownIn = (view: DirectoryView, row: NoticeRowShown): NoticeShown => ({
  noticeId: row.noticeId,
  position: row.position,
  kind: row.kind,
  number: row.number,
  unit: unitIn(view, row.unitId),
  issuer: unitIn(view, row.issuerId),
  issuedAt: row.issuedAt,
  issuedOn: row.issuedOn,
  issuedBy: personIn(view, row.issuedBy),
  signature: row.signature,
  signDueAt: row.signDueAt,
  signedAt: row.signedAt,
  signedBy: row.signedBy === null ? null : personIn(view, row.signedBy),
  feedbackBy: row.feedbackBy,
  repliedAt: row.repliedAt,
  findings: row.findings,
  corrections: row.corrections,
  corrects: row.corrects,
  revision: row.revision,
});

export const detailIn = (view: DirectoryView, row: NoticeWhole, offers: NoticeOffers): NoticeDetail => {
  const named = <T extends Readonly<{ by: PersonId }>>(act: T): ByName<T> => ({ ...act, by: personIn(view, act.by) });
  const { at: _at, on: _on, by: _by, opaque: _opaque, address: _address, contentHash, rung: _rung, ...content } = row.issued;
  return {
    ...shownIn(view, row),
    content,
    contentHash,
    deliveries: row.deliveries.map(named),
    refusal: row.refusal === null ? null : named(row.refusal),
    replies: row.replies.map(named),
    offers,
  };
};
