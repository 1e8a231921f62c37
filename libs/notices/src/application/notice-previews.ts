import { renderHtml, type OfficialDocument } from '@app/documents';
import type { Actor } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { documentOf } from '../document/notice-document';
import { noticeDecider } from '../domain/notice.decider';
import type { NoticeContent, NoticeId } from '../domain/notice.types';
import { NoticeDrafts, type NoticeRequest } from './notice-drafts';
import { annexed, NoticePhotos } from './notice-photos';

const NO_ID = '' as NoticeId;

/** `html` is a page of its own. */
export type NoticePreview = Readonly<{ content: NoticeContent; document: OfficialDocument; html: string }>;

/** What would be issued, decided and not stored: without a number and without a QR code. */
@Injectable()
export class NoticePreviews {
  constructor(
    private readonly drafts: NoticeDrafts,
    private readonly photos: NoticePhotos,
  ) {}

  /** Errors: the refusals that issuing would meet. */
  async of(request: NoticeRequest, by: Actor): Promise<NoticePreview> {
    const { content: drafted, legs, photos, at, on, world } = await this.drafts.of(request, by);
    const unsealed = { opaque: '', address: '', contentHash: '', rung: null };
    const issued = { ...drafted, noticeId: NO_ID, number: '', ...unsealed };
    noticeDecider.decide({ type: 'IssueNotice', data: { issued, legs, photos }, by, at, on, world }, noticeDecider.initial);
    const printed = await this.photos.print(photos);
    const content: NoticeContent = { ...drafted, noticeId: NO_ID, number: '', ...annexed(printed) };
    const pictures = printed.map(({ bytes }) => bytes);
    const document = documentOf({ ...content, ...unsealed, at }, { copy: 'unit' }, pictures);
    return { content, document, html: renderHtml(document) };
  }
}
