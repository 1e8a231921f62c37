import { createHash } from 'node:crypto';
import { assertNever } from '@app/kernel';
import type { DocumentBlock, DocumentSlip, OfficialDocument } from './official-document';
import { qrPattern } from './qr';
import { addressed, copied, dayInWords, WORDS } from './words';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** Whatever somebody typed is text: in an element and in an attribute. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** The page geometry of the PDF; fonts by the names that offices have, whatever serif there is otherwise. */
const STYLE = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
@page :left { @bottom-left { content: "— " counter(page) " —"; } }
@page :right { @bottom-right { content: "— " counter(page) " —"; } }
body { margin: 0 auto; max-width: 156mm; color: #000; background: #fff; font: 16pt/29pt "仿宋_GB2312", "FangSong", "Noto Serif SC", serif; overflow-wrap: anywhere; }
p, h1, h2, h3 { margin: 0; font-size: 16pt; font-weight: normal; text-align: justify; white-space: pre-wrap; }
.indent, h2, h3 { text-indent: 2em; }
.mark { margin-top: 35mm; color: #e60012; font: 36pt/1.2 "方正小标宋简体", "Noto Serif SC", serif; font-weight: bold; text-align: center; }
.number { display: flex; justify-content: space-between; margin-top: 58pt; padding: 0 1em; }
.number.alone { justify-content: center; }
.rule { border: 0; border-top: 1.5pt solid #e60012; margin: 4mm 0 0; }
h1 { margin: 50pt 0 29pt; font: 22pt/35pt "方正小标宋简体", "Noto Serif SC", serif; font-weight: bold; text-align: center; }
h2, .name { font-family: "黑体", "SimHei", "Noto Sans SC", sans-serif; }
h3.first { font-family: "楷体_GB2312", "KaiTi", serif; }
.center { text-align: center; } .right { text-align: right; }
table { width: 100%; margin: 6pt 0; border-collapse: collapse; font-size: 12pt; line-height: 18pt; }
caption { font-size: 12pt; } thead { display: table-header-group; } tr, figure, .signed, .slip { break-inside: avoid; }
th, td { border: 0.5pt solid #000; padding: 3pt; font-weight: normal; white-space: pre-wrap; }
th { font-family: "黑体", "SimHei", "Noto Sans SC", sans-serif; }
figure { margin: 6pt 0; text-align: center; font-size: 12pt; } figure img { max-width: 100%; }
h2, h3 { break-after: avoid; } .break { break-after: page; }
.signed { display: flex; justify-content: space-between; align-items: flex-end; margin-top: 29pt; }
.seal { flex: 1; padding: 58pt 4em 29pt 0; text-align: center; margin-left: 8em; } .unsealed { padding: 29pt 4em 0 0; }
.signs { text-indent: 2em; } .signs span { display: inline-block; width: 8em; border-bottom: 0.5pt solid #000; text-indent: 0; }
.qr { font-size: 10.5pt; line-height: 1.4; text-align: left; } .qr svg { display: block; width: 26mm; height: 26mm; }
.imprint { margin-top: 29pt; border-top: 1pt solid #000; border-bottom: 1pt solid #000; font-size: 14pt; line-height: 24pt; }
.imprint p { font-size: 14pt; padding: 0 1em; } .imprint .issued { display: flex; justify-content: space-between; border-top: 0.7pt solid #000; }
.slip { break-before: page; } .slip + .slip { break-before: auto; margin-top: 29pt; border-top: 0.7pt dashed #000; padding-top: 14pt; }
.slip h1 { margin: 0 0 12pt; font-size: 18pt; } .slip td { height: 36pt; }
`;

/** For a policy that lets a page have exactly this style and no other: a source of `style-src`. */
export const STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE, 'utf8').digest('base64')}'`;

const element = (tag: string, inner: string, classes = ''): string =>
  `<${tag}${classes === '' ? '' : ` class="${classes}"`}>${inner}</${tag}>`;
const paragraph = (text: string, classes = ''): string => element('p', escaped(text), classes);

const cellOf = (text: string, classes = ''): string => element('td', escaped(text), classes);
const rowsOf = (rows: readonly string[]): string => element('tbody', rows.map((row) => element('tr', row)).join(''));

/** Null for what is no picture: words stand in its place. */
const typeOf = (bytes: Buffer): string | null => (bytes[0] === 0x89 ? 'image/png' : bytes[0] === 0xff ? 'image/jpeg' : null);

const blockOf = (block: DocumentBlock): string => {
  switch (block.kind) {
    case 'paragraph': {
      const { text, indent = true, align = 'left' } = block;
      return paragraph(text, align === 'left' ? (indent ? 'indent' : '') : align);
    }
    case 'heading':
      return block.level === 1 ? element('h2', escaped(block.text)) : element('h3', escaped(block.text), block.level === 2 ? 'first' : '');
    case 'table': {
      const total = block.columns.reduce((sum, { width }) => sum + width, 0);
      const widths = block.columns.map(({ width }) => `<col width="${String(Math.round((width / total) * 1000) / 10)}%">`).join('');
      const header = element('thead', element('tr', block.columns.map(({ title }) => `<th scope="col">${escaped(title)}</th>`).join('')));
      const aligned = (at: number): string => block.columns[at]?.align ?? '';
      const rows = block.rows.map((row) => block.columns.map((_, at) => cellOf(row[at] ?? '', aligned(at))).join(''));
      const caption = block.caption === undefined ? '' : element('caption', escaped(block.caption));
      return element('table', `${caption}<colgroup>${widths}</colgroup>${header}${rowsOf(rows)}`);
    }
    case 'facts':
      return element('table', rowsOf(block.facts.map(([name, value]) => `<th scope="row">${escaped(name)}</th>${cellOf(value)}`)));
    case 'picture': {
      const type = typeOf(block.bytes);
      const source = `data:${type ?? ''};base64,${block.bytes.toString('base64')}`;
      const picture =
        type === null
          ? element('table', rowsOf([cellOf(WORDS.noPicture, 'center')]))
          : `<img src="${source}" alt="${escaped(block.caption)}" width="${String(Math.round((block.width / 25.4) * 96))}">`;
      return element('figure', `${picture}<figcaption>${escaped(block.caption)}</figcaption>`);
    }
    case 'page-break':
      return element('div', '', 'break');
    default:
      return assertNever(block);
  }
};

const headOf = ({ letterhead, number, signer, title, recipient }: OfficialDocument): string => {
  const sides = [number, signer === null ? null : `${WORDS.signer}${signer}`].filter((side) => side !== null);
  return [
    letterhead === null ? '' : paragraph(letterhead, 'mark'),
    sides.length === 0
      ? ''
      : element('p', sides.map((side) => element('span', escaped(side))).join(''), sides.length === 1 ? 'number alone' : 'number'),
    letterhead === null ? '' : '<hr class="rule">',
    element('h1', escaped(title)),
    recipient === null ? '' : paragraph(addressed(recipient)),
  ].join('\n');
};

const qrOf = ({ qr }: OfficialDocument): string => {
  if (qr === null) return '';
  const { size, dark } = qrPattern(qr.text);
  const path = dark.map(({ x, y, length }) => `M${String(x)} ${String(y)}h${String(length)}v1h-${String(length)}z`).join('');
  const svg = `<svg viewBox="0 0 ${String(size)} ${String(size)}" role="img" aria-label="${escaped(qr.caption)}" shape-rendering="crispEdges"><path d="${path}"/></svg>`;
  return element('div', `${svg}${escaped(qr.caption).replaceAll('\n', '<br>')}`, 'qr');
};

const closingOf = (document: OfficialDocument): string => {
  const { signature, copies } = document;
  const signs = (signature?.people ?? []).map((person) =>
    element('p', `${escaped(`${person}${WORDS.signsHere}`)}<span>&nbsp;</span>`, 'signs'),
  );
  const signed =
    signature === null
      ? ''
      : element('div', `${escaped(signature.unit)}<br>${dayInWords(signature.day)}`, signature.sealed ? 'seal' : 'seal unsealed');
  const issued =
    signature === null
      ? ''
      : element('p', `<span>${escaped(signature.unit)}</span><span>${dayInWords(signature.day)}${WORDS.issuedOn}</span>`, 'issued');
  return [
    ...signs,
    signature === null && document.qr === null ? '' : element('div', `${qrOf(document)}${signed}`, 'signed'),
    copies.length === 0 ? '' : element('div', `${paragraph(copied(copies))}${issued}`, 'imprint'),
  ].join('\n');
};

const slipOf = ({ title, lines, fields }: DocumentSlip, number: string | null): string =>
  element(
    'section',
    [
      element('h1', escaped(title)),
      number === null ? '' : paragraph(`${WORDS.slipOf}${number}`),
      ...lines.map((line) => paragraph(line, 'indent')),
      element('table', rowsOf(fields.map((field) => `<th scope="row">${escaped(field)}</th><td></td>`))),
    ].join(''),
    'slip',
  );

/** A page for printing in a browser, complete in itself: no script, nothing loaded. Characters without a shape are the browser's matter. */
export const renderHtml = (document: OfficialDocument): string =>
  [
    '<!doctype html>',
    `<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(document.title)}</title>`,
    `<style>${STYLE}</style></head><body>`,
    headOf(document),
    ...document.blocks.map(blockOf),
    closingOf(document),
    ...(document.annex ?? []).map(blockOf),
    ...document.slips.map((slip) => slipOf(slip, document.number)),
    '</body></html>',
    '',
  ].join('\n');
