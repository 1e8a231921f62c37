import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import zh from '../../i18n/zh/selections.json';
import { textsOf } from '../../i18n/texts';
import { word } from '../../i18n/words';
import { read } from '../../api/calls';
import { selectionsAll } from '../../api/generated/sdk.gen';
import { DataTable, type Column } from '../../ui/data-table';
import { Page } from '../../ui/page';
import { Empty, Loaded, Tag, type Tone } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { isMoving, type Summary } from './selection';

const t = textsOf(zh);
const ASKS_AGAIN_MS = 1_500;
const TONES: Readonly<Record<Summary['state'], Tone>> = {
  preparing: 'blue',
  ready: 'amber',
  sampling: 'amber',
  running: 'blue',
  done: 'green',
  blocked: 'red',
  cancelled: 'grey',
};

const columns: readonly Column<Summary>[] = [
  {
    key: 'what',
    title: t('colSelection'),
    cell: ({ selectionId, step, counts }) => (
      <Link to={`/selections/${selectionId}`}>{t('pageTitle', { name: word('command', step), n: counts.rows })}</Link>
    ),
  },
  { key: 'state', title: t('colState'), cell: ({ state }) => <Tag tone={TONES[state]}>{t(`state.${state}`)}</Tag> },
  {
    key: 'counts',
    title: t('colCounts'),
    cell: ({ counts: { done, unchanged, refused, waiting } }) => t('countsSaid', { done: done + unchanged, refused, waiting }),
  },
  { key: 'by', title: t('openedBy'), cell: ({ openedBy }) => openedBy.name },
  { key: 'at', title: t('openedAt'), cell: ({ createdAt }) => <time dateTime={createdAt}>{dateTimeWords(createdAt)}</time> },
];

/** 批量办理: what of my unit runs, what waits to be confirmed, and what has ended. */
export default function SelectionsPage(): ReactNode {
  const query = useQuery({
    queryKey: ['selections'],
    queryFn: () => read(selectionsAll()),
    // Whoever comes back looks for what they just began.
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.selections.some(isMoving) === true ? ASKS_AGAIN_MS : false),
  });
  return (
    <Page title={t('title')}>
      <Loaded query={query}>
        {({ selections }) =>
          selections.length === 0 ? (
            <Empty>{t('none')}</Empty>
          ) : (
            <DataTable caption={t('title')} columns={columns} rows={selections} keyOf={({ selectionId }) => selectionId} />
          )
        }
      </Loaded>
    </Page>
  );
}
