import type { ReactNode } from 'react';
import common from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';
import { dateTimeWords } from './time';
import { Tag, type Tone } from './states';
import styles from './kit.module.css';

const t = textsOf(common);

const wordsOf = (overdue: boolean, left: number | null | undefined): readonly [string, Tone] => {
  if (overdue) return [left == null || left === 0 ? t('overdue') : t('overdueDays', { n: Math.abs(left) }), 'red'];
  if (left === 0) return [t('dueToday'), 'amber'];
  if (left == null) return ['', 'grey'];
  return [t('dueDays', { n: left }), left <= 2 ? 'amber' : 'green'];
};

/** "还剩 2 个工作日 · 4月30日 17:30": in words, exactly, and by colour. `workingDaysLeft` comes from the api. */
export const DueTime = ({
  at,
  overdue,
  workingDaysLeft,
  paused = false,
}: Readonly<{ at: string | null; overdue: boolean; workingDaysLeft?: number | null | undefined; paused?: boolean }>): ReactNode => {
  if (at === null) return <span className={styles['due']}>{t('dueNone')}</span>;
  const [words, tone] = paused ? [t('duePaused'), 'grey' as const] : wordsOf(overdue, workingDaysLeft);
  return (
    <span className={styles['due']}>
      {words !== '' && <Tag tone={tone}>{words}</Tag>} <time dateTime={at}>{dateTimeWords(at)}</time>
    </span>
  );
};
