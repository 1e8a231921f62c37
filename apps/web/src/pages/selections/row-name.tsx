import type { ReactNode } from 'react';
import { Link } from 'react-router';
import zh from '../../i18n/zh/selections.json';
import { textsOf } from '../../i18n/texts';
import type { Row } from './selection';
import styles from './selections.module.css';

const t = textsOf(zh);

/** What people know a row by: its text, its number, its town. */
export const RowName = ({ row }: Readonly<{ row: Row }>): ReactNode => (
  <div className={styles['what']}>
    {row.text === null ? <span>{t('unseen')}</span> : <Link to={`/findings/${row.findingId}`}>{row.text}</Link>}
    <span className={styles['soft']}>{[row.number, row.town].filter(Boolean).join(' · ')}</span>
  </div>
);
