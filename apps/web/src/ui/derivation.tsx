import type { ReactNode } from 'react';
import type { DerivationStep } from '../api/generated/types.gen';
import zh from '../i18n/zh/derivation.json';
import words from '../i18n/zh/words.json';
import { textsOf, wordOf } from '../i18n/texts';
import { dateTimeWords, dayWords } from './time';
import styles from './kit.module.css';

const t = textsOf(zh);
const unitOf = (unit: 'natural' | 'working'): string => t(unit === 'working' ? 'workingDays' : 'naturalDays');

/** One step of how a due time came about, in a sentence. */
export const stepWords = (step: DerivationStep): string => {
  switch (step.kind) {
    case 'delivered':
      return t('delivered', { at: dateTimeWords(step.at), from: dayWords(step.countsFrom) });
    case 'rule':
      return t('rule', { days: step.days, unit: unitOf(step.unit), version: step.ruleVersion });
    case 'skipped':
      return t('skipped', { from: dayWords(step.from), to: dayWords(step.to), name: step.name });
    case 'given':
      return t('given', { source: wordOf(words, `due-source.${step.source}`), due: dayWords(step.due), reference: step.reference });
    case 'inner':
      return t('inner', { due: dayWords(step.upperDue), days: step.earlierBy });
    case 'paused':
      return t(step.because === 'under-return' ? 'pausedReturn' : 'pausedReview', { days: step.days });
    case 'extended':
      return t('extended', { until: dayWords(step.until) });
    case 'calendar':
      return t('calendar', { version: step.newVersion });
  }
};

/** 期限溯源: how a due time came about, opened on request. */
export const Derivation = ({ steps, provisional }: Readonly<{ steps: readonly DerivationStep[]; provisional: boolean }>): ReactNode => (
  <details>
    <summary className={styles['summary']}>{t('how')}</summary>
    <ol className={styles['steps']}>
      {steps.map((step, at) => (
        <li key={at}>{stepWords(step)}</li>
      ))}
      {provisional && <li>{t('provisional')}</li>}
    </ol>
  </details>
);
