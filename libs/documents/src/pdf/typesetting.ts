/** 避头: never at the start of a line. */
const NOT_FIRST = new Set('，。、；：？！）》〉】〕」』”’…—～·％‰℃°,.;:?!)]}%々');
/** 避尾: never at its end. */
const NOT_LAST = new Set('（《〈【〔「『“‘([{￥$№§');
/** Two marks that are one. */
const PAIRS = new Set('…—');
/** Kept together: words, numbers, addresses. */
const WORD = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Nd}_\-+./:@#&=~?%]$/u;
/** Within a word a line may end behind them. */
const AFTER = new Set('-/@&?');
const NARROW_DIGITS = /^[\uFF10-\uFF19]$/u;

export type Measure = (text: string) => number;
/** A line and whether its paragraph ends with it. */
export type Line = Readonly<{ text: string; last: boolean }>;

const isWord = (character: string): boolean => WORD.test(character) && !NARROW_DIGITS.test(character);

/** The smallest parts between which a line may end. */
const partsOf = (text: string): string[] => {
  const parts: string[] = [];
  let open = false;
  for (const character of text) {
    const before = parts.at(-1);
    const end = before?.at(-1) ?? '';
    const joined =
      before !== undefined &&
      (open ||
        NOT_FIRST.has(character) ||
        (PAIRS.has(character) && end === character) ||
        (isWord(character) && isWord(end) && !AFTER.has(end)));
    if (joined) parts[parts.length - 1] = before + character;
    else parts.push(character);
    open = NOT_LAST.has(character);
  }
  return parts;
};

/** A part too wide for any line is cut where it has to be. */
const cut = (part: string, width: number, measure: Measure): string[] => {
  const pieces: string[] = [];
  let piece = '';
  for (const character of part) {
    if (piece !== '' && measure(piece + character) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
};

/** The lines of one paragraph of a width; `indent` is taken from the first. */
const paragraphLines = (text: string, width: number, indent: number, measure: Measure): Line[] => {
  const lines: string[] = [];
  let line = '';
  let filled = indent;
  const parts = partsOf(text).flatMap((part) => (measure(part) > width - indent ? cut(part, width - indent, measure) : [part]));
  for (const part of parts) {
    const wide = measure(part);
    // A thousandth, since sums of widths are not exact.
    if (line !== '' && filled + wide > width + 0.001) {
      lines.push(line.trimEnd());
      line = '';
      filled = 0;
      if (part === ' ') continue;
    }
    line += part;
    filled += wide;
  }
  return [...lines, line].map((each, at, all) => ({ text: each, last: at === all.length - 1 }));
};

/** Lines by the rules of Chinese typesetting; a line break in the text begins a paragraph of its own. */
export const linesOf = (text: string, width: number, measure: Measure, indent = 0): readonly Line[] =>
  text.split('\n').flatMap((paragraph) => paragraphLines(paragraph, width, indent, measure));

/** A title over several lines: as few as needed, as even as they get. */
export const titleLines = (text: string, width: number, measure: Measure): readonly string[] => {
  const needed = linesOf(text, width, measure).length;
  const narrowest = measure(text) / needed;
  for (let tried = narrowest; tried < width; tried += measure('国')) {
    const lines = linesOf(text, tried, measure);
    if (lines.length === needed) return lines.map((line) => line.text);
  }
  return linesOf(text, width, measure).map((line) => line.text);
};
