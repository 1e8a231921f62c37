import { renderDocx, renderHtml, renderPdf, type OfficialDocument } from '@app/documents';
import { Inject, Injectable } from '@nestjs/common';
import { documentOf, type DocumentOptions, type Issued } from '../document/notice-document';
import { TITLES } from '../document/words';
import { NoticePhotos } from './notice-photos';

export const NOTICE_FORMATS = ['pdf', 'docx', 'html'] as const;
export type NoticeFormat = (typeof NOTICE_FORMATS)[number];
/** `name` with the number of the notice, for whoever keeps the file. */
export type NoticeFile = Readonly<{ bytes: Buffer; type: string; name: string }>;

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

const rendered = async (document: OfficialDocument, format: NoticeFormat): Promise<Omit<NoticeFile, 'name'>> => {
  switch (format) {
    case 'pdf':
      return { bytes: await renderPdf(document), type: 'application/pdf' };
    case 'docx':
      return { bytes: await renderDocx(document), type: DOCX };
    case 'html':
      return { bytes: Buffer.from(renderHtml(document), 'utf8'), type: 'text/html; charset=utf-8' };
  }
};

/** Files of a notice, made of what was stored when it was issued and of the copies of its photos that were kept then: the same bytes whenever they are asked for. */
@Injectable()
export class NoticeFiles {
  constructor(@Inject(NoticePhotos) private readonly photos: NoticePhotos) {}

  async of(issued: Issued, format: NoticeFormat, options: DocumentOptions): Promise<NoticeFile> {
    const file = await rendered(documentOf(issued, options, await this.photos.of(issued.photos)), format);
    return { ...file, name: `${TITLES[issued.kind]} ${issued.number}${options.copy === 'file' ? '（存档）' : ''}.${format}` };
  }
}
