import type { ReactNode } from 'react';
import styles from './kit.module.css';

/** How far long work is, 0 to 1; null while that is unknown. The words beside it say it too. */
export const Progress = ({ share, label }: Readonly<{ share: number | null; label: string }>): ReactNode => (
  <div className={styles['progress']}>
    <span role="status">{label}</span>
    <progress aria-label={label} max={1} {...(share === null ? {} : { value: share })} />
  </div>
);
