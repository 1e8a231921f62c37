import { Document, Footer, Packer, PageNumber, Paragraph, TextRun } from 'docx';
import type { OfficialDocument } from '../official-document';
import { picturesOf } from '../pictures';
import { blockOf, PictureIds } from './body';
import { withFixedTimes } from './fixed-zip';
import { closingOf, headOf, slipOf } from './frame';
import { fontOf, mmTwips, SIZE } from './parts';

/** — 1 — at 14 points, a character from the outer side. */
const footer = (side: 'left' | 'right'): Footer =>
  new Footer({
    children: [
      new Paragraph({
        alignment: side,
        indent: { [side]: SIZE.minor * 10 },
        children: [new TextRun({ size: SIZE.minor, children: ['— ', PageNumber.CURRENT, ' —'] })],
      }),
    ],
  });

const escaped = (text: string): string => text.replace(/[&<>]/g, (c) => (c === '&' ? '&amp;' : c === '<' ? '&lt;' : '&gt;'));

/** The package writes the clock of the machine into this part. */
const coreProperties = ({ title, letterhead, at }: OfficialDocument): string => {
  const time = `${at.slice(0, 19)}Z`;
  const moment = (name: string): string => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${time}</dcterms:${name}>`;
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"',
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"',
    ' xmlns:dcmitype="http://purl.org/dc/dcmitype/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    `<dc:title>${escaped(title)}</dc:title><dc:creator>${escaped(letterhead ?? '')}</dc:creator>`,
    `<cp:revision>1</cp:revision>${moment('created')}${moment('modified')}</cp:coreProperties>`,
  ].join('');
};

/**
 * A Word document in the form of official documents; the fonts by the names under which offices have them. The same document gives the
 * same bytes.
 */
export const renderDocx = async (document: OfficialDocument): Promise<Buffer> => {
  const pictures = await picturesOf(document);
  const ids = new PictureIds();
  const file = new Document({
    title: document.title,
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: { document: { run: { size: SIZE.body, font: fontOf('仿宋_GB2312'), language: { value: 'en-US', eastAsia: 'zh-CN' } } } },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: mmTwips(210), height: mmTwips(297) },
            // 版心 156 mm × 225 mm; the number's line seven millimetres below it.
            margin: {
              top: mmTwips(37),
              left: mmTwips(28),
              right: mmTwips(26),
              bottom: mmTwips(35),
              header: mmTwips(15),
              footer: mmTwips(23),
            },
          },
          // No grid: it would spread the small type of tables too. Twenty-two lines of twenty-eight come from the body's own measures.
        },
        footers: { default: footer('right'), even: footer('left') },
        children: [
          ...headOf(document),
          ...document.blocks.flatMap((block) => blockOf(block, pictures, ids)),
          ...closingOf(document, ids),
          ...(document.annex ?? []).flatMap((block) => blockOf(block, pictures, ids)),
          ...document.slips.flatMap((slip, at) => slipOf(slip, document.number, at === 0)),
        ],
      },
    ],
  });
  return withFixedTimes(await Packer.toBuffer(file, false, [{ path: 'docProps/core.xml', data: coreProperties(document) }]));
};
