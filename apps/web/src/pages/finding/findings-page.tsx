import { useMemo, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { word, wordsOf } from '../../i18n/words';
import { read } from '../../api/calls';
import { findingsReadingList } from '../../api/generated/sdk.gen';
import type { FindingsReadingListResponse } from '../../api/generated/types.gen';
import { Button } from '../../ui/button';
import { DataTable, type Column } from '../../ui/data-table';
import { DueTime } from '../../ui/due-time';
import { SelectField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Paged } from '../../ui/paged';
import { Tag } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { Total } from '../../ui/total';
import { useAddress } from '../../ui/use-address';
import { usePages } from '../../ui/use-pages';
import type { Filter } from '../selections/selection';
import { SelectionBar } from '../selections/selection-bar';
import { useTicks, type Selectable } from '../selections/use-ticks';
import { ExportDialog } from './export-dialog';
import { FilterBar } from './filter-bar';
import { findingsAsked, narrowedBy, SORTS, type FindingsQuery } from './filters';
import { stageTone } from './tones';
import styles from './finding.module.css';

const t = textsOf(zh);
type Row = FindingsReadingListResponse['findings'][number];
const joined = (...parts: readonly (string | null | undefined)[]): string =>
  parts.filter((part, at, all) => part != null && part !== '' && all.indexOf(part) === at).join(' · ');

const keyOf = ({ findingId }: Row): string => findingId;
const selectable = ({ findingId, number }: Row): Selectable => ({ findingId, legId: null, name: number });

/** Everything the list shows: which rows, not in which order. */
const everythingOf = ({ sort: _sort, ...filter }: FindingsQuery): Filter => ({ ...filter, of: 'findings' });

const what = (row: Row): ReactNode => (
  <div className={styles['what']}>
    <Link to={`/findings/${row.findingId}`}>{row.text}</Link>
    <span className={styles['soft']}>
      {joined(
        row.number,
        row.upper?.number,
        row.category.name,
        row.seriousness === 'ordinary' ? null : word('seriousness', row.seriousness),
      )}
    </span>
    {row.flags.length > 0 && (
      <span className={styles['flags']}>
        {row.flags.map((flag) => (
          <span key={flag}>{word('flag', flag)}</span>
        ))}
      </span>
    )}
  </div>
);

const columns: readonly Column<Row>[] = [
  {
    key: 'due',
    title: t('colDue'),
    cell: ({ dueAt, overdue, workingDaysLeft, clearedAt, endedAt }) =>
      clearedAt !== null || endedAt !== null ? (
        <span className={styles['soft']}>{t('closedOn', { day: dayWords(clearedAt ?? endedAt ?? '') })}</span>
      ) : (
        <DueTime at={dueAt} overdue={overdue} workingDaysLeft={workingDaysLeft} />
      ),
  },
  { key: 'stage', title: t('colStage'), cell: ({ stage }) => <Tag tone={stageTone(stage)}>{word('stage', stage)}</Tag> },
  { key: 'what', title: t('colFinding'), cell: what },
  {
    key: 'place',
    title: t('colPlace'),
    cell: ({ subject, town, village }) => <div className={styles['place']}>{joined(subject.label, town?.name, village?.name)}</div>,
  },
  {
    key: 'units',
    title: t('colDepartment'),
    cell: ({ department, owner }) => <div className={styles['unit']}>{joined(department?.name, owner?.name)}</div>,
  },
  {
    key: 'legs',
    title: t('colLegs'),
    number: true,
    cell: ({ legs }) => (legs.total === 0 ? '—' : t('passedOf', { passed: legs.passed, total: legs.total })),
  },
  {
    key: 'items',
    title: t('colItems'),
    number: true,
    cell: ({ items }) => (items.total === 0 ? '—' : t('passedOf', { passed: items.total - items.open, total: items.total })),
  },
  { key: 'filed', title: t('colFiled'), cell: ({ filedAt }) => <time dateTime={filedAt}>{dayWords(filedAt)}</time> },
];

/** What I may see of all findings, narrowed by the address; names searched for stay on the page. */
export default function FindingsPage(): ReactNode {
  const { params, get, set } = useAddress();
  const [text, setText] = useState('');
  const [exporting, setExporting] = useState(false);
  const asked = useMemo(() => ({ ...findingsAsked(params), ...(text.length < 2 ? {} : { text }) }), [params, text]);
  const pages = usePages(
    ['findings', 'list', asked],
    (cursor) => read(findingsReadingList({ query: { ...asked, limit: 50, ...(cursor === undefined ? {} : { cursor }) } })),
    ({ findings }) => findings,
  );
  const ticks = useTicks(JSON.stringify(asked), pages.rows, keyOf, selectable);
  return (
    <Page title={t('listTitle')} tools={<Button onClick={() => setExporting(true)}>{t('export')}</Button>}>
      <FilterBar text={text} onText={setText} narrowed={narrowedBy(asked)} />
      <div className={styles['sums']}>
        <Total page={pages.first} />
        <SelectField
          label={t('sort')}
          placeholder={null}
          options={wordsOf('sort', SORTS)}
          value={get('sort') === '' ? 'due' : (get('sort') as 'due')}
          onChange={(sort) => set({ sort: sort === 'due' ? '' : sort })}
        />
      </div>
      <SelectionBar ticks={ticks} total={pages.first} filter={everythingOf(asked)} />
      <Paged pages={pages} empty={t('listEmpty')}>
        {(rows) => (
          <DataTable
            caption={t('listCaption')}
            columns={columns}
            rows={rows}
            keyOf={keyOf}
            nameOf={({ number }) => number}
            selection={ticks.selection}
            more={pages.more}
            loadingMore={pages.loadingMore}
          />
        )}
      </Paged>
      {exporting && <ExportDialog query={asked} total={pages.first} onClose={() => setExporting(false)} />}
    </Page>
  );
}
