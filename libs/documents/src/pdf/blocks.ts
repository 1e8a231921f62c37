import { assertNever } from '@app/kernel';
import type { DocumentBlock } from '../official-document';
import type { Picture, Pictures } from '../pictures';
import { WORDS } from '../words';
import { AREA, BLACK, LINE, mm, SIZE } from './geometry';
import { BODY, type Sheet, type Style } from './sheet';
import { columnsOf, drawTable, FACTS } from './table';
import { linesOf } from './typesetting';

/** 一、 in 黑体; （一） and 1. in the face of the body, the former heavier where the form asks for 楷体. */
const HEADINGS: Readonly<Record<1 | 2 | 3, Style>> = {
  1: { size: SIZE.body, face: 'sans' },
  2: { size: SIZE.body, heavy: true },
  3: BODY,
};
const CAPTION: Style = { size: SIZE.table };

const drawCaption = (sheet: Sheet, caption: string): void => {
  for (const { text } of linesOf(sheet.shown(caption), AREA.width, sheet.measure(CAPTION))) {
    sheet.place(text, sheet.y, CAPTION, 'center');
    sheet.y += CAPTION.size * 1.5;
  }
};

const drawPicture = (
  sheet: Sheet,
  { bytes, caption, width }: Extract<DocumentBlock, { kind: 'picture' }>,
  picture: Picture | null,
): void => {
  const below = 2 * LINE;
  const wide = Math.min(mm(width), AREA.width);
  const scale = picture === null ? 1 : Math.min(wide / picture.width, (AREA.height - below) / picture.height);
  const [w, h] = picture === null ? [wide, 3 * LINE] : [picture.width * scale, picture.height * scale];
  sheet.need(h + below);
  const x = AREA.left + (AREA.width - w) / 2;
  if (picture === null) {
    sheet.pdf.lineWidth(0.5).strokeColor(BLACK).rect(x, sheet.y, w, h).stroke();
    sheet.place(WORDS.noPicture, sheet.y + (h - CAPTION.size) / 2, CAPTION, 'center');
  } else sheet.pdf.image(bytes, x, sheet.y, { width: w, height: h });
  sheet.y += h + 6;
  drawCaption(sheet, caption);
  sheet.y += LINE / 2;
};

/** What comes below a heading, and how many lines of it belong on the same page. */
export type Follower = 'text' | 'table' | 'nothing';
const HEADING_WITH: Readonly<Record<Follower, number>> = { text: 3, table: 6, nothing: 1 };

const drawAligned = (sheet: Sheet, text: string, align: 'center' | 'right'): void => {
  for (const line of linesOf(sheet.shown(text), AREA.width, sheet.measure(BODY))) {
    sheet.need(BODY.size);
    sheet.place(line.text, sheet.y, BODY, align);
    sheet.y += LINE;
  }
};

/** `below`: what has to stand under the last words of the block on their page, in points. */
export const drawBlock = (sheet: Sheet, block: DocumentBlock, next: Follower, pictures: Pictures, below: number): void => {
  switch (block.kind) {
    case 'paragraph': {
      const { text, indent = true, align = 'left' } = block;
      return align === 'left' ? sheet.flow(text, indent ? 2 : 0, BODY, below) : drawAligned(sheet, text, align);
    }
    case 'heading':
      sheet.need(HEADING_WITH[next] * LINE + below);
      return sheet.flow(block.text, 2, HEADINGS[block.level]);
    case 'table':
      if (block.caption !== undefined) {
        sheet.need(4 * LINE);
        sheet.y += 6;
        drawCaption(sheet, block.caption);
      }
      return drawTable(
        sheet,
        columnsOf(block.columns),
        block.columns.map(({ title }) => title),
        block.rows,
      );
    case 'facts':
      return drawTable(sheet, FACTS, null, block.facts);
    case 'picture':
      return drawPicture(sheet, block, pictures.get(block.bytes) ?? null);
    case 'page-break':
      return sheet.nextPage();
    default:
      return assertNever(block);
  }
};
