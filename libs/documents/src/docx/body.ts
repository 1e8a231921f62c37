import { assertNever } from '@app/kernel';
import { ImageRun, PageBreak, Paragraph, type FileChild } from 'docx';
import type { DocumentBlock } from '../official-document';
import type { Pictures } from '../pictures';
import { WORDS } from '../words';
import { fontOf, line, LINE_TWIPS, SIZE } from './parts';
import { ruledTable } from './tables';

const CAPTION = { run: { size: SIZE.table }, align: 'center', pitch: 18 * 20 } as const;
/** Word counts pictures in pixels of 1/96 inch. */
const pixels = (millimetres: number): number => Math.round((millimetres / 25.4) * 96);
const LARGEST = { width: pixels(156), height: pixels(200) } as const;

const SIDE = { style: 'single', size: 4, space: 4, color: '000000' } as const;
/** Stands where a picture cannot be shown. */
const FRAME = { top: SIDE, bottom: SIDE, left: SIDE, right: SIDE } as const;

const HEADINGS = { 1: { font: fontOf('黑体') }, 2: { font: fontOf('楷体_GB2312') }, 3: {} } as const;

/** Numbers pictures by their place in the document: the package's own count goes on from one document to the next. */
export class PictureIds {
  private last = 0;
  next(): string {
    this.last += 1;
    return String(this.last);
  }
}

const picture = (block: Extract<DocumentBlock, { kind: 'picture' }>, pictures: Pictures, ids: PictureIds): readonly FileChild[] => {
  const { bytes, caption, width } = block;
  const known = pictures.get(bytes) ?? null;
  const below = line(caption, CAPTION);
  if (known === null) return [line(WORDS.noPicture, { align: 'center', more: { border: FRAME, keepNext: true } }), below];
  const scale = Math.min(Math.min(pixels(width), LARGEST.width) / known.width, LARGEST.height / known.height);
  const transformation = { width: Math.round(known.width * scale), height: Math.round(known.height * scale) };
  const id = ids.next();
  const image = new ImageRun({
    type: known.type,
    data: bytes,
    transformation,
    altText: { id, name: `picture-${id}`, description: caption },
  });
  return [new Paragraph({ children: [image], alignment: 'center', keepNext: true }), below];
};

export const blockOf = (block: DocumentBlock, pictures: Pictures, ids: PictureIds): readonly FileChild[] => {
  switch (block.kind) {
    case 'paragraph': {
      const { text, indent = true, align = 'left' } = block;
      // Each is a paragraph of its own, with its own indentation, as in the PDF.
      return text.split('\n').map((each) => line(each, align === 'left' ? { indent: indent ? 2 : 0 } : { align }));
    }
    case 'heading':
      return [line(block.text, { run: HEADINGS[block.level], indent: 2, more: { keepNext: true, outlineLevel: block.level - 1 } })];
    case 'table': {
      const caption = block.caption === undefined ? [] : [line(block.caption, { ...CAPTION, more: { keepNext: true } })];
      const columns = block.columns.map(({ width, align = 'left' }) => ({ width, align }));
      const titles = block.columns.map(({ title }) => title);
      return [...caption, ...ruledTable(columns, titles, block.rows)];
    }
    case 'facts': {
      const columns = [{ width: 22, align: 'center', header: true } as const, { width: 78, align: 'left' } as const];
      return ruledTable(columns, null, block.facts);
    }
    case 'picture':
      return picture(block, pictures, ids);
    case 'page-break':
      return [new Paragraph({ children: [new PageBreak()], spacing: { line: LINE_TWIPS } })];
    default:
      return assertNever(block);
  }
};
