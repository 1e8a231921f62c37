import type zh from '../../i18n/zh/leaders.json';
import type { Place } from './links';
import { t } from './words';

type Key = Extract<keyof typeof zh, string>;
/** A number that opens what it counts: by a list, or by what moved it between two days. */
export type Counted = Readonly<{ n: number; text?: string; to: Place; by?: 'list' | 'compare' }>;
export type Part = string | number | Counted | readonly Said[];
/** A sentence of the resource file with what is put in; numbers in it can be opened. */
export type Said = Readonly<{ key: Key; parts?: Readonly<Record<string, Part>> }>;

export const isCounted = (part: Part): part is Counted => typeof part === 'object' && 'n' in part;
export const shownCount = ({ n, text }: Counted): string => text ?? String(n);

/** The sentence in pieces: text, or the name of what is put in. */
export const piecesOf = (key: Key): readonly Readonly<{ text: string } | { name: string }>[] =>
  t(key)
    .split(/(\{\w+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => (/^\{\w+\}$/.test(piece) ? { name: piece.slice(1, -1) } : { text: piece }));

const partText = (part: Part | undefined): string => {
  if (part === undefined) return '';
  if (typeof part !== 'object') return String(part);
  return isCounted(part) ? shownCount(part) : part.map(plain).join(t('comma'));
};
/** As plain text: for paper and for tests. */
export const plain = ({ key, parts = {} }: Said): string =>
  piecesOf(key)
    .map((piece) => ('text' in piece ? piece.text : partText(parts[piece.name])))
    .join('');
