/** What two spellings of a text have in common: half width, lower case, no white space. */
export const normalText = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/\s+/g, '');

/** Every pair of neighbouring characters, once. A text of one character has none. */
export const bigramsOf = (normal: string): readonly string[] => {
  const characters = [...normal];
  return [...new Set(characters.slice(1).map((character, i) => `${characters[i] ?? ''}${character}`))];
};

/** Keeps the pairs of initials apart from those of the text itself; no normal text holds a space. */
const INITIAL = ' ';
export const initialGramsOf = (initials: string): readonly string[] => bigramsOf(initials).map((gram) => `${INITIAL}${gram}`);

/** `%` and `_` mean themselves. */
export const likeContaining = (normal: string): string => `%${normal.replace(/[\\%_]/g, (c) => `\\${c}`)}%`;
