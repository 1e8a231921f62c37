/** Texts that come again and again are worked out once; of the long ones of a ledger, which seldom come twice, only the last one. */
const remembering = (work: (text: string) => string): ((text: string) => string) => {
  const known = new Map<string, string>();
  let last = { text: '', made: work('') };
  return (text) => {
    if (text.length > LONGEST_KEPT) {
      if (text !== last.text) last = { text, made: work(text) };
      return last.made;
    }
    const done = known.get(text);
    if (done !== undefined) return done;
    if (known.size >= MOST_KEPT) known.clear();
    const made = work(text);
    known.set(text, made);
    return made;
  };
};
const LONGEST_KEPT = 64;
const MOST_KEPT = 4_096;

const INVISIBLE = /[\u200B\u200C\u200D\uFEFF]/;
const BLANK = /\s/;
/** Every kind of blank to one space; ends trimmed. Line breaks stay. */
const withTidyBlanks = (text: string): string => {
  const visible = INVISIBLE.test(text) ? text.replace(/[\u200B\u200C\u200D\uFEFF]/g, '') : text;
  return BLANK.test(visible)
    ? visible
        .replace(/\r\n?/g, '\n')
        .replace(/[^\S\n]+/g, ' ')
        .replace(/ ?\n ?/g, '\n')
        .trim()
    : visible;
};
const FULL_WIDTH = /[\uFF01-\uFF5E]/;

const UNTIDY = /[\s\u200B\u200C\u200D\uFEFF\uFF01-\uFF5E]/;
const tidied = remembering((text) =>
  withTidyBlanks(FULL_WIDTH.test(text) ? text.replace(/[\uFF01-\uFF5E]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0)) : text),
);
/** Full-width digits, letters and signs to half-width; every kind of blank to one space; ends trimmed. Line breaks stay. */
export const tidy = (text: string): string => (UNTIDY.test(text) ? tidied(text) : text);

/** For comparing: no blanks, no punctuation, lower case. */
export const bare = remembering((text) =>
  tidy(text)
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]+/gu, ''),
);

/** Running text as it is kept: only blanks are tidied, the author's own full-width punctuation stays. */
export const runningText = withTidyBlanks;

/** Names in one cell, joined by 、 ， ; / + a line break, `和` or `及` between units. */
export const splitNames = (text: string): readonly string[] =>
  tidy(text)
    .split(/[、,;/+&\n]|(?<=[镇街办局委院会社村区道队司处厅心所站室])\s*(?:以及|和|及|与)\s*(?=\S)|(?<=\S) (?=\S)/u)
    .map((name) => name.replace(/^[(\d.)、]+(?=\D)|[。.:]+$/g, '').trim())
    .filter((name) => name !== '');

/** Share of shared character pairs, 0..1 (Dice); single characters count as a pair with nothing. */
export const likeness = (a: string, b: string): number => {
  const pairs = (s: string): string[] => (s.length < 2 ? [s] : Array.from({ length: s.length - 1 }, (_, i) => s.slice(i, i + 2)));
  const left = pairs(a);
  const right = pairs(b);
  const pool = [...right];
  let shared = 0;
  for (const pair of left) {
    const at = pool.indexOf(pair);
    if (at >= 0) {
      shared++;
      pool.splice(at, 1);
    }
  }
  // Pairs miss names of two characters with one wrong; single characters settle those.
  const chars = [...a].filter((c) => b.includes(c)).length / Math.max(a.length, b.length, 1);
  return Math.max((2 * shared) / (left.length + right.length), chars * 0.8);
};
