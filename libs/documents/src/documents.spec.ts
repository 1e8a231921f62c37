import { instant, localDate } from '@app/kernel';
import { contentHash } from './content-hash';
import { withFixedTimes } from './docx/fixed-zip';
import { renderHtml } from './html';
import type { OfficialDocument } from './official-document';
import { renderPdf } from './pdf/render-pdf';
import { linesOf, titleLines } from './pdf/typesetting';
import { printable } from './printable';
import { dayInWords } from './words';

const DOCUMENT: OfficialDocument = {
  letterhead: '督查办',
  number: '限改〔2020〕0001号',
  signer: null,
  title: '限期整改通知单',
  recipient: '大泽山镇人民政府',
  blocks: [{ kind: 'picture', bytes: Buffer.from([1, 2, 3]), caption: '图1', width: 60 }],
  signature: { unit: '督查办', day: localDate('2020-07-06'), sealed: true, people: [] },
  copies: [],
  slips: [],
  qr: { text: 'https://qingling.example/n/1', caption: '扫码核对' },
  at: instant('2020-07-06T08:30:00.000Z'),
};

describe('the hash of what a document says', () => {
  it('is the same for the same words, however the object was put together', () => {
    const turned = Object.fromEntries(Object.entries(DOCUMENT).reverse()) as typeof DOCUMENT;
    expect(contentHash(turned)).toBe(contentHash(DOCUMENT));
    expect(contentHash(DOCUMENT)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('does not depend on the QR that carries it, nor on when a file is made', () => {
    expect(contentHash({ ...DOCUMENT, qr: null, at: instant('2021-01-01T00:00:00.000Z') })).toBe(contentHash(DOCUMENT));
  });

  it.each<Partial<OfficialDocument>>([
    { number: '限改〔2020〕0002号' },
    { signature: null },
    { blocks: [{ kind: 'picture', bytes: Buffer.from([1, 2, 4]), caption: '图1', width: 60 }] },
    { slips: [{ title: '送达回证', lines: [], fields: [] }] },
  ])('is another when something else is said: %j', (change) => {
    expect(contentHash({ ...DOCUMENT, ...change })).not.toBe(contentHash(DOCUMENT));
  });
});

describe('a page for printing in a browser', () => {
  it('shows whatever was typed as text', () => {
    const typed = `"><img src=x onerror=alert('1')>&`;
    const html = renderHtml({
      ...DOCUMENT,
      letterhead: typed,
      number: typed,
      title: typed,
      recipient: typed,
      blocks: [
        { kind: 'paragraph', text: typed },
        { kind: 'heading', level: 2, text: typed },
        { kind: 'facts', facts: [[typed, typed]] },
        { kind: 'table', caption: typed, columns: [{ title: typed, width: 1 }], rows: [[typed]] },
        { kind: 'picture', bytes: Buffer.from([0x89]), caption: typed, width: 10 },
      ],
      signature: { unit: typed, day: localDate('2020-07-06'), sealed: false, people: [typed] },
      copies: [typed],
      slips: [{ title: typed, lines: [typed], fields: [typed] }],
      qr: { text: typed, caption: typed },
    });
    expect(html).not.toContain('<img src=x');
    expect(html).not.toContain(typed);
    expect(html.match(/&quot;&gt;&lt;img src=x onerror=alert\(&#39;1&#39;\)&gt;&amp;/g)?.length).toBeGreaterThan(18);
  });

  it('loads nothing and runs nothing', () => {
    expect(renderHtml(DOCUMENT)).not.toMatch(/<script|<link|src="http|url\(/);
  });
});

describe('pages of several documents at once', () => {
  it('are drawn one after the other, what else waits between them, and a document that cannot be drawn holds up none', async () => {
    const seen: string[] = [];
    let drawing = true;
    const others = (): void => {
      if (seen.at(-1) !== 'others') seen.push('others');
      if (drawing) setImmediate(others);
    };
    setImmediate(others);
    const plain = { ...DOCUMENT, blocks: [] };
    const drawn = [plain, { ...plain, title: null as unknown as string }, plain].map(async (document) => {
      const ended = await renderPdf(document).then(
        (bytes) => bytes.subarray(0, 5).toString(),
        () => 'refused',
      );
      seen.push(ended);
    });
    await Promise.all(drawn);
    drawing = false;
    expect(seen).toStrictEqual(['others', '%PDF-', 'others', 'refused', 'others', '%PDF-']);
  });
});

describe('typesetting', () => {
  /** Chinese characters are one wide, others half. */
  const measure = (text: string): number => [...text].reduce((sum, c) => sum + ((c.codePointAt(0) ?? 0) > 0x2000 ? 1 : 0.5), 0);
  const texts = (text: string, width: number, indent = 0): readonly string[] =>
    linesOf(text, width, measure, indent).map((line) => line.text);

  it('a line never begins with a mark that closes, nor ends with one that opens', () => {
    expect(texts('逐一研判，立行立改', 4)).toEqual(['逐一研', '判，立行', '立改']);
    expect(texts('关于《督查办法》的通知', 3)).toEqual(['关于', '《督查', '办法》', '的通知']);
  });

  it('words and figures stay whole where a line holds them', () => {
    expect(texts('共99.9%的问题', 3)).toEqual(['共', '99.9%', '的问题']);
    expect(texts('PD-2020-0101', 4)).toEqual(['PD-2020-', '0101']);
    expect(texts('ABCDEFGH', 2)).toEqual(['ABCD', 'EFGH']);
  });

  it('indents the first line of each paragraph alone', () => {
    expect(texts('一二三四五六七\n八', 4, 2)).toEqual(['一二', '三四五六', '七', '八']);
  });

  it('breaks a title into even lines', () => {
    expect(titleLines('关于住房安全问题的督办函', 10, measure)).toEqual(['关于住房安全', '问题的督办函']);
  });
});

describe('characters for paper', () => {
  it('drops what nobody sees and marks what no font has', () => {
    const missing: string[] = [];
    expect(printable('一\u0000二\u200B三\uFE0F𡌶子村😀\r\n', missing)).toBe('一二三〓子村〓\n');
    expect(missing).toEqual(['𡌶', '😀']);
  });

  it('writes days in Arabic figures without leading zeros', () => {
    expect(dayInWords(localDate('2020-07-06'))).toBe('2020年7月6日');
  });
});

it('what is no plain archive is refused', () => {
  expect(() => withFixedTimes(Buffer.alloc(100))).toThrow('not a plain archive');
});
