import type { ReactNode } from 'react';
import { Link } from 'react-router';
import zh from '../../i18n/zh/office.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import type { Column } from '../../ui/data-table';
import { DeskTable } from '../../ui/desk-table';
import { DueTime } from '../../ui/due-time';
import { Tag } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { SelectionBar } from '../selections/selection-bar';
import { useTicks, type Selectable } from '../selections/use-ticks';
import type { Entry, Work } from './queue';
import { lineOf } from './transfer-draft';
import styles from './office.module.css';

const t = textsOf(zh);
const lineOfLeg = (legId: string): string => {
  const line = lineOf(legId);
  return line === null ? '' : t('lineOf', { line: wordOf(words, `line.${line}`) });
};

const keyOf = (entry: Entry): string => [entry.findingId, entry.work, entry.legId, entry.dueAt].join(' ');
const selectable = ({ findingId, legId, number }: Entry): Selectable => ({ findingId, legId, name: number });

/** Work that waits, with how long and until when; `open` gives the link or the button that opens it. */
export const EntriesTable = ({
  caption,
  work,
  page,
  to,
  open,
}: Readonly<{
  caption: string;
  work: Work;
  page: Readonly<{ entries: readonly Entry[]; total: number; exact: boolean }>;
  to: (entry: Entry) => string;
  open?: (entry: Entry) => ReactNode;
}>): ReactNode => {
  const { entries } = page;
  const ticks = useTicks(work, entries, keyOf, selectable);
  const columns: readonly Column<Entry>[] = [
    {
      key: 'number',
      title: t('number'),
      cell: (entry) => (
        <>
          <Link className={styles['rowLink']} to={to(entry)}>
            {entry.number}
          </Link>
          {entry.legId !== null && <div>{lineOfLeg(entry.legId)}</div>}
        </>
      ),
    },
    { key: 'text', title: t('text'), cell: (entry) => <div className={styles['clip']}>{entry.text}</div> },
    { key: 'where', title: t('where'), cell: (entry) => `${entry.town} · ${entry.subject}` },
    {
      key: 'category',
      title: t('category'),
      cell: (entry) => (
        <>
          {entry.category.name}{' '}
          {entry.seriousness !== 'ordinary' && <Tag tone="amber">{wordOf(words, `seriousness.${entry.seriousness}`)}</Tag>}
        </>
      ),
    },
    { key: 'since', title: t('since'), cell: (entry) => <time dateTime={entry.since}>{dateTimeWords(entry.since)}</time> },
    {
      key: 'due',
      title: t('due'),
      cell: (entry) => <DueTime at={entry.dueAt} overdue={entry.overdue} workingDaysLeft={entry.workingDaysLeft} />,
    },
    ...(open === undefined
      ? []
      : [{ key: 'open', title: t('acts'), cell: (entry: Entry) => <div className={styles['noWrap']}>{open(entry)}</div> }]),
  ];
  return (
    <>
      <SelectionBar ticks={ticks} total={page} filter={{ of: 'inbox', whose: 'post', work: [work] }} />
      <DeskTable
        caption={caption}
        columns={columns}
        rows={entries}
        keyOf={keyOf}
        nameOf={(entry) => entry.number}
        selection={ticks.selection}
      />
    </>
  );
};
