import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { BoardScope } from '../../api/generated/types.gen';
import { carryOverLink } from './links';
import { t } from './words';
import styles from './leaders.module.css';

/** 历史结转, beside the rates: cleared before this system, in none of them (R29). Nothing where there is none. */
export const CarriedOver = ({ n, scope, id, row }: Readonly<{ n: number; scope: BoardScope; id: string; row: string }>): ReactNode => {
  if (n === 0) return null;
  const to = carryOverLink(scope, id);
  const said = t('carriedBefore', { n });
  return to === null ? (
    <span className={styles['note']}>{said}</span>
  ) : (
    <Link to={to} aria-label={t('carriedBeforeOf', { name: row, n })}>
      {said}
    </Link>
  );
};
