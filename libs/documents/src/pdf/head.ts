import type { OfficialDocument } from '../official-document';
import { addressed, WORDS } from '../words';
import { AREA, CHARACTER, LINE, mm, RED, SIZE } from './geometry';
import { BODY, type Sheet, type Style } from './sheet';
import { titleLines } from './typesetting';

/** 发文机关标志: its upper edge 35 mm below that of the area; as large as the line holds. */
const MARK = { below: mm(35), largest: 42, fill: 0.96 } as const;
const TITLE: Style = { size: SIZE.title, heavy: true };
/** Its lines stand a little closer than two of the grid. */
const TITLE_LINE = SIZE.title * 1.6;

const letterhead = (sheet: Sheet, mark: string): void => {
  const text = sheet.shown(mark);
  const size = Math.min(MARK.largest, (AREA.width * MARK.fill) / sheet.measure({ size: 1 })(text));
  sheet.y = AREA.top + MARK.below;
  sheet.place(text, sheet.y, { size, color: RED, heavy: true }, 'center');
  // 发文字号 two lines below, then the red rule 4 mm under it.
  sheet.y += size + 2 * LINE;
};

/** 发文字号 in the middle, or to the left when somebody signs for it, who then stands to the right. */
const numberAndSigner = (sheet: Sheet, number: string | null, signer: string | null): void => {
  if (signer === null) {
    if (number !== null) sheet.place(sheet.shown(number), sheet.y, BODY, 'center');
  } else {
    const left = AREA.left + CHARACTER;
    if (number !== null) sheet.draw(sheet.shown(number), left, sheet.y, BODY);
    sheet.place(sheet.shown(`${WORDS.signer}${signer}`), sheet.y, BODY, 'right', left, AREA.width - 2 * CHARACTER);
  }
  sheet.y += BODY.size;
};

/** Everything above the text: 版头, title, 主送机关. */
export const drawHead = (sheet: Sheet, { letterhead: mark, number, signer, title, recipient }: OfficialDocument): void => {
  if (mark !== null) letterhead(sheet, mark);
  if (number !== null || signer !== null) numberAndSigner(sheet, number, signer);
  if (mark !== null) {
    sheet.y += mm(4);
    sheet.rule(sheet.y, 1.5, RED);
    sheet.y += 2 * LINE - SIZE.title / 2;
  } else if (number !== null || signer !== null) sheet.y += LINE;
  for (const line of titleLines(sheet.shown(title), AREA.width, sheet.measure(TITLE))) {
    sheet.need(TITLE.size);
    sheet.place(line, sheet.y, TITLE, 'center');
    sheet.y += TITLE_LINE;
  }
  sheet.y += LINE - (TITLE_LINE - SIZE.title);
  if (recipient !== null) sheet.flow(addressed(recipient), 0);
};
