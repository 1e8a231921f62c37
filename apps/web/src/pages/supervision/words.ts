import zh from '../../i18n/zh/supervision.json';
import common from '../../i18n/zh/common.json';
import { textsOf, wordOf } from '../../i18n/texts';
import type { SupervisionDetail } from '../../api/generated/types.gen';

export const t = textsOf(zh);
export const c = textsOf(common);
/** For keys that end in a code of the api. */
export const own = (kind: string, code: string): string => wordOf(zh, `${kind}.${code}`);

export type Case = SupervisionDetail['cases'][number];
export type Check = SupervisionDetail['today'][number];
export type Criterion = Check['criterion'];

export const criterionWords = (criterion: Criterion): string => {
  switch (criterion.kind) {
    case 'open-at-most':
      return t('criterion.open-at-most', { n: criterion.n });
    case 'no-relapse-for':
      return t('criterion.no-relapse-for', { days: criterion.days });
    case 'stated':
      return criterion.text;
    default:
      return own('criterion', criterion.kind);
  }
};

export const missing = (value: string, label: string): string | null => (value.trim() === '' ? t('missing', { label }) : null);
/** A whole number within bounds; null for what is none. */
export const wholeOf = (text: string, least: number, most: number): number | null => {
  const n = Number(text);
  return /^\d{1,7}$/.test(text.trim()) && n >= least && n <= most ? n : null;
};
