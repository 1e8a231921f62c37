import { useState, type ReactNode } from 'react';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { Card, Fault, Loading } from '../../ui/states';
import { dateTimeWords, dayWords } from '../../ui/time';
import { useTimeline, type Detail, type Line } from './detail';
import { tellings } from './timeline';
import styles from './finding.module.css';

const t = textsOf(zh);
const FIRST = 12;

const Entry = ({ line, finding }: Readonly<{ line: Line; finding: Detail }>): ReactNode => {
  const leg = finding.legs.find(({ legId }) => legId === line.legId);
  // What was filed stands at the top of the page.
  const told = line.type === 'FindingFiled' ? [] : tellings(line.params);
  const isSystem = line.person.id === 'system';
  return (
    <li>
      <p className={styles['soft']}>
        <time dateTime={line.at}>{dateTimeWords(line.at)}</time>
        {dayWords(line.on) !== dayWords(line.at) && ` · ${t('claimedDay', { day: dayWords(line.on) })}`}
      </p>
      <p>
        <strong>{line.label.zh}</strong>
        {leg !== undefined && finding.legs.length > 1 && ` · ${t('onLegOf', { unit: leg.unit.name })}`}
        {' · '}
        {isSystem
          ? t('bySystem')
          : line.inPlaceOf === null
            ? t('personOf', { person: line.person.name, unit: line.unit.name })
            : t('inPlaceOf', { person: line.person.name, other: line.inPlaceOf.name, unit: line.unit.name })}
      </p>
      {told.map((text, at) => (
        <p key={at}>{text}</p>
      ))}
    </li>
  );
};

/** The whole history, newest first: who, for which unit, in whose place, by both dates (R15). */
export const Timeline = ({ finding }: Readonly<{ finding: Detail }>): ReactNode => {
  const { lines, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useTimeline(finding.findingId);
  const [whole, setWhole] = useState(false);
  if (lines === undefined) {
    return <Card title={t('timeline')}>{error === null ? <Loading /> : <Fault error={error} again={() => void refetch()} />}</Card>;
  }
  const newest = [...lines].reverse();
  const shown = whole ? newest : newest.slice(0, FIRST);
  return (
    <Card title={t('timeline')}>
      {hasNextPage && (
        <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {t('timelineLater')}
        </Button>
      )}
      <ol className={styles['timeline']}>
        {shown.map((line) => (
          <Entry key={line.position} line={line} finding={finding} />
        ))}
      </ol>
      {!whole && newest.length > FIRST && <Button onClick={() => setWhole(true)}>{t('timelineWhole', { n: newest.length })}</Button>}
    </Card>
  );
};
