import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { read } from '../../api/calls';
import { bulletinDraftsAll, bulletinsAll, bulletinsSchedule } from '../../api/generated/sdk.gen';
import type { BulletinPage, BulletinSchedule } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { DataTable } from '../../ui/data-table';
import { SelectField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Paged } from '../../ui/paged';
import { Card, Loaded, Tag } from '../../ui/states';
import { dateTimeWords, dayWords } from '../../ui/time';
import { useAddress } from '../../ui/use-address';
import { usePages } from '../../ui/use-pages';
import { issueWords, kindWord, KINDS, own, t } from './words';
import styles from './bulletins.module.css';

type Next = BulletinSchedule['next'][number];
type Issue = BulletinPage['bulletins'][number];
const TONES = { running: 'grey', ready: 'blue', late: 'red' } as const;
const spanWords = ({ from, to }: Next['period']): string => t('span', { from: dayWords(from), to: dayWords(to) });

/** Which period comes next of each kind; who issues it is a person. */
const Schedule = (): ReactNode => {
  const query = useQuery({ queryKey: ['bulletins', 'schedule'], queryFn: () => read(bulletinsSchedule()) });
  return (
    <Card title={t('next')}>
      <Loaded query={query}>
        {({ next }) => (
          <DataTable<Next>
            caption={t('next')}
            rows={next}
            keyOf={({ kind }) => kind}
            columns={[
              { key: 'kind', title: t('kind'), cell: ({ kind }) => kindWord(kind) },
              { key: 'period', title: t('period'), cell: ({ period }) => spanWords(period) },
              { key: 'due', title: t('due'), cell: ({ dueOn }) => <time dateTime={dueOn}>{dayWords(dueOn)}</time> },
              { key: 'state', title: t('state'), cell: ({ state }) => <Tag tone={TONES[state]}>{own(`state.${state}`)}</Tag> },
              {
                key: 'act',
                title: t('act'),
                cell: ({ kind, period: { from, to }, state }) =>
                  state !== 'running' && (
                    <Link
                      to={`/bulletins/new?${new URLSearchParams({ kind, from, to }).toString()}`}
                      aria-label={t('draftOf', { kind: kindWord(kind), from: dayWords(from), to: dayWords(to) })}
                    >
                      {t('draft')}
                    </Link>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
};

/** What somebody of the office has begun to write; nothing while there is none. */
const Drafts = (): ReactNode => {
  const { data } = useQuery({ queryKey: ['bulletins', 'drafts'], queryFn: () => read(bulletinDraftsAll()) });
  if (data === undefined || data.drafts.length === 0) return null;
  return (
    <Card title={t('drafts')}>
      <ul>
        {data.drafts.map(({ kind, from, to, savedBy, savedAt }) => (
          <li key={`${kind}/${from}/${to}`}>
            <Link to={`/bulletins/new?${new URLSearchParams({ kind, from, to }).toString()}`}>
              {t('draftOpen', { kind: kindWord(kind), from: dayWords(from), to: dayWords(to) })}
            </Link>{' '}
            <span className={styles['small']}>{t('draftBy', { name: savedBy.name, at: dateTimeWords(savedAt) })}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
};

/** 简报: what is to be issued, for the office; what was issued, for everybody. */
export default function BulletinsPage(): ReactNode {
  const { has } = useSession();
  const { get, set } = useAddress();
  const kind = KINDS.find((one) => one === get('kind'));
  const pages = usePages(
    ['bulletins', 'all', kind],
    (after) => read(bulletinsAll({ query: { ...(kind === undefined ? {} : { kind }), ...(after === undefined ? {} : { after }) } })),
    ({ bulletins }) => bulletins,
  );
  return (
    <Page title={t('title')}>
      {has('office', 'office-head') && (
        <>
          <Schedule />
          <Drafts />
        </>
      )}
      <Card title={t('all')}>
        <SelectField
          label={t('kind')}
          placeholder={t('any')}
          options={KINDS.map((value) => ({ value, label: kindWord(value) }))}
          value={kind ?? ''}
          onChange={(value) => set({ kind: value })}
        />
        <Paged pages={pages} empty={t('none')}>
          {(rows) => (
            <DataTable<Issue>
              caption={t('all')}
              rows={rows}
              keyOf={({ bulletinId }) => bulletinId}
              more={pages.more}
              loadingMore={pages.loadingMore}
              columns={[
                {
                  key: 'number',
                  title: t('number'),
                  cell: (row) => (
                    <Link to={`/bulletins/${row.bulletinId}`}>{t('openIssue', { kind: kindWord(row.kind), issue: issueWords(row) })}</Link>
                  ),
                },
                { key: 'name', title: t('name'), cell: ({ title }) => title },
                { key: 'period', title: t('period'), cell: ({ period }) => spanWords(period) },
                {
                  key: 'issued',
                  title: t('issued'),
                  cell: ({ issuedAt, issuedBy }) => (
                    <>
                      <time dateTime={issuedAt}>{dateTimeWords(issuedAt)}</time> <span className={styles['small']}>{issuedBy.name}</span>
                    </>
                  ),
                },
                {
                  key: 'corrected',
                  title: t('corrected'),
                  cell: ({ corrected }) =>
                    corrected === 0 ? t('noBefore') : <Tag tone="amber">{t('correctedCount', { n: corrected })}</Tag>,
                },
              ]}
            />
          )}
        </Paged>
      </Card>
    </Page>
  );
}
