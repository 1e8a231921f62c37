import { useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { read, write } from '../../api/calls';
import { listsAdd, listsCorrect, listsReadingRows, listsRemove } from '../../api/generated/sdk.gen';
import type { ListWithZeros, ShownListRow } from '../../api/generated/types.gen';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/lists.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import type { Column } from '../../ui/data-table';
import { DeskTable } from '../../ui/desk-table';
import { Dialog } from '../../ui/dialog';
import { TextArea } from '../../ui/fields';
import { Actions, Empty, Fault, FormFault, Loading, Tag } from '../../ui/states';
import { dateTimeWords, dayWords } from '../../ui/time';
import { useToast } from '../../ui/toast';
import { usePages } from '../../ui/use-pages';
import { useCategories, useUnits } from './directory';
import { changesOf, NEW_ROW, newRowOf, rowDraftOf } from './row-draft';
import { RowForm } from './row-form';
import { useAct } from '../../ui/use-act';
import { Tabs } from '../../ui/tabs';
import styles from './office.module.css';

const t = textsOf(zh);
const said = textsOf(common);
const CHOICES = ['all', 'waiting', 'incomplete'] as const;
type Opened = Readonly<{ act: 'add' }> | Readonly<{ act: 'correct' | 'remove'; row: ShownListRow }>;
const calledOf = (row: ShownListRow): string => row.number ?? row.findingNumber ?? row.content.text.slice(0, 12);

const RemoveForm = ({ remove }: Readonly<{ remove: (reason: string) => Promise<void> }>): ReactNode => {
  const [reason, setReason] = useState('');
  const { tried, busy, error, send } = useAct();
  return (
    <>
      <TextArea
        label={t('reason')}
        value={reason}
        onChange={setReason}
        fault={tried && reason.trim() === '' ? said('required', { label: t('reason') }) : null}
      />
      <FormFault error={error} />
      <Actions>
        <Button look="danger" busy={busy} onClick={() => send(reason.trim() !== '', () => remove(reason))}>
          {t('removeRow')}
        </Button>
      </Actions>
    </>
  );
};

const RowState = ({ row }: Readonly<{ row: ShownListRow }>): ReactNode => {
  if (row.supplement === null)
    return row.missing.length === 0 ? (
      <Tag tone="green">{t('rowComplete')}</Tag>
    ) : (
      <Tag tone="amber">{t('lacks', { what: row.missing.map((one) => wordOf(zh, `missing.${one}`)).join(t('comma')) })}</Tag>
    );
  return (
    <>
      {row.stage === null ? <Tag>{t('rowFiling')}</Tag> : <Tag tone="blue">{wordOf(words, `stage.${row.stage}`)}</Tag>}{' '}
      {row.overdue && <Tag tone="red">{said('overdue')}</Tag>}
      {row.dueAt !== null && <div>{dateTimeWords(row.dueAt)}</div>}
    </>
  );
};

const useColumns = (): readonly Column<ShownListRow>[] => {
  const { nameOf } = useUnits();
  const categories = useCategories();
  return [
    {
      key: 'number',
      title: t('rowNumber'),
      cell: (row) => (
        <>
          {row.number}
          {row.findingNumber !== null && (
            <div>
              <Link className={styles['rowLink']} to={`/findings/${row.findingId}`}>
                {row.findingNumber}
              </Link>
            </div>
          )}
        </>
      ),
    },
    { key: 'text', title: t('text'), cell: (row) => <div className={styles['clip']}>{row.content.text}</div> },
    {
      key: 'where',
      title: t('where'),
      cell: ({ content: { place, subject } }) => [...new Set([nameOf(place.townId), place.text, subject.label])].filter(Boolean).join(' '),
    },
    { key: 'category', title: t('category'), cell: ({ content }) => categories.nameOf(content.category) },
    { key: 'legs', title: t('legs'), cell: ({ content }) => content.legs.map(({ unitId }) => nameOf(unitId)).join(t('comma')) },
    { key: 'dueOn', title: t('dueOn'), cell: ({ content }) => content.dueOn !== null && dayWords(content.dueOn) },
    { key: 'state', title: t('status'), cell: (row) => <RowState row={row} /> },
  ];
};

/** The rows of a list; those that wait may be added to, corrected and taken out by who drafts the list. */
export const ListRows = ({ list, isMine }: Readonly<{ list: ListWithZeros; isMine: boolean }>): ReactNode => {
  const { listId, counts } = list;
  const [search] = useSearchParams();
  const only = CHOICES.find((one) => one === search.get('rows')) ?? 'all';
  const [opened, open] = useState<Opened | null>(null);
  const queries = useQueryClient();
  const say = useToast();
  const rows = usePages(
    ['findings', 'list', listId, 'rows', only],
    (after) => read(listsReadingRows({ path: { id: listId }, query: { only, limit: 100, ...(after === undefined ? {} : { after }) } })),
    (page) => page.rows,
  );
  const done = (text: string): void => {
    say(text);
    open(null);
    void queries.invalidateQueries({ queryKey: ['findings', 'list', listId] });
  };
  const columns = useColumns();
  const acts: Column<ShownListRow> = {
    key: 'acts',
    title: t('acts'),
    cell: (row) =>
      row.supplement === null && (
        <div className={styles['noWrap']}>
          <Button look="plain" onClick={() => open({ act: 'correct', row })} aria-label={t('correctOf', { row: calledOf(row) })}>
            {t('correct')}
          </Button>
          <Button look="plain" onClick={() => open({ act: 'remove', row })} aria-label={t('removeOf', { row: calledOf(row) })}>
            {t('removeRow')}
          </Button>
        </div>
      ),
  };
  const number = { all: counts.issued + counts.waiting, waiting: counts.waiting, incomplete: counts.waiting - counts.complete };
  return (
    <>
      <h2>{t('rows')}</h2>
      <Tabs
        label={t('rows')}
        items={CHOICES.map((one) => ({
          to: `/lists/${listId}?rows=${one}`,
          label: t(`rows.${one}`),
          count: number[one],
          current: one === only,
        }))}
      />
      {isMine && (
        <p>
          <Button onClick={() => open({ act: 'add' })}>{t('addRow')}</Button>
        </p>
      )}
      {rows.isPending ? (
        <Loading />
      ) : rows.error !== null ? (
        <Fault error={rows.error} again={() => void rows.refetch()} />
      ) : rows.rows.length === 0 ? (
        <Empty>{t('noRows')}</Empty>
      ) : (
        <DeskTable
          caption={t('rows')}
          columns={isMine && counts.waiting > 0 ? [...columns, acts] : columns}
          rows={rows.rows}
          keyOf={(row) => row.rowId}
          more={rows.more}
          loadingMore={rows.loadingMore}
        />
      )}
      {opened?.act === 'add' && (
        <Dialog title={t('addRow')} onClose={() => open(null)}>
          <RowForm
            start={NEW_ROW}
            isCorrection={false}
            save={async (draft) => {
              const { elsewhere } = await write((headers) =>
                listsAdd({ path: { id: listId }, body: { rows: [newRowOf(draft)] }, headers }),
              );
              done(t(elsewhere === undefined ? 'added' : 'elsewhere'));
            }}
          />
        </Dialog>
      )}
      {opened?.act === 'correct' && (
        <Dialog title={t('correctOf', { row: calledOf(opened.row) })} onClose={() => open(null)}>
          <RowForm
            start={rowDraftOf(opened.row.content)}
            isCorrection
            save={async (draft, reason) => {
              const body = { reason, changes: changesOf(opened.row.content, draft) };
              await write((headers) => listsCorrect({ path: { id: listId, rowId: opened.row.rowId }, body, headers }));
              done(t('corrected'));
            }}
          />
        </Dialog>
      )}
      {opened?.act === 'remove' && (
        <Dialog title={t('removeOf', { row: calledOf(opened.row) })} onClose={() => open(null)}>
          <RemoveForm
            remove={async (reason) => {
              await write((headers) => listsRemove({ path: { id: listId, rowId: opened.row.rowId }, body: { reason }, headers }));
              done(t('removed'));
            }}
          />
        </Dialog>
      )}
    </>
  );
};
