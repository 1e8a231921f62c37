import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { clearanceOffice } from '../../api/generated/sdk.gen';
import zh from '../../i18n/zh/office.json';
import { textsOf } from '../../i18n/texts';
import { Tag } from '../../ui/states';
import styles from './office.module.css';

const t = textsOf(zh);

/** The office's own time (R11, R34): what waits with us, and what of it is late. */
export const OfficeClock = (): ReactNode => {
  const { data } = useQuery({ queryKey: ['findings', 'office-clock'], queryFn: () => read(clearanceOffice()) });
  if (data === undefined) return null;
  const parts = [
    [t('clockTriage'), data.triage, data.triageOverdue],
    [t('clockReview'), data.review, data.reviewOverdue],
    [t('clockVerify'), data.verify, data.verifyOverdue],
  ] as const;
  return (
    <section className={styles['strip']} aria-label={t('clock')}>
      <span className={styles['soft']}>{t('clock')}</span>
      {parts.map(([name, waits, overdue]) => (
        <span key={name}>
          {name} <strong>{waits}</strong> {overdue > 0 && <Tag tone="red">{t('clockOverdue', { n: overdue })}</Tag>}
        </span>
      ))}
    </section>
  );
};
