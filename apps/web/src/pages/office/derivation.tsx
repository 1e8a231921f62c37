import type { ReactNode } from 'react';
import type { DerivationStep } from '../../api/generated/types.gen';
import zh from '../../i18n/zh/office.json';
import { textsOf } from '../../i18n/texts';
import { stepWords } from '../finding/derivation';
import styles from './office.module.css';

const t = textsOf(zh);

/** 期限溯源: how a due time came about, opened on request. */
export const Derivation = ({ steps, provisional }: Readonly<{ steps: readonly DerivationStep[]; provisional: boolean }>): ReactNode => (
  <details>
    <summary className={styles['summary']}>{t('how')}</summary>
    <ol className={styles['steps']}>
      {steps.map((step, at) => (
        <li key={at}>{stepWords(step)}</li>
      ))}
      {provisional && <li>{t('provisionalStep')}</li>}
    </ol>
  </details>
);
