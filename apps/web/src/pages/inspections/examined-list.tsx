import type { ReactNode } from 'react';
import type { ExaminedList as Answer } from '../../api/generated/types.gen';
import { Empty } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { t } from './words';
import styles from './inspections.module.css';

/** What was examined, place by place. */
export const ExaminedList = ({ examined }: Answer): ReactNode =>
  examined.length === 0 ? (
    <Empty>{t('examinedNone')}</Empty>
  ) : (
    <ul className={styles['examined']}>
      {examined.map(({ examinationId, unitName, kind, count, from, to, inspectionId, reason }) => (
        <li key={examinationId}>
          <strong>{t('examinedRow', { unit: unitName, kind: t(`examined.${kind}`), n: count })}</strong>{' '}
          {t('examinedDays', { from: dayWords(from), to: dayWords(to) })} {t(inspectionId === null ? 'examinedBySelf' : 'examinedByTask')}
          {reason !== null && <div>{t('examinedCorrected', { reason })}</div>}
        </li>
      ))}
    </ul>
  );
