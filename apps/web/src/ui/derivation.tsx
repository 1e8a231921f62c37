import type { ReactNode } from 'react';
import common from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';
import styles from './kit.module.css';

const t = textsOf(common);

/** 期限溯源: how a due time came about, line by line as the api tells it, opened on request. */
export const Derivation = ({ due }: Readonly<{ due: Readonly<{ account: readonly string[] }> }>): ReactNode => (
  <details className={styles['derivation']}>
    <summary>{t('derivation')}</summary>
    <ol>
      {due.account.map((line, at) => (
        // The lines of an account never change their order.
        <li key={at}>{line}</li>
      ))}
    </ol>
  </details>
);
