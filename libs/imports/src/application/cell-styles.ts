import { attributeOf, tagsIn } from './xml-text';

/** Formats that every spreadsheet knows by number alone; 27–36 and 50–58 are days in Chinese editions. */
const isBuiltInDate = (id: number): boolean =>
  (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);

const isDateFormat = (format: string): boolean => /[ymdhs]/i.test(format.replace(/\[[^\]]*\]|"[^"]*"|\\./g, ''));

/** For each cell style, by its number, whether a number in it is a day. */
export const dateStylesOf = (stylesXml: string): readonly boolean[] => {
  const formats = new Map(
    tagsIn(stylesXml, 'numFmt').map((tag) => [Number(attributeOf(tag, 'numFmtId')), attributeOf(tag, 'formatCode') ?? ''] as const),
  );
  const cellStyles = /<(?:\w+:)?cellXfs[\s>][\s\S]*?<\/(?:\w+:)?cellXfs>/.exec(stylesXml)?.[0] ?? '';
  return tagsIn(cellStyles, 'xf').map((tag) => {
    const id = Number(attributeOf(tag, 'numFmtId') ?? 0);
    const format = formats.get(id);
    return format === undefined ? isBuiltInDate(id) : isDateFormat(format);
  });
};
