import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { movedDeadlinesMoved } from '../../api/generated/sdk.gen';
import type { CalendarYearsResponse } from '../../api/generated/types.gen';
import { Button } from '../../ui/button';
import { DeskTable } from '../../ui/desk-table';
import { Actions, Card, Facts, Loaded, Notice, Tag } from '../../ui/states';
import { dateTimeWords, dayWords } from '../../ui/time';
import { useShown } from './data';
import { deadlineWords } from './deadline-words';
import { t } from './texts';
import { spansOf, type NamedDay } from './year-json';
import styles from './admin.module.css';

export type Year = CalendarYearsResponse['years'][number];
type Edition = CalendarYearsResponse['editions'][number];

export const Days = ({ days, tone }: Readonly<{ days: readonly NamedDay[]; tone: 'red' | 'blue' }>): ReactNode => {
  if (days.length === 0) return <p className={styles['detail']}>{t('noDays')}</p>;
  return (
    <ul className={styles['days']}>
      {spansOf(days).map(({ name, from, to }) => (
        <li key={from}>
          <Tag tone={tone}>
            {from === to
              ? t('oneDay', { name, day: dayWords(from, from.slice(0, 4)) })
              : t('manyDays', { name, from: dayWords(from, from.slice(0, 4)), to: dayWords(to, to.slice(0, 4)) })}
          </Tag>
        </li>
      ))}
    </ul>
  );
};

type Moved = Readonly<{
  number: string;
  key: string;
  movedAt: string;
  from: Readonly<{ at: string }> | null;
  to: Readonly<{ at: string }>;
}>;
const MovedTable = ({ deadlines }: Readonly<{ deadlines: readonly Moved[] }>): ReactNode => {
  const { rows, more } = useShown(deadlines);
  return (
    <DeskTable
      caption={t('movedDeadlines')}
      rows={rows}
      more={more}
      keyOf={({ number, key, movedAt }) => `${number}-${key}-${movedAt}`}
      columns={[
        { key: 'number', title: t('findingNumber'), cell: ({ number }) => number },
        { key: 'key', title: t('deadline'), cell: ({ key }) => deadlineWords(key) },
        { key: 'from', title: t('dueBefore'), cell: ({ from }) => (from === null ? '' : dateTimeWords(from.at)) },
        { key: 'to', title: t('dueAfter'), cell: ({ to }) => dateTimeWords(to.at) },
        { key: 'at', title: t('movedAt'), cell: ({ movedAt }) => dateTimeWords(movedAt) },
      ]}
    />
  );
};

/** What loading the year did to due times that were given before. */
const MovedDeadlines = ({ year }: Readonly<{ year: number }>): ReactNode => {
  const query = useQuery({
    queryKey: ['admin', 'calendar', year, 'moved'],
    queryFn: () => read(movedDeadlinesMoved({ path: { year } })),
  });
  return (
    <Card title={t('movedDeadlines')}>
      <Loaded query={query} empty={({ deadlines }) => deadlines.length === 0}>
        {({ deadlines }) => <MovedTable deadlines={deadlines} />}
      </Loaded>
    </Card>
  );
};

/** Who loaded it: two people, or one because there was nobody else. */
const editionWords = (edition: Edition, people: Readonly<Record<string, string>>): string => {
  const { reference, loadedBy, proposedBy, alone, loadedAt } = edition;
  const said = { reference, name: people[loadedBy] ?? loadedBy, at: dateTimeWords(loadedAt) };
  if (proposedBy !== null) return t('editionByTwo', { ...said, proposer: people[proposedBy] ?? proposedBy });
  return t(alone ? 'editionAlone' : 'editionBy', said);
};

/** One year: what is off, what is worked, and whether it is published or computed. */
export const YearCard = ({
  year,
  editions,
  people,
  onLoad,
}: Readonly<{
  year: Year;
  editions: readonly Edition[];
  people: Readonly<Record<string, string>>;
  /** Null: not for this post. */
  onLoad: ((year: number) => void) | null;
}>): ReactNode => {
  const isProvisional = year.source === 'provisional';
  return (
    <>
      <Card title={t('yearOf', { year: year.year })}>
        {isProvisional && <Notice tone="amber">{t('provisionalHint')}</Notice>}
        <Facts
          of={[
            [
              t('state'),
              <Tag key="state" tone={isProvisional ? 'amber' : 'green'}>
                {isProvisional ? t('provisional') : t('published')}
              </Tag>,
            ],
            ...editions.map((edition) => [t('edition', { n: edition.version }), editionWords(edition, people)] as const),
          ]}
        />
        <h3>{t('holidays')}</h3>
        <Days days={year.holidays} tone="red" />
        <h3>{t('swappedWorkdays')}</h3>
        <Days days={year.swappedWorkdays} tone="blue" />
        {onLoad !== null && (
          <Actions>
            <Button onClick={() => onLoad(year.year)}>{t('yearLoadOf', { year: year.year })}</Button>
          </Actions>
        )}
      </Card>
      <MovedDeadlines year={year.year} />
    </>
  );
};
