import type { ReactNode } from 'react';
import zh from '../../../i18n/zh/actions.json';
import { textsOf } from '../../../i18n/texts';
import { dateTimeWords } from '../../../ui/time';
import { useTimeline, type Line } from '../detail';
import { tellings } from '../timeline';
import styles from './actions.module.css';

const t = textsOf(zh);

/** What happened to the finding after the revision that a form was opened on; one's own files and words are no news. */
export const useNews = (findingId: string, seen: number, except: string | null): readonly Line[] => {
  const { lines = [] } = useTimeline(findingId);
  return lines.filter(({ revision, person }) => revision > seen && person.id !== except);
};

export const ChangedSince = ({ lines }: Readonly<{ lines: readonly Line[] }>): ReactNode => (
  <ul className={styles['changes']} aria-label={t('changedSince')}>
    {lines.map(({ position, at, person, unit, label, params }) => (
      <li key={position}>
        <time dateTime={at}>{dateTimeWords(at)}</time> {t('changedBy', { person: person.name, unit: unit.name, what: label.zh })}
        {tellings(params).map((told) => ` · ${told}`)}
      </li>
    ))}
  </ul>
);
