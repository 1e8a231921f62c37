import { pinyin } from 'pinyin-pro';
import { bigramsOf, initialGramsOf, likeContaining, normalText } from './bigrams';

/** Separates the fields, so that no hit reaches from one into the next; no query can hold it. */
const BETWEEN = '\u0001';
const HAN = /\p{Script=Han}/u;

/** Pinyin initials of the Chinese characters of a name, lower case: `大泽山镇` → `dzsz`. */
export const initialsOf = (name: string): string => {
  const found = known.get(name);
  if (found !== undefined) return found;
  const initials = looked(name);
  if (known.size >= KNOWN_AT_MOST) known.clear();
  known.set(name, initials);
  return initials;
};

/** Names of units come again with every finding; looking them up is what costs most of a row. */
const known = new Map<string, string>();
const KNOWN_AT_MOST = 5_000;
const looked = (name: string): string => {
  const han = [...name].filter((character) => HAN.test(character)).join('');
  return han === '' ? '' : pinyin(han, { pattern: 'first', toneType: 'none', type: 'array' }).join('').toLowerCase();
};

export type SearchColumns = Readonly<{ haystack: string; initials: string; grams: readonly string[] }>;

/** `names` are found by their initials too; `texts` by their characters alone. */
export const searchColumns = (names: readonly string[], texts: readonly string[]): SearchColumns => {
  const fields = [...new Set([...names, ...texts].map(normalText))].filter((field) => field !== '');
  const initials = [...new Set(names.map(initialsOf))].filter((field) => field !== '');
  const grams = new Set([...fields.flatMap(bigramsOf), ...initials.flatMap(initialGramsOf)]);
  return { haystack: fields.join(BETWEEN), initials: initials.join(BETWEEN), grams: [...grams].sort() };
};

/** What the query asks of the columns; null when it is shorter than two characters. */
export type SearchQuery = Readonly<{
  /** As the columns hold it. */
  plain: string;
  text: Readonly<{ grams: readonly string[]; like: string }>;
  initials: Readonly<{ grams: readonly string[]; like: string }> | null;
}>;
export const searchQuery = (asked: string): SearchQuery | null => {
  const normal = normalText(asked).replaceAll(BETWEEN, '');
  if ([...normal].length < 2) return null;
  return {
    plain: normal,
    text: { grams: bigramsOf(normal), like: likeContaining(normal) },
    initials: /^[a-z]+$/.test(normal) ? { grams: initialGramsOf(normal), like: likeContaining(normal) } : null,
  };
};
