import { useMemo, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import zh from '../../i18n/zh/carry-overs.json';
import { textsOf } from '../../i18n/texts';
import { word, wordsOf } from '../../i18n/words';
import { read } from '../../api/calls';
import { carryOversAll } from '../../api/generated/sdk.gen';
import type { CarryOverPage } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { Button } from '../../ui/button';
import { DataTable, type Column } from '../../ui/data-table';
import { SelectField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Paged } from '../../ui/paged';
import { Notice, Tag } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { useAddress } from '../../ui/use-address';
import { usePages } from '../../ui/use-pages';
import { useUnits } from '../../ui/use-units';
import { carryOversAsked, SOURCES } from './asked';
import { WithdrawDialog } from './withdraw-dialog';
import styles from './carry-overs.module.css';

const t = textsOf(zh);
export type CarryOver = CarryOverPage['carryOvers'][number];

const columns: readonly Column<CarryOver>[] = [
  {
    key: 'cleared',
    title: t('colCleared'),
    cell: ({ clearedOn, said }) => (
      <>
        {clearedOn === null ? t('dayUnknown') : <time dateTime={clearedOn}>{dayWords(clearedOn)}</time>}
        <div className={styles['soft']}>{said}</div>
      </>
    ),
  },
  {
    key: 'what',
    title: t('colWhat'),
    cell: ({ text, number, category, subjectLabel }) => (
      <>
        {text}
        <div className={styles['soft']}>{[number, category.name, subjectLabel].filter(Boolean).join(' · ')}</div>
      </>
    ),
  },
  { key: 'units', title: t('colUnits'), cell: ({ units }) => units.map(({ name }) => name).join(t('comma')) },
  {
    key: 'source',
    title: t('colSource'),
    cell: ({ sourceKind, sourceName, sourceBatch }) => [word('source', sourceKind), sourceName, sourceBatch].filter(Boolean).join(' · '),
  },
  {
    key: 'carried',
    title: t('colCarried'),
    cell: ({ carriedOn, carriedBy, importId }) => (
      <>
        <time dateTime={carriedOn}>{dayWords(carriedOn)}</time> {carriedBy.name}
        {importId !== null && (
          <div>
            <Link to={`/imports/${importId}`}>{t('openImport')}</Link>
          </div>
        )}
      </>
    ),
  },
];

/** 历史结转: what was cleared before this system, taken over from a sheet; beside the rates and in none of them. */
export default function CarryOversPage(): ReactNode {
  const { params, get, set } = useAddress();
  const { has } = useSession();
  const asked = useMemo(() => carryOversAsked(params), [params]);
  const [withdrawing, setWithdrawing] = useState<CarryOver | null>(null);
  const towns = useUnits('town').data ?? [];
  const pages = usePages(
    ['findings', 'carry-overs', asked],
    (after) => read(carryOversAll({ query: { ...asked, limit: 100, ...(after === undefined ? {} : { after }) } })),
    ({ carryOvers }) => carryOvers,
  );
  const act: Column<CarryOver> = {
    key: 'act',
    title: t('colState'),
    cell: (row) =>
      row.withdrawnOn !== null ? (
        <>
          <Tag>{t('withdrawn', { day: dayWords(row.withdrawnOn) })}</Tag>
          <div className={styles['soft']}>{row.withdrawnBecause}</div>
        </>
      ) : (
        has('office', 'office-head') && (
          <Button onClick={() => setWithdrawing(row)} aria-label={t('withdrawOf', { name: row.number ?? row.text })}>
            {t('withdraw')}
          </Button>
        )
      ),
  };
  return (
    <Page title={t('title')}>
      <Notice>{t('note')}</Notice>
      <div className={styles['filters']}>
        <SelectField
          label={t('town')}
          placeholder={t('any')}
          options={towns.map(({ id, name }) => ({ value: id, label: name }))}
          value={get('town')}
          onChange={(town) => set({ town })}
        />
        <SelectField
          label={t('source')}
          placeholder={t('any')}
          options={wordsOf('source', SOURCES)}
          value={asked.source ?? ''}
          onChange={(source) => set({ source })}
        />
        <SelectField
          label={t('state')}
          placeholder={t('any')}
          options={[
            { value: 'false', label: t('standing') },
            { value: 'true', label: t('taken') },
          ]}
          value={get('withdrawn')}
          onChange={(withdrawn) => set({ withdrawn })}
        />
      </div>
      <Paged pages={pages} empty={t('none')}>
        {(rows) => (
          <DataTable
            caption={t('title')}
            columns={[...columns, act]}
            rows={rows}
            keyOf={({ carryOverId }) => carryOverId}
            more={pages.more}
            loadingMore={pages.loadingMore}
          />
        )}
      </Paged>
      {withdrawing !== null && <WithdrawDialog row={withdrawing} onClose={() => setWithdrawing(null)} />}
    </Page>
  );
}
