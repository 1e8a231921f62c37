import type { ReactNode } from 'react';
import { useSession } from '../../app/session';
import { Button } from '../../ui/button';
import { Tag } from '../../ui/states';
import { inOrder, periodWords, phaseOf, type Period } from './period';
import { ownWord, t } from './texts';
import styles from './admin.module.css';

const TONES = { now: 'green', coming: 'blue', past: 'grey' } as const;

/** What held, holds and will hold, each with its days; what is not over can be ended. */
export const PeriodList = <T extends Period>({
  rows,
  nameOf,
  keyOf,
  onEnd,
  endLabel,
}: Readonly<{
  rows: readonly T[];
  nameOf: (row: T) => string;
  keyOf: (row: T) => string;
  onEnd: (row: T) => void;
  endLabel: string;
}>): ReactNode => {
  const { today } = useSession().who;
  if (rows.length === 0) return <p className={styles['detail']}>{t('nobodyYet')}</p>;
  return (
    <ul className={styles['lines']}>
      {inOrder(rows, today).map((row) => {
        const phase = phaseOf(row, today);
        return (
          <li key={`${keyOf(row)}-${row.from}`}>
            <span>
              <strong>{nameOf(row)}</strong> {periodWords(row)} <Tag tone={TONES[phase]}>{ownWord('phase', phase)}</Tag>
            </span>
            {phase !== 'past' && (
              <Button onClick={() => onEnd(row)} aria-label={t('endOf', { act: endLabel, name: nameOf(row) })}>
                {endLabel}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
};
