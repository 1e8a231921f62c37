import type { DocumentSlip, OfficialDocument } from '../official-document';
import { WORDS } from '../words';
import { AREA, BLACK, CHARACTER, LINE, SIZE } from './geometry';
import { BODY, type Sheet, type Style } from './sheet';
import { drawTable, type TableColumn } from './table';
import { linesOf } from './typesetting';

const TITLE: Style = { size: 18, heavy: true };
const CUT: Style = { size: SIZE.note };
/** Room to write by hand. */
const FIELDS: readonly TableColumn[] = [
  { width: 26, align: 'center' },
  { width: 74, align: 'left' },
];
/** Two lines of a cell. */
const EMPTY = '\n';
const FIELD_HEIGHT = 2 * SIZE.table * 1.5 + 8;

const heightOf = (sheet: Sheet, { lines, fields }: DocumentSlip): number => {
  const measure = sheet.measure(BODY, CHARACTER - SIZE.body);
  const said = lines.reduce((sum, line) => sum + linesOf(line, AREA.width, measure, 2 * CHARACTER).length, 1);
  return TITLE.size * 2 + said * LINE + fields.length * FIELD_HEIGHT + LINE;
};

/** A dashed line over the width with what it is for in its middle. */
const drawCutLine = (sheet: Sheet): void => {
  const y = sheet.y + LINE / 2;
  const words = sheet.measure(CUT)(WORDS.cutLine);
  const middle = AREA.left + AREA.width / 2;
  sheet.pdf.dash(4, { space: 3 });
  sheet.rule(y, 0.6, BLACK, AREA.left, middle - words / 2 - 6);
  sheet.rule(y, 0.6, BLACK, middle + words / 2 + 6, AREA.right);
  sheet.pdf.undash();
  sheet.place(WORDS.cutLine, y - CUT.size / 2, CUT, 'center');
  sheet.y += 1.5 * LINE;
};

/** Slips to fill in by hand, on pages of their own; several share one where they fit, below a line to cut along. */
export const drawSlips = (sheet: Sheet, { slips, number }: OfficialDocument): void => {
  slips.forEach((slip, at) => {
    if (at === 0 || heightOf(sheet, slip) + 1.5 * LINE > sheet.room) sheet.nextPage();
    else drawCutLine(sheet);
    sheet.place(sheet.shown(slip.title), sheet.y, TITLE, 'center');
    sheet.y += TITLE.size * 2;
    // Cut off, it still says to what it belongs.
    if (number !== null) sheet.flow(`${WORDS.slipOf}${number}`, 0);
    for (const line of slip.lines) sheet.flow(line, 2);
    if (slip.fields.length > 0) {
      drawTable(
        sheet,
        FIELDS,
        null,
        slip.fields.map((field) => [field, EMPTY]),
      );
    }
  });
};
