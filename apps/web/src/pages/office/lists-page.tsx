import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from 'react-router';
import { read, write } from '../../api/calls';
import { listsDraft, listsReadingAll } from '../../api/generated/sdk.gen';
import type { ListWithZeros } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import zh from '../../i18n/zh/lists.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Button, LinkButton } from '../../ui/button';
import type { Column } from '../../ui/data-table';
import { DeskTable } from '../../ui/desk-table';
import { Dialog } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Empty, Loaded, Tag, Tools } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { ListHeadForm } from './list-head-form';
import { ListProgress, ListZeros } from './list-progress';
import styles from './office.module.css';

const t = textsOf(zh);

const columns: readonly Column<ListWithZeros>[] = [
  {
    key: 'title',
    title: t('list'),
    cell: (list) => (
      <>
        <Link to={`/lists/${list.listId}`}>{list.title}</Link>
        <div className={styles['soft']}>{list.number}</div>
      </>
    ),
  },
  {
    key: 'status',
    title: t('status'),
    cell: (list) => <Tag tone={list.status === 'issued' ? 'blue' : 'grey'}>{t(`status.${list.status}`)}</Tag>,
  },
  {
    key: 'source',
    title: t('source'),
    cell: ({ source }) => [wordOf(words, `source.${source.kind}`), source.name, source.batch].filter(Boolean).join(' · '),
  },
  { key: 'date', title: t('listDate'), cell: (list) => <time dateTime={list.listDate}>{dayWords(list.listDate)}</time> },
  {
    key: 'progress',
    title: t('progress'),
    cell: ({ counts }) => (
      <>
        <ListProgress counts={counts} />
        {counts.waiting > 0 && <div>{t('waitingRows', { n: counts.waiting })}</div>}
      </>
    ),
  },
  { key: 'zeros', title: t('zeros'), cell: (list) => <ListZeros zeros={list.zeros} /> },
];

/** 清单: each with its progress and its zeros. */
export default function ListsPage(): ReactNode {
  const query = useQuery({ queryKey: ['findings', 'lists'], queryFn: () => read(listsReadingAll({ query: { limit: 500 } })) });
  const { has } = useSession();
  const navigate = useNavigate();
  const [isDrafting, setDrafting] = useState(false);
  const isOffice = has('office', 'office-head');
  return (
    <Page
      title={t('title')}
      tools={
        isOffice && (
          <Tools>
            <LinkButton to="/imports">{t('byImport')}</LinkButton>
            <Button look="primary" onClick={() => setDrafting(true)}>
              {t('draft')}
            </Button>
          </Tools>
        )
      }
    >
      <Loaded query={query}>
        {({ lists }) =>
          lists.length === 0 ? (
            <Empty>{t('none')}</Empty>
          ) : (
            <DeskTable caption={t('title')} columns={columns} rows={lists} keyOf={(list) => list.listId} />
          )
        }
      </Loaded>
      {isDrafting && (
        <Dialog title={t('draft')} onClose={() => setDrafting(false)}>
          <ListHeadForm
            save={async ({ title, source, listDate }) => {
              const body = { title, source, ...(listDate === '' ? {} : { listDate }) };
              const { listId } = await write((headers) => listsDraft({ body, headers }));
              void navigate(`/lists/${listId}`);
            }}
          />
        </Dialog>
      )}
    </Page>
  );
}
