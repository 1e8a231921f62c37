import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fontOf, isCovered, type Face } from './fonts';

const FONTS = path.join(__dirname, '..', 'fonts');
const charactersIn = (file: string): readonly string[] => [...readFileSync(path.join(FONTS, file), 'utf8').replace(/\n/g, '')];

/** Every character of GB 2312: what lies in its rows 1 to 87, without what a later standard put into its gaps. */
const gb2312 = (): readonly string[] => {
  const bytes = Array.from({ length: 87 }, (_, row) => Array.from({ length: 94 }, (__, cell) => [row + 0xa1, cell + 0xa1])).flat(2);
  const decoded = new TextDecoder('gb2312').decode(Uint8Array.from(bytes));
  return [...new Set(decoded)].filter((character) => /[^\p{Co}\uFFFD]/u.test(character));
};

/** The characters a font has a shape for, read from its own table of them (cmap, format 12 or 4). */
const shapesOf = (font: Buffer): ReadonlySet<number> => {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, at) => 12 + at * 16);
  const entry = tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap') ?? 0;
  const cmap = font.readUInt32BE(entry + 8);
  const subtables = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, at) => cmap + font.readUInt32BE(cmap + 4 + at * 8 + 4));
  const table = subtables.find((at) => font.readUInt16BE(at) === 12);
  if (table === undefined) throw new Error('a font without a table of all characters');
  const found = new Set<number>();
  for (let group = 0; group < font.readUInt32BE(table + 12); group++) {
    const at = table + 16 + group * 12;
    for (let code = font.readUInt32BE(at); code <= font.readUInt32BE(at + 4); code++) found.add(code);
  }
  return found;
};

describe('the fonts of documents', () => {
  /** Two of them are no characters of any standard but places kept for private use, the others too new for the fonts. */
  const NOBODY_HAS = ['\uE08B', '\uE170', '𡌶', '𣒍'];

  it.each<Face>(['serif', 'sans'])(
    '%s has every character of GB 2312 and of the names of all villages, but the four no font has',
    (face) => {
      const shapes = shapesOf(fontOf(face));
      const places = charactersIn('place-names.txt');
      expect([gb2312().length > 7400, places.length > 5000]).toEqual([true, true]);
      expect([...gb2312(), ...places].filter((character) => !shapes.has(character.codePointAt(0) ?? 0))).toEqual(NOBODY_HAS);
    },
  );

  it('what is said to be covered is what both have', () => {
    const [serif, sans] = [shapesOf(fontOf('serif')), shapesOf(fontOf('sans'))];
    const said = charactersIn('characters.txt');
    expect(said.filter((character) => !serif.has(character.codePointAt(0) ?? 0) || !sans.has(character.codePointAt(0) ?? 0))).toEqual([]);
    expect([...'〔〕①⑳℃□✓夼栲栳沔窎嘡芏龑喆'].filter((character) => !isCovered(character))).toEqual([]);
    expect(NOBODY_HAS.filter(isCovered)).toEqual([]);
  });

  it('their licence lies beside them', () => {
    expect(readFileSync(path.join(FONTS, 'OFL.txt'), 'utf8')).toContain('SIL OPEN FONT LICENSE Version 1.1');
  });
});
