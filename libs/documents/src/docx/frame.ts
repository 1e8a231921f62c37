import { ImageRun, Paragraph, TabStopType, Tab, TextRun, type FileChild } from 'docx';
import type { DocumentSlip, OfficialDocument } from '../official-document';
import { addressed, copied, dayInWords, WORDS } from '../words';
import type { PictureIds } from './body';
import { AREA_TWIPS, CHARACTER_TWIPS, fontOf, line, LINE_TWIPS, mmTwips, RED, runs, SIZE } from './parts';
import { qrBitmap } from './qr-bitmap';
import { ruledTable, sideBySide } from './tables';

const MARK_FONT = fontOf('方正小标宋简体');
const TITLE_LINE = 35 * 20;
const NOTE_LINE = 15 * 20;
const QR_PIXELS = 98;
const rule = (size: number, color = '000000', style: 'single' | 'dashed' = 'single') => ({ style, size, color, space: 1 }) as const;

/** Chinese characters count one, others half of one: how wide a text of a size is, in points. */
const widthOf = (text: string, size: number): number =>
  [...text].reduce((sum, character) => sum + ((character.codePointAt(0) ?? 0) > 0x2000 ? size : size / 2), 0);

const tabbed = (left: string, right: string, run: Readonly<{ size: number }>, more: object): Paragraph => {
  const side = Math.round((run.size / 2) * 20);
  return new Paragraph({
    children: [...runs(left, run), new TextRun({ ...run, children: [new Tab()] }), ...runs(right, run)],
    tabStops: [{ type: TabStopType.RIGHT, position: AREA_TWIPS - side }],
    indent: { left: side, right: side },
    spacing: { line: LINE_TWIPS, lineRule: 'exact' },
    ...more,
  });
};

export const headOf = ({ letterhead, number, signer, title, recipient }: OfficialDocument): readonly FileChild[] => {
  const head: FileChild[] = [];
  if (letterhead !== null) {
    const size = Math.min(84, Math.floor((2 * 425) / (widthOf(letterhead, 1) || 1)));
    head.push(
      line(letterhead, { run: { size, color: RED, font: MARK_FONT }, align: 'center', pitch: size * 12, before: mmTwips(35) }),
      line('', {}),
    );
  }
  const below = letterhead === null ? {} : { border: { bottom: { ...rule(12, RED), space: 8 } } };
  if (signer !== null) head.push(tabbed(number ?? '', `${WORDS.signer}${signer}`, { size: SIZE.body }, below));
  else if (number !== null) head.push(line(number, { align: 'center', more: below }));
  else if (letterhead !== null) head.push(line('', { more: below }));
  head.push(
    ...(head.length > 0 ? [line('')] : []),
    line(title, { run: { size: SIZE.title, font: MARK_FONT }, align: 'center', pitch: TITLE_LINE }),
    line(''),
  );
  if (recipient !== null) head.push(line(addressed(recipient)));
  return head;
};

/** 署名 over 成文日期, which ends four characters from the margin. */
const signatureLines = ({ unit, day, sealed }: NonNullable<OfficialDocument['signature']>): readonly Paragraph[] => {
  const date = dayInWords(day);
  const right = 4 * CHARACTER_TWIPS;
  const shift = ((widthOf(date, 16) - widthOf(unit, 16)) / 2) * 20;
  return [
    ...Array.from({ length: sealed ? 2 : 1 }, () => line('')),
    line(unit, { align: 'right', more: { indent: { right: Math.max(0, Math.round(right + shift)) }, keepNext: true } }),
    line(date, { align: 'right', more: { indent: { right: Math.round(right) } } }),
    ...(sealed ? [line('')] : []),
  ];
};

const qrLines = ({ text, caption }: NonNullable<OfficialDocument['qr']>, ids: PictureIds): readonly Paragraph[] => {
  const id = ids.next();
  const image = new ImageRun({
    type: 'bmp',
    data: qrBitmap(text),
    transformation: { width: QR_PIXELS, height: QR_PIXELS },
    altText: { id, name: `qr-${id}`, description: caption },
  });
  return [new Paragraph({ children: [image] }), line(caption, { run: { size: SIZE.note }, align: 'left', pitch: NOTE_LINE })];
};

const imprintOf = ({ copies, signature }: OfficialDocument): readonly Paragraph[] => {
  const run = { size: SIZE.minor };
  const side = SIZE.minor * 10;
  const thick = rule(8);
  const indent = { left: side + 3 * SIZE.minor * 10, right: side, hanging: 3 * SIZE.minor * 10 };
  const to = line(copied(copies), {
    run,
    align: 'left',
    before: LINE_TWIPS,
    more: { indent, border: { top: thick, bottom: signature === null ? thick : rule(6) } },
  });
  if (signature === null) return [to];
  return [to, tabbed(signature.unit, `${dayInWords(signature.day)}${WORDS.issuedOn}`, run, { border: { bottom: thick } })];
};

export const closingOf = (document: OfficialDocument, ids: PictureIds): readonly FileChild[] => {
  const { signature, qr, copies } = document;
  const closing: FileChild[] = (signature?.people ?? []).map((person) =>
    line(`${person}${WORDS.signsHere}${'＿'.repeat(8)}`, { indent: 2, before: 120 }),
  );
  const signed = signature === null ? [] : signatureLines(signature);
  if (qr === null) closing.push(...signed);
  else {
    const side = { width: 60, children: qrLines(qr, ids) };
    closing.push(line(''), sideBySide([side, { width: 96, children: signed.length === 0 ? [line('')] : signed }]));
  }
  if (copies.length > 0) closing.push(...imprintOf(document));
  return closing;
};

const FIELDS = [{ width: 26, align: 'center' } as const, { width: 74, align: 'left' } as const];

export const slipOf = ({ title, lines, fields }: DocumentSlip, number: string | null, first: boolean): readonly FileChild[] => [
  ...(first
    ? []
    : [
        line(WORDS.cutLine, {
          run: { size: SIZE.note },
          align: 'center',
          before: LINE_TWIPS,
          more: { border: { bottom: rule(6, '000000', 'dashed') } },
        }),
      ]),
  line(title, { run: { size: 36, font: MARK_FONT }, align: 'center', pitch: TITLE_LINE, more: { keepNext: true, pageBreakBefore: first } }),
  ...(number === null ? [] : [line(`${WORDS.slipOf}${number}`)]),
  ...lines.map((each) => line(each, { indent: 2 })),
  ...(fields.length === 0
    ? []
    : ruledTable(
        FIELDS,
        null,
        fields.map((field) => [field, '']),
        44 * 20,
      )),
];
