import type { ReactNode } from 'react';
import zh from '../../../i18n/zh/actions.json';
import { textsOf } from '../../../i18n/texts';
import { dateTimeWords } from '../../../ui/time';
import { useTimeline } from '../detail';
import { tellings } from '../timeline';
import styles from './actions.module.css';

const t = textsOf(zh);

/** What happened to the finding after the revision that a form was opened on. */
export const ChangedSince = ({ findingId, seen }: Readonly<{ findingId: string; seen: number }>): ReactNode => {
  const { lines = [] } = useTimeline(findingId);
  const since = lines.filter(({ revision }) => revision > seen);
  return (
    <ul className={styles['changes']} aria-label={t('changedSince')}>
      {since.map(({ position, at, person, unit, label, params }) => (
        <li key={position}>
          <time dateTime={at}>{dateTimeWords(at)}</time> {t('changedBy', { person: person.name, unit: unit.name, what: label.zh })}
          {tellings(params).map((told) => ` · ${told}`)}
        </li>
      ))}
    </ul>
  );
};
