import sharp from 'sharp';
import type { Scenario } from '../kit/scenario';
import type { Files } from './life';

/** A drawn picture with a word on it: the demo has no photographs. */
const picture = (word: string, colour: string): Promise<Buffer> =>
  sharp({ create: { width: 480, height: 320, channels: 3, background: colour } })
    .composite([
      { input: Buffer.from(`<svg width="480" height="320"><text x="40" y="170" font-size="44" fill="#fff">${word}</text></svg>`) },
    ])
    .png()
    .toBuffer();

/** The smallest PDF with one line of text. */
const paper = (line: string): Buffer => {
  const stream = `BT /F1 24 Tf 72 720 Td (${line}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${String(stream.length)} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let text = '%PDF-1.4\n';
  const offsets = objects.map((object, i) => {
    const at = text.length;
    text += `${String(i + 1)} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = text.length;
  const rows = offsets.map((at) => `${String(at).padStart(10, '0')} 00000 n \n`).join('');
  text += `xref\n0 6\n0000000000 65535 f \n${rows}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${String(start)}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
};

export const makeFiles = async (scenario: Scenario): Promise<Files> => ({
  before: await scenario.file(await picture('BEFORE', '#8c4a3a'), 'before.png'),
  after: await scenario.file(await picture('AFTER', '#3a7a4e'), 'after.png'),
  screenshot: await scenario.file(await picture('SCREEN', '#3a5a8c'), 'screen.png'),
  document: await scenario.file(paper('Demo document'), 'document.pdf'),
  statement: await scenario.file(paper('Demo signed statement'), 'statement.pdf'),
});
