import type { ReactNode } from 'react';
import { Tag } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { criterionWords, t, type Check } from './words';
import styles from './supervision.module.css';

const TONES = { yes: 'green', no: 'red', unknown: 'grey' } as const;

/** Each criterion beside what the figures said of it, with the day; below it what is said for it. */
export const Checks = ({ checks, answers = [] }: Readonly<{ checks: readonly Check[]; answers?: readonly string[] }>): ReactNode => (
  <ul className={styles['lines']}>
    {checks.map(({ criterion, figure, met, asOf }, i) => {
      const said = met === null ? 'unknown' : met ? 'yes' : 'no';
      return (
        <li key={criterionWords(criterion)}>
          <strong>{criterionWords(criterion)}</strong> {figure !== null && t('figureOf', { n: figure })}{' '}
          <Tag tone={TONES[said]}>{t(`met.${said}`)}</Tag>
          {met !== null && <span className={styles['soft']}> {t('asOf', { day: dayWords(asOf) })}</span>}
          {answers[i] !== undefined && <div>{answers[i]}</div>}
        </li>
      );
    })}
  </ul>
);
