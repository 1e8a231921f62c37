import { assertNever } from '@app/kernel';
import type { DocumentBlock, OfficialDocument } from '../official-document';
import { qrPattern } from '../qr';
import { copied, dayInWords, missingNote, WORDS } from '../words';
import { AREA, BLACK, CHARACTER, LINE, mm, SIZE } from './geometry';
import { BODY, type Sheet, type Style } from './sheet';
import { linesOf } from './typesetting';

const QR_SIZE = mm(26);
const NOTE: Style = { size: SIZE.note };
const NOTE_LINE = SIZE.note * 1.4;
const MINOR: Style = { size: SIZE.minor };
const MINOR_LINE = SIZE.minor * 1.7;
const SIGNER_LINE = LINE * 1.25;
const THICK = mm(0.35);
const THIN = mm(0.25);

type Signature = NonNullable<OfficialDocument['signature']>;

const qrLines = (sheet: Sheet, caption: string): readonly string[] =>
  linesOf(sheet.shown(caption), AREA.width / 2 - CHARACTER, sheet.measure(NOTE)).map(({ text }) => text);

const drawQr = (sheet: Sheet, text: string, caption: readonly string[], top: number): void => {
  const { size, dark } = qrPattern(text);
  const one = QR_SIZE / size;
  const { pdf } = sheet;
  for (const { x, y, length } of dark) pdf.rect(AREA.left + x * one, top + y * one, length * one, one);
  pdf.fill(BLACK);
  caption.forEach((line, at) => sheet.draw(line, AREA.left, top + QR_SIZE + at * NOTE_LINE, NOTE));
};

/** 署名 above 成文日期, which ends four characters from the margin; the one stands on the middle of the other, where the seal goes. */
const drawSignature = (sheet: Sheet, { unit, day }: Signature, top: number): void => {
  const date = dayInWords(day);
  const measure = sheet.measure(BODY);
  const name = sheet.shown(unit);
  const wide = measure(date);
  // A name wider than the space beside the date moves it to the left instead of crossing the margin.
  const middle = Math.min(AREA.right - 4 * CHARACTER - wide / 2, AREA.right - measure(name) / 2);
  sheet.draw(name, middle - measure(name) / 2, top, BODY);
  sheet.draw(date, middle - wide / 2, top + LINE, BODY);
};

const drawSigners = (sheet: Sheet, people: readonly string[]): void => {
  for (const person of people) {
    sheet.need(LINE);
    const label = sheet.shown(`${person}${WORDS.signsHere}`);
    const left = AREA.left + 2 * CHARACTER;
    sheet.draw(label, left, sheet.y, BODY);
    const from = left + sheet.measure(BODY)(label);
    sheet.rule(sheet.y + SIZE.body + 2, 0.5, BLACK, from, from + 8 * CHARACTER);
    sheet.y += SIGNER_LINE;
  }
};

type SignedPart = Readonly<{ caption: readonly string[]; above: number; height: number }>;

const signedPart = (sheet: Sheet, { signature, qr }: OfficialDocument): SignedPart => {
  const caption = qr === null ? [] : qrLines(sheet, qr.caption);
  const qrHeight = qr === null ? 0 : QR_SIZE + caption.length * NOTE_LINE;
  // The seal, 42 mm across, is set so that it covers both lines: its upper half needs room above them.
  const above = signature === null ? 0 : signature.sealed ? 2 * LINE : LINE;
  const own = signature === null ? 0 : above + LINE + SIZE.body + (signature.sealed ? LINE : 0);
  return { caption, above, height: Math.max(qrHeight, own) };
};

/** 署名, the place of the seal and the QR beside it; together on one page. */
const drawSigned = (sheet: Sheet, document: OfficialDocument): void => {
  const { signature, qr } = document;
  const { caption, above, height } = signedPart(sheet, document);
  sheet.need(height);
  if (signature !== null) drawSignature(sheet, signature, sheet.y + above);
  if (qr !== null) drawQr(sheet, qr.text, caption, sheet.y);
  sheet.y += height + LINE / 2;
};

/** What has to stand below the last words on their page: nobody signs a page without text. */
export const signedHeight = (sheet: Sheet, document: OfficialDocument): number => {
  const people = document.signature?.people.length ?? 0;
  const note = sheet.missing.length === 0 ? 0 : NOTE_LINE;
  return signedPart(sheet, document).height + note + (people === 0 ? 0 : LINE / 2 + people * SIGNER_LINE);
};

const drawNote = (sheet: Sheet, note: string): void => {
  for (const { text } of linesOf(note, AREA.width, sheet.measure(NOTE))) {
    sheet.need(NOTE_LINE);
    sheet.draw(text, AREA.left, sheet.y, NOTE);
    sheet.y += NOTE_LINE;
  }
};

/** 版记: at the foot of the last page of the document, between two thick rules. */
const drawImprint = (sheet: Sheet, { copies, signature }: OfficialDocument): void => {
  const measure = sheet.measure(MINOR);
  const side = SIZE.minor;
  const hang = measure(WORDS.copies);
  const width = AREA.width - 2 * side;
  const lines = linesOf(sheet.shown(copied(copies)).slice(WORDS.copies.length), width - hang, measure);
  const issued = signature === null ? 0 : 1;
  const height = (lines.length + issued) * MINOR_LINE;
  sheet.need(height);
  let y = AREA.bottom - height;
  sheet.rule(y, THICK);
  sheet.draw(WORDS.copies, AREA.left + side, y + (MINOR_LINE - SIZE.minor) / 2, MINOR);
  for (const { text } of lines) {
    sheet.draw(text, AREA.left + side + hang, y + (MINOR_LINE - SIZE.minor) / 2, MINOR);
    y += MINOR_LINE;
  }
  if (signature !== null) {
    sheet.rule(y, THIN);
    const at = y + (MINOR_LINE - SIZE.minor) / 2;
    sheet.draw(sheet.shown(signature.unit), AREA.left + side, at, MINOR);
    sheet.place(`${dayInWords(signature.day)}${WORDS.issuedOn}`, at, MINOR, 'right', AREA.left + side, width);
  }
  sheet.rule(AREA.bottom, THICK);
  sheet.y = AREA.bottom;
};

const wordsIn = (block: DocumentBlock): readonly string[] => {
  switch (block.kind) {
    case 'paragraph':
    case 'heading':
      return [block.text];
    case 'picture':
      return [block.caption];
    case 'table':
      return [block.caption ?? '', ...block.columns.map(({ title }) => title), ...block.rows.flat()];
    case 'facts':
      return block.facts.flat();
    case 'page-break':
      return [];
    default:
      return assertNever(block);
  }
};

/** What is drawn after the note, looked through for it beforehand. */
const textsBelow = ({ signature, qr, copies, annex = [], slips, number }: OfficialDocument): readonly string[] => [
  ...(signature === null ? [] : [...signature.people, signature.unit]),
  qr?.caption ?? '',
  ...copies,
  ...annex.flatMap(wordsIn),
  ...slips.flatMap(({ title, lines, fields }) => [title, number ?? '', ...lines, ...fields]),
];

/** Everything below the text and before the slips. */
export const drawClosing = (sheet: Sheet, document: OfficialDocument): void => {
  for (const text of textsBelow(document)) sheet.shown(text);
  if (sheet.missing.length > 0) drawNote(sheet, missingNote([...new Set(sheet.missing)]));
  if (document.signature !== null && document.signature.people.length > 0) {
    sheet.y += LINE / 2;
    drawSigners(sheet, document.signature.people);
  }
  if (document.signature !== null || document.qr !== null) drawSigned(sheet, document);
  if (document.copies.length > 0) drawImprint(sheet, document);
};
