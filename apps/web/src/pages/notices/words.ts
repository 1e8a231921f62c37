import zh from '../../i18n/zh/notices.json';
import { textsOf, wordOf } from '../../i18n/texts';
import type { NoticeShown } from '../../api/generated/types.gen';

export const t = textsOf(zh);
/** A word of this area by a key that is put together. */
export const own = (key: string): string => wordOf(zh, key);

export type Kind = NoticeShown['kind'];
export type Signature = NoticeShown['signature'];
export const KINDS = [
  'assignment',
  'rectification-notice',
  'urging-notice',
  'supervision-letter',
  'correction-notice',
] as const satisfies readonly Kind[];
export const SIGNATURES = ['unsigned', 'deemed', 'signed', 'refused'] as const satisfies readonly Signature[];
export const WAYS = ['by-hand', 'post', 'posted-up'] as const;
export const TONES: Readonly<Record<Signature, 'grey' | 'amber' | 'green' | 'red'>> = {
  unsigned: 'amber',
  deemed: 'grey',
  signed: 'green',
  refused: 'red',
};
export const kindWord = (kind: Kind): string => own(`kind.${kind}`);
export const choices = <T extends string>(of: string, values: readonly T[]): readonly Readonly<{ value: T; label: string }>[] =>
  values.map((value) => ({ value, label: own(`${of}.${value}`) }));
/** Nothing typed is nothing said. */
export const typed = (text: string): string | null => (text.trim() === '' ? null : text.trim());
