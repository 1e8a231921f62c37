import { addDays, assertNever, type LocalDate } from '@app/kernel';
import type { CriterionCheck, RemovalCriterion } from './supervision.types';

/** What the criteria of a case are held against, as of a day. */
export type CaseFigures = Readonly<{
  open: number;
  overdue: number;
  /** Relapses seen from that day on. */
  relapsesSince: (day: LocalDate) => number;
  /** Null: the case is not about a finding. */
  cleared: boolean | null;
}>;

const checked = (
  criterion: RemovalCriterion,
  figures: CaseFigures,
  asOf: LocalDate,
): Readonly<{ figure: number | null; met: boolean | null }> => {
  switch (criterion.kind) {
    case 'open-at-most':
      return { figure: figures.open, met: figures.open <= criterion.n };
    case 'no-overdue':
      return { figure: figures.overdue, met: figures.overdue === 0 };
    case 'no-relapse-for': {
      const figure = figures.relapsesSince(addDays(asOf, 1 - criterion.days));
      return { figure, met: figure === 0 };
    }
    case 'finding-cleared':
      return { figure: null, met: figures.cleared };
    case 'stated':
      return { figure: null, met: null };
    default:
      return assertNever(criterion);
  }
};

export const checkCriteria = (criteria: readonly RemovalCriterion[], figures: CaseFigures, asOf: LocalDate): readonly CriterionCheck[] =>
  criteria.map((criterion) => ({ criterion, ...checked(criterion, figures, asOf), asOf }));
