import { LineRuleType, Paragraph, TextRun, type IParagraphOptions, type IRunOptions } from 'docx';

/** A twentieth of a point. */
export const twips = (points: number): number => Math.round(points * 20);
export const mmTwips = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4);

/** 版心. */
export const AREA_TWIPS = mmTwips(156);
/** Twenty-two lines of it fill the area. */
export const LINE_TWIPS = 579;
/** 二号, 三号, 四号, 小四, 五号, in half points. */
export const SIZE = { title: 44, body: 32, minor: 28, table: 24, note: 21 } as const;
/** Twips that sixteen points are too wide for twenty-eight characters. */
const CLOSER = -5;
/** A character of the body, twenty-eight to a line. */
export const CHARACTER_TWIPS = AREA_TWIPS / 28;
export const RED = 'E60012';

/** The faces of the form by the names under which offices have them; Latin and figures in theirs. */
export type Face = '仿宋_GB2312' | '方正小标宋简体' | '黑体' | '楷体_GB2312';
export const fontOf = (face: Face) => ({ ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Times New Roman', eastAsia: face });

/** XML can hold none of these, and nobody misses them. */
const clean = (text: string): string => text.replace(/[^\P{Cc}\n\t]|[\uFFFE\uFFFF]|\p{Cs}/gu, '');

/** Text in one face; a line break in it is one on the page. */
export const runs = (text: string, options: IRunOptions = {}): readonly TextRun[] =>
  clean(text)
    .split(/\r?\n/)
    .map((line, at) => new TextRun({ ...options, text: line, ...(at === 0 ? {} : { break: 1 }) }));

export type Line = Readonly<{
  run?: IRunOptions;
  /** Characters of the first line's indentation. */
  indent?: number;
  align?: 'left' | 'center' | 'right' | 'both';
  /** Twips from line to line, exactly; as a line of the grid unless told otherwise. */
  pitch?: number;
  before?: number;
  more?: Partial<IParagraphOptions>;
}>;

export const line = (
  text: string,
  { run = {}, indent = 0, align = 'both', pitch = LINE_TWIPS, before = 0, more = {} }: Line = {},
): Paragraph =>
  new Paragraph({
    children: runs(text, { ...(run.size === undefined ? { characterSpacing: CLOSER } : {}), ...run }),
    alignment: align,
    spacing: { line: pitch, lineRule: LineRuleType.EXACT, before },
    // Both: Word goes by the characters, whatever their size; others by the length.
    ...(indent === 0 ? {} : { indent: { firstLine: Math.round(indent * CHARACTER_TWIPS), firstLineChars: indent * 100 } }),
    ...more,
  });
