import { useMemo, type ReactNode } from 'react';
import { Link } from 'react-router';
import zh from '../../i18n/zh/work.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { read } from '../../api/calls';
import { workReadingInbox } from '../../api/generated/sdk.gen';
import type { WorkReadingInboxResponse } from '../../api/generated/types.gen';
import { Checkbox, RadioGroup, SelectField } from '../../ui/fields';
import { LinkButton } from '../../ui/button';
import { DataTable, type Column } from '../../ui/data-table';
import { DueTime } from '../../ui/due-time';
import { Page } from '../../ui/page';
import { Paged } from '../../ui/paged';
import { Tag } from '../../ui/states';
import { Total } from '../../ui/total';
import { dayWords } from '../../ui/time';
import { useAddress } from '../../ui/use-address';
import { usePages } from '../../ui/use-pages';
import { SelectionBar } from '../selections/selection-bar';
import { useTicks, type Selectable } from '../selections/use-ticks';
import { askedOf, filterOf, WORK, workTone, type Asked } from './inbox';
import styles from './work.module.css';

const t = textsOf(zh);
type Entry = WorkReadingInboxResponse['entries'][number];

const keyOf = ({ findingId, work, legId, unit }: Entry): string => [findingId, work, legId, unit.id].join(' ');
const selectable = ({ findingId, legId, number }: Entry): Selectable => ({ findingId, legId, name: number });

const what = (entry: Entry): ReactNode => (
  <div className={styles['what']}>
    <Link to={`/findings/${entry.findingId}`}>{entry.text}</Link>
    <span className={styles['soft']}>
      {[entry.number, entry.category.name, entry.seriousness === 'ordinary' ? '' : word('seriousness', entry.seriousness)]
        .filter((part) => part !== '')
        .join(' · ')}
    </span>
  </div>
);
const who = ({ unit, roles }: Entry): string => {
  const names = roles.map((role) => word('role', role)).join(' / ');
  return names === '' ? unit.name : t('whoRoles', { unit: unit.name, roles: names });
};

const columns = (of: Asked['of']): readonly Column<Entry>[] => [
  {
    key: 'due',
    title: t('colDue'),
    cell: ({ dueAt, overdue, workingDaysLeft }) => <DueTime at={dueAt} overdue={overdue} workingDaysLeft={workingDaysLeft} />,
  },
  { key: 'work', title: t('colWork'), cell: ({ work }) => <Tag tone={workTone(work)}>{word('work', work)}</Tag> },
  { key: 'finding', title: t('colFinding'), cell: what },
  { key: 'place', title: t('colPlace'), cell: ({ subject, town }) => [subject, town].filter((part) => part !== '').join(' · ') },
  ...(of === 'unit' ? [{ key: 'who', title: t('colWho'), cell: who }] : []),
  { key: 'since', title: t('colSince'), cell: ({ since }) => <time dateTime={since}>{dayWords(since)}</time> },
];

const Filters = ({ asked, set }: Readonly<{ asked: Asked; set: (changes: Readonly<Record<string, string>>) => void }>): ReactNode => (
  <div className={styles['bar']}>
    <RadioGroup
      label={t('of')}
      options={[
        { value: 'post', label: t('ofPost') },
        { value: 'unit', label: t('ofUnit') },
      ]}
      value={asked.of}
      onChange={(of) => set({ of: of === 'unit' ? 'unit' : '' })}
    />
    <SelectField
      label={t('work')}
      placeholder={t('workAll')}
      options={WORK.map((value) => ({ value, label: word('work', value) }))}
      value={asked.work ?? ''}
      onChange={(work) => set({ work })}
    />
    <Checkbox label={t('overdueOnly')} value={asked.overdue} onChange={(on) => set({ overdue: on ? 'true' : '' })} />
  </div>
);

/** What waits for my post or for my whole unit, the most pressing first; live. */
export default function InboxPage(): ReactNode {
  const { params, set } = useAddress();
  const asked = useMemo(() => askedOf(params), [params]);
  const pages = usePages(
    ['findings', 'inbox', asked],
    (cursor) =>
      read(
        workReadingInbox({
          query: {
            of: asked.of,
            limit: 50,
            ...(asked.work === null ? {} : { work: [asked.work] }),
            ...(asked.overdue ? { overdue: 'true' } : {}),
            ...(cursor === undefined ? {} : { cursor }),
          },
        }),
      ),
    ({ entries }) => entries,
  );
  const ticks = useTicks(params.toString(), pages.rows, keyOf, selectable);
  const isNarrowed = asked.work !== null || asked.overdue;
  return (
    <Page title={t('title')} tools={<LinkButton to="/acts">{t('newest')}</LinkButton>}>
      <Filters asked={asked} set={set} />
      {pages.first !== undefined && (
        <div className={styles['sums']}>
          <Total page={pages.first} />
          {pages.first.overdue > 0 && <span className={styles['late']}>{t('overdueCount', { n: pages.first.overdue })}</span>}
        </div>
      )}
      <SelectionBar ticks={ticks} total={pages.first} filter={filterOf(asked)} />
      <Paged pages={pages} empty={isNarrowed ? t('nothingHere') : t('nothing')}>
        {(rows) => (
          <DataTable
            caption={t('caption')}
            columns={columns(asked.of)}
            rows={rows}
            keyOf={keyOf}
            nameOf={({ number }) => number}
            selection={ticks.selection}
            more={pages.more}
            loadingMore={pages.loadingMore}
          />
        )}
      </Paged>
    </Page>
  );
}
