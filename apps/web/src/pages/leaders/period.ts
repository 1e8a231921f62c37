import { firstOfMonth, mondayOf } from './links';

export const PERIODS = ['month', 'week', 'all', 'own'] as const;
export type Period = (typeof PERIODS)[number];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** `from` of the address: a day, `week`, `all`; without it the month. Null is since the beginning. */
export const periodOf = (from: string | null, day: string): string | null => {
  if (from === 'all') return null;
  if (from === 'week') return mondayOf(day);
  return from !== null && DAY.test(from) && from <= day ? from : firstOfMonth(day);
};
/** Which of the choices the address means. */
export const periodKindOf = (from: string | null): Period =>
  from === 'all' || from === 'week' ? from : from !== null && DAY.test(from) ? 'own' : 'month';
