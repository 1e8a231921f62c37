import { useEffect, type PropsWithChildren, type ReactNode } from 'react';
import common from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';
import styles from './kit.module.css';

const t = textsOf(common);

/** A page: its title in the tab and as the heading, tools beside it. */
export const Page = ({ title, tools, children }: PropsWithChildren<{ title: string; tools?: ReactNode }>): ReactNode => {
  useEffect(() => {
    document.title = t('pageTitle', { page: title });
  }, [title]);
  return (
    <div className={styles['page']}>
      <div className={styles['pageHead']}>
        <h1>{title}</h1>
        {tools}
      </div>
      {children}
    </div>
  );
};
