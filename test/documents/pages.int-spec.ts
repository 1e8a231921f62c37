import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { renderDocx, renderPdf, type OfficialDocument } from '@app/documents';
import jsqr from 'jsqr';
import sharp from 'sharp';
import { LETTER, NOTICE, reportWith } from './sample-documents';
import { differences, fontsOf, greyOf, inkBounds, openedByLibreOffice, pagesOf, textOf } from './tools';

const REFERENCES = path.join(__dirname, 'references');
const BYTES = path.join(REFERENCES, 'bytes.json');
const WRITE = process.env['REFERENCES'] === 'write';
const DPI = 60;

const squeezed = (text: string): string => text.replace(/\s/g, '');
/** Without what stands on every page. */
const said = (text: string): string => squeezed(text.replaceAll('\f', '\n').replace(/^— \d+ —$/gm, ''));
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

const picture = async (): Promise<Buffer> =>
  sharp({ create: { width: 64, height: 48, channels: 3, background: '#336699' } })
    .png()
    .toBuffer();
const samples = async (): Promise<Readonly<Record<string, OfficialDocument>>> => ({
  notice: NOTICE,
  letter: LETTER,
  report: reportWith(readFileSync(path.join(REFERENCES, 'picture.png'))),
});

/** What a document says, in the order in which it is read. */
const textsOf = (document: OfficialDocument): readonly string[] => [
  ...[document.letterhead, document.number, document.signer, document.title, document.recipient].filter((text) => text !== null),
  ...document.blocks.flatMap((block) => {
    switch (block.kind) {
      case 'paragraph':
      case 'heading':
        return [block.text];
      case 'facts':
        return block.facts.flat();
      case 'table':
        return [block.caption ?? '', ...block.columns.map(({ title }) => title), ...block.rows.flat()];
      case 'picture':
        return [block.caption];
      default:
        return [];
    }
  }),
  ...(document.signature === null ? [] : [...document.signature.people, document.signature.unit]),
  ...document.slips.flatMap(({ title, lines, fields }) => [title, ...lines, ...fields]),
];

describe('documents on paper', () => {
  beforeAll(async () => {
    if (WRITE) writeFileSync(path.join(REFERENCES, 'picture.png'), await picture());
  });

  it.each(['notice', 'letter', 'report'])('a %s looks as it was looked at', async (name) => {
    const document = (await samples())[name];
    if (document === undefined) throw new Error(name);
    const pages = await pagesOf(await renderPdf(document), DPI);
    const file = (page: number): string => path.join(REFERENCES, `${name}-${String(page + 1)}.png`);
    if (WRITE)
      for (const [at, page] of pages.entries()) await sharp(page).png({ compressionLevel: 9, palette: true, colours: 16 }).toFile(file(at));
    expect(existsSync(file(pages.length))).toBe(false);
    for (const [at, page] of pages.entries()) {
      const seen = differences(await greyOf(page), await greyOf(readFileSync(file(at))));
      expect({ page: at + 1, differences: seen }).toEqual({ page: at + 1, differences: [] });
    }
  });

  it.each([
    ['a character', { ...LETTER, recipient: '旧唐镇人民政府' }],
    ['a figure in the number', { ...LETTER, number: '督办〔2020〕0001号' }],
    ['a missing signer', { ...LETTER, signer: null }],
  ])('the comparison sees %s that is another', async (_, planted) => {
    const [page] = await pagesOf(await renderPdf(planted), DPI, [1, 1]);
    if (page === undefined) throw new Error('no page');
    expect(differences(await greyOf(page), await greyOf(readFileSync(path.join(REFERENCES, 'letter-1.png'))))).not.toEqual([]);
  });

  it('the same document is the same bytes, as PDF and for Word, on every machine', async () => {
    const made: Record<string, string> = {};
    for (const [name, document] of Object.entries(await samples())) {
      const [pdf, again, docx] = [await renderPdf(document), await renderPdf(document), await renderDocx(document)];
      expect(again.equals(pdf)).toBe(true);
      made[`${name}.pdf`] = sha256(pdf);
      made[`${name}.docx`] = sha256(docx);
    }
    if (WRITE) writeFileSync(BYTES, `${JSON.stringify(made, null, 2)}\n`);
    expect(made).toEqual(JSON.parse(readFileSync(BYTES, 'utf8')));
  });

  it('what was put in is what is copied out, in its order', async () => {
    for (const document of Object.values(await samples())) {
      const text = said(await textOf(await renderPdf(document)));
      let from = 0;
      for (const wanted of textsOf(document).map((each) => squeezed(each.replace(/𡌶/g, '〓')))) {
        const at = text.indexOf(wanted, from);
        if (at < 0) throw new Error(`not found after ${text.slice(Math.max(0, from - 40), from)}: ${wanted}`);
        from = at + wanted.length;
      }
    }
  });

  it('a character that no font has is seen as such, with its number in a note', async () => {
    const text = said(await textOf(await renderPdf(LETTER)));
    expect(text).toContain('其中〓子村1个');
    expect(text).toContain('字库未收的字，统一码依次为：U+21336。');
  });

  it('the fonts are inside', async () => {
    const lines = (await fontsOf(await renderPdf(NOTICE))).trim().split('\n').slice(2);
    expect(lines.map((line) => /\+(\S+)\s+CID TrueType\s+Identity-H\s+yes yes yes/.exec(line)?.[1])).toEqual([
      'NotoSerifSC-Regular',
      'NotoSansSC-Medium',
    ]);
  });

  it('the area is 156 mm × 225 mm, 37 mm below the edge and 28 mm beside the binding: 22 lines of 28 characters', async () => {
    const full: OfficialDocument = {
      ...reportWith(Buffer.alloc(0)),
      blocks: [{ kind: 'paragraph', text: '国'.repeat(28 * 22 * 3), indent: false }],
    };
    const pdf = await renderPdf(full);
    const [page] = await pagesOf(pdf, 150, [2, 2]);
    if (page === undefined) throw new Error('no second page');
    const ink = inkBounds(await greyOf(page), 150, 0, 265);
    expect([28 - ink.left, 184 - ink.right, 37 - ink.top, 262 - ink.bottom].map(Math.abs).filter((off) => off > 1)).toEqual([]);
    const lines = ((await textOf(pdf)).split('\f')[1] ?? '').split('\n').filter((line) => line.startsWith('国'));
    expect(lines).toEqual(Array.from({ length: 22 }, () => '国'.repeat(28)));
  });

  it('the number of a page stands outside, seven millimetres below the area', async () => {
    const pages = await pagesOf(await renderPdf(NOTICE), 150, [1, 2]);
    const [first, second] = await Promise.all(pages.map(async (page) => inkBounds(await greyOf(page), 150, 263)));
    expect([(first?.right ?? 0) > 174, (first?.left ?? 0) > 160, (second?.left ?? 0) < 40, (second?.right ?? 0) < 50]).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect(Math.abs(((first?.top ?? 0) + (first?.bottom ?? 0)) / 2 - 269)).toBeLessThan(1.5);
  });

  it('the header of a table comes again on every page of it', async () => {
    const pages = (await textOf(await renderPdf(NOTICE))).split('\f').map(squeezed);
    const withRows = pages.filter((page) => /PD-2020-01\d\d/.test(page));
    expect(withRows.length).toBeGreaterThan(1);
    expect(withRows.filter((page) => !page.includes('序号问题编号位置问题'))).toEqual([]);
  });

  it('a page printed and photographed gives its QR back', async () => {
    const pdf = await renderPdf(NOTICE);
    const page = (await textOf(pdf)).split('\f').findIndex((text) => text.includes('扫码核对本件')) + 1;
    const png = sharp((await pagesOf(pdf, 150, [page, page]))[0]);
    // The third of the page beside the binding: finding a code takes long where there is much to look at.
    const { height = 0, width = 0 } = await png.metadata();
    const third = png.extract({ left: 0, top: 0, width: Math.floor(width / 3), height });
    const { data, info } = await third.ensureAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
    expect(jsqr(new Uint8ClampedArray(data), info.width, info.height)?.data).toBe(NOTICE.qr?.text);
  });

  it('LibreOffice opens the Word document, with all its text and no more pages than the PDF has by one', async () => {
    const documents = Object.values(await samples());
    const opened = await openedByLibreOffice(await Promise.all(documents.map(renderDocx)));
    for (const [at, document] of documents.entries()) {
      const pdf = opened[at] ?? Buffer.alloc(0);
      const text = said(await textOf(pdf));
      expect(textsOf(document).filter((wanted) => !text.includes(squeezed(wanted.replace(/𡌶.*/, ''))))).toEqual([]);
      const pages = async (bytes: Buffer): Promise<number> => (await textOf(bytes)).split('\f').length - 1;
      expect(Math.abs((await pages(pdf)) - (await pages(await renderPdf(document))))).toBeLessThanOrEqual(1);
    }
  });
});
