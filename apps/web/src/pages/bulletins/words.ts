import zh from '../../i18n/zh/bulletins.json';
import figures from '../../i18n/zh/leaders.json';
import { textsOf, wordOf } from '../../i18n/texts';
import type { BulletinSaid, BulletinTable } from '../../api/generated/types.gen';

export const t = textsOf(zh);
export type Scope = BulletinTable['scope'];
export type Kind = BulletinSaid['kind'];
export const KINDS = ['bulletin', 'monthly', 'quarterly', 'half-yearly', 'annual'] as const satisfies readonly Kind[];
export const SECTIONS = ['overall', 'towns', 'departments', 'problems', 'next'] as const satisfies readonly (keyof BulletinSaid['texts'])[];

/** A word of this area by a key that is put together. */
export const own = (key: string): string => wordOf(zh, key);
export const kindWord = (kind: Kind): string => own(`kind.${kind}`);
const countsLegs = (scope: Scope): boolean => scope === 'town' || scope === 'department';
/** The boards' own words: a number is called the same where it is frozen. */
export const figureWord = (scope: Scope, figure: string): string => {
  const ofLegs = `leg.${figure}`;
  return countsLegs(scope) && Object.hasOwn(figures, ofLegs) ? wordOf(figures, ofLegs) : wordOf(figures, `figure.${figure}`);
};
export const rateWord = (rate: string): string => wordOf(figures, `rate.${rate}`);
export const zeroWord = (kind: string): string => wordOf(figures, `zero.${kind}`);
export const issueWords = ({ year, number, total }: Readonly<{ year: number; number: number; total: number }>): string =>
  t('issue', { year, number, total });
