import { dayWords } from '../../ui/time';
import { t } from './texts';

/** First and last day, both included; `to: null` is until further notice. */
export type Period = Readonly<{ from: string; to: string | null }>;
export type Phase = 'past' | 'now' | 'coming';

/** A period that was ended before it began never held. */
export const phaseOf = ({ from, to }: Period, today: string): Phase => {
  if (to !== null && (to < today || to < from)) return 'past';
  return from > today ? 'coming' : 'now';
};

export const periodWords = ({ from, to }: Period): string =>
  to === null ? t('sincePeriod', { from: dayWords(from) }) : t('period', { from: dayWords(from), to: dayWords(to) });

/** What holds now first, then what is to come, then the past; each newest first. */
export const inOrder = <T extends Period>(periods: readonly T[], today: string): readonly T[] => {
  const rank: Readonly<Record<Phase, number>> = { now: 0, coming: 1, past: 2 };
  return [...periods].sort((a, b) => rank[phaseOf(a, today)] - rank[phaseOf(b, today)] || (a.from < b.from ? 1 : -1));
};

/** The day before: last day of what ends today. */
export const dayBefore = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
