import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Tag } from './states';
import styles from './kit.module.css';

export type TabItem = Readonly<{ to: string; label: string; count?: number | undefined; overdue?: number | undefined; current: boolean }>;

/** Views of one page, each with an address of its own, so that one comes back to where one was. */
export const Tabs = ({ label, items }: Readonly<{ label: string; items: readonly TabItem[] }>): ReactNode => (
  <nav aria-label={label}>
    <ul className={styles['tabs']}>
      {items.map(({ to, label: name, count, overdue = 0, current }) => (
        <li key={to}>
          <Link to={to} aria-current={current ? 'page' : undefined} replace>
            {name}
            {count !== undefined && <span>{count}</span>}
            {overdue > 0 && <Tag tone="red">{overdue}</Tag>}
          </Link>
        </li>
      ))}
    </ul>
  </nav>
);
