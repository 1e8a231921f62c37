import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { OverviewAnswer } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { DataTable, type Column } from '../../ui/data-table';
import { Tag } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { InstructButton } from './instruct-button';
import { Callable } from './phone-reading';
import { t, word } from './words';
import styles from './leaders.module.css';

type Told = OverviewAnswer['serious']['rows'][number]['told'];
type Acted = Readonly<{ findingId: string; number: string; placeholder?: boolean }>;
type Row = Acted & Readonly<{ told: Told }>;

export const FindingLink = ({ findingId, number }: Readonly<{ findingId: string; number: string }>): ReactNode => (
  <Link className={styles['nowrap']} to={`/findings/${findingId}`}>
    {number}
  </Link>
);
export const ToldText = ({ told }: Readonly<{ told: Told }>): ReactNode =>
  told === null ? (
    t('unknownText')
  ) : (
    <>
      {told.seriousness !== 'ordinary' && <Tag tone="red">{word(`seriousness.${told.seriousness}`)}</Tag>} {told.subject}
      {told.subject === '' ? '' : t('colon')}
      {told.text}
    </>
  );

/** A day on one line. */
export const Day = ({ on }: Readonly<{ on: string }>): ReactNode => <span className={styles['nowrap']}>{dayWords(on)}</span>;

export const numberColumn = <T extends Row>(): Column<T> => ({
  key: 'number',
  title: t('col.number'),
  cell: (row) => <FindingLink {...row} />,
});
export const textColumn = <T extends Row>(): Column<T> => ({
  key: 'text',
  title: t('col.text'),
  cell: ({ told }) => <ToldText told={told} />,
});
export const townColumn = <T extends Row>(): Column<T> => ({
  key: 'town',
  title: t('col.town'),
  cell: ({ told }) => told?.town.name ?? '',
});
/** Only leaders write instructions; for others there is no column. */
export const useActColumn = <T extends Acted>(): readonly Column<T>[] => {
  const { has } = useSession();
  return has('leader')
    ? [{ key: 'act', title: t('col.act'), cell: (row) => (row.placeholder === true ? null : <InstructButton {...row} />) }]
    : [];
};

type Short = OverviewAnswer['serious']['rows'][number];
export const ShortList = ({ caption, rows }: Readonly<{ caption: string; rows: readonly Short[] }>): ReactNode => (
  <DataTable<Short>
    caption={caption}
    rows={rows}
    keyOf={(row) => row.findingId}
    columns={[
      numberColumn(),
      textColumn(),
      townColumn(),
      { key: 'since', title: t('col.since'), cell: ({ since }) => <Day on={since} /> },
      ...useActColumn(),
    ]}
  />
);

type Untouched = OverviewAnswer['untouched'][number];
/** Who answers for what has not moved for longest, and how to reach them. */
export const UntouchedList = ({ rows }: Readonly<{ rows: readonly Untouched[] }>): ReactNode => (
  <DataTable<Untouched>
    caption={t('untouchedTitle')}
    rows={rows}
    keyOf={(row) => `${row.findingId}/${row.legId}`}
    columns={[
      numberColumn(),
      textColumn(),
      { key: 'unit', title: t('col.unit'), cell: ({ unit, assignee }) => [unit.name, assignee].filter(Boolean).join(' ') },
      {
        key: 'days',
        title: t('col.days'),
        cell: ({ since, workingDays }) =>
          t(workingDays === 0 ? 'untouchedShort' : 'untouchedSince', { day: dayWords(since), n: workingDays }),
      },
      {
        key: 'leader',
        title: t('col.leader'),
        cell: ({ leaders, number }) =>
          leaders.length === 0
            ? t('noPerson')
            : leaders.map((leader) => <Callable key={leader.personId} person={leader} number={number} />),
      },
      {
        key: 'person',
        title: t('col.person'),
        cell: ({ person, number }) => (person === null ? t('noPerson') : <Callable person={person} number={number} />),
      },
      ...useActColumn(),
    ]}
  />
);
