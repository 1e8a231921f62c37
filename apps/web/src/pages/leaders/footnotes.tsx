import type { ReactNode } from 'react';
import type { BoardAnswer } from '../../api/generated/types.gen';
import { Card } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { t } from './words';
import styles from './leaders.module.css';

/** What the numbers mean, beside every board (R30–R38). */
export const Footnotes = ({ footnote, asOf, basis }: Readonly<Pick<BoardAnswer, 'footnote' | 'asOf' | 'basis'>>): ReactNode => (
  <Card title={t('footnotes')}>
    <ol className={styles['foot']}>
      <li>{t('foot.legs', footnote)}</li>
      <li>{basis === 'recorded' ? t('foot.recorded', { day: dayWords(asOf) }) : t('foot.business')}</li>
      <li>{t('foot.base')}</li>
      <li>{t('foot.rates')}</li>
      <li>{t('foot.immediate')}</li>
      <li>{t('foot.small')}</li>
      <li>{t('foot.due')}</li>
      <li>{t('foot.onTime')}</li>
      <li>{t('foot.overdue')}</li>
      <li>{t('foot.zero')}</li>
      <li>{t('foot.relapse')}</li>
      <li>{t('foot.beside')}</li>
      <li>{t('foot.carriedBefore')}</li>
    </ol>
  </Card>
);
