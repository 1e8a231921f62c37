import zh from './zh/words.json';
import { wordOf } from './texts';

/** What the field calls a code of the api: `word('stage', 'in-review')`; the code itself where no word is known, nothing for null. */
export const word = (kind: string, code: string | null | undefined): string => (code == null ? '' : wordOf(zh, `${kind}.${code}`));

/** All codes of a kind with their words, in the order of the field; for choices. */
export const wordsOf = <T extends string>(kind: string, codes: readonly T[]): readonly Readonly<{ value: T; label: string }>[] =>
  codes.map((value) => ({ value, label: word(kind, value) }));
