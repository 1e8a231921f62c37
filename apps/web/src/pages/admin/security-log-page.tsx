import { useState, type ReactNode } from 'react';
import { read } from '../../api/calls';
import { securityLogRead } from '../../api/generated/sdk.gen';
import type { SecurityEntryAnswer } from '../../api/generated/types.gen';
import { Button } from '../../ui/button';
import type { Column } from '../../ui/data-table';
import { DeskTable } from '../../ui/desk-table';
import { SelectField, TextField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Empty, Fault, Loading, Notice, Tag, Tools } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { usePages } from '../../ui/use-pages';
import { EVENTS, LOUD, type Event } from './security-events';
import { c, ownWord, t } from './texts';
import styles from './admin.module.css';

type Entry = SecurityEntryAnswer;
type Filter = Readonly<{ kind: Event | ''; from: string; to: string; person: Readonly<{ id: string; name: string }> | null }>;

const LIMIT = 100;
const pageOf = async ({ kind, from, to, person }: Filter, before: string | undefined) => {
  const { entries } = await read(
    securityLogRead({
      query: {
        limit: LIMIT,
        ...(before === undefined ? {} : { before }),
        ...(kind === '' ? {} : { kind }),
        ...(from === '' ? {} : { from }),
        ...(to === '' ? {} : { to }),
        ...(person === null ? {} : { personId: person.id }),
      },
    }),
  );
  return { entries, next: entries.length === LIMIT ? (entries.at(-1)?.id ?? null) : null };
};

const detailOf = ({ detail }: Entry): string =>
  Object.entries(detail)
    .map(([name, value]) => t('detailPart', { name: ownWord('detail', name), value: String(value) }))
    .join(t('semicolon'));

const columnsFor = (onPerson: (person: { id: string; name: string }) => void): readonly Column<Entry>[] => [
  { key: 'at', title: t('at'), cell: ({ at }) => dateTimeWords(at) },
  { key: 'kind', title: t('event'), cell: ({ kind }) => <Tag tone={LOUD.has(kind) ? 'amber' : 'grey'}>{ownWord('event', kind)}</Tag> },
  {
    key: 'person',
    title: t('person'),
    cell: ({ personId, personName }) =>
      personId === null ? (
        t('unknownPerson')
      ) : (
        <button type="button" className={styles['name']} onClick={() => onPerson({ id: personId, name: personName ?? personId })}>
          {personName ?? personId}
        </button>
      ),
  },
  { key: 'ip', title: t('ip'), cell: ({ ip }) => ip ?? '' },
  { key: 'detail', title: t('detail'), cell: (entry) => <span className={styles['detail']}>{detailOf(entry)}</span> },
];

const Entries = ({
  filter,
  onPerson,
}: Readonly<{ filter: Filter; onPerson: (person: { id: string; name: string }) => void }>): ReactNode => {
  const pages = usePages(
    ['security-log', filter],
    (before) => pageOf(filter, before),
    ({ entries }) => entries,
  );
  if (pages.isPending) return <Loading />;
  if (pages.error !== null && pages.rows.length === 0) return <Fault error={pages.error} again={() => void pages.refetch()} />;
  if (pages.rows.length === 0) return <Empty>{t('noEntries')}</Empty>;
  return (
    <DeskTable
      caption={t('area.security-log')}
      columns={columnsFor(onPerson)}
      rows={pages.rows}
      keyOf={({ id }) => id}
      more={pages.more}
      loadingMore={pages.loadingMore}
    />
  );
};

/** 安全日志: for auditors only; who administers the system does not read its log. */
export default function SecurityLogPage(): ReactNode {
  const [filter, setFilter] = useState<Filter>({ kind: '', from: '', to: '', person: null });
  const { person } = filter;
  const daysFault = filter.from !== '' && filter.to !== '' && filter.to < filter.from ? t('periodReversed') : null;
  return (
    <Page title={t('area.security-log')}>
      <Notice>{t('logHint')}</Notice>
      <Tools>
        <SelectField
          label={t('event')}
          value={filter.kind}
          onChange={(kind) => setFilter({ ...filter, kind })}
          options={EVENTS.map((value) => ({ value, label: ownWord('event', value) }))}
          placeholder={c('all')}
        />
        <TextField type="date" label={t('logFrom')} value={filter.from} onChange={(from) => setFilter({ ...filter, from })} />
        <TextField type="date" label={t('logTo')} value={filter.to} onChange={(to) => setFilter({ ...filter, to })} fault={daysFault} />
        {person !== null && (
          <Button onClick={() => setFilter({ ...filter, person: null })}>{t('onlyPerson', { name: person.name })}</Button>
        )}
      </Tools>
      {daysFault === null && <Entries filter={filter} onPerson={(one) => setFilter({ ...filter, person: one })} />}
    </Page>
  );
}
