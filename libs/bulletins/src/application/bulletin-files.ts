import { renderDocx, renderHtml, renderPdf } from '@app/documents';
import { contentHashOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { bulletinDocument, type IssuedContent } from '../document/bulletin-document';

export type BulletinFormat = 'pdf' | 'docx' | 'html';
export type BulletinFile = Readonly<{ bytes: Buffer; type: string }>;

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** Files of an issue, made of what was issued alone: the same bytes whenever they are asked for. */
@Injectable()
export class BulletinFiles {
  /** Errors: an Error when the content is not the one that was issued. */
  async of(issued: IssuedContent & Readonly<{ contentHash: string }>, format: BulletinFormat): Promise<BulletinFile> {
    if (contentHashOf(issued.content) !== issued.contentHash)
      throw new Error(`${issued.content.bulletinId} does not read as it was issued`);
    const document = bulletinDocument(issued);
    switch (format) {
      case 'pdf':
        return { bytes: await renderPdf(document), type: 'application/pdf' };
      case 'docx':
        return { bytes: await renderDocx(document), type: DOCX };
      case 'html':
        return { bytes: Buffer.from(renderHtml(document), 'utf8'), type: 'text/html; charset=utf-8' };
    }
  }

  /** A draft on paper. */
  async draft(draft: IssuedContent): Promise<BulletinFile> {
    return { bytes: await renderPdf(bulletinDocument(draft)), type: 'application/pdf' };
  }
}
