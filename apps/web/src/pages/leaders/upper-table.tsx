import type { ReactNode } from 'react';
import type { OverviewAnswer } from '../../api/generated/types.gen';
import { DataTable } from '../../ui/data-table';
import { Tag } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { Day, useActColumn, numberColumn, textColumn } from './rows';
import { t, word } from './words';

export type UpperRow = OverviewAnswer['upper']['rows'][number];

const Closure = ({ on, words }: Readonly<{ on: string | null; words: string }>): ReactNode =>
  on === null ? <Tag tone="amber">{words}</Tag> : <Tag tone="green">{dayWords(on)}</Tag>;

/** The upper level's findings, one line each, with both closures (R23). */
export const UpperTable = ({ rows }: Readonly<{ rows: readonly UpperRow[] }>): ReactNode => (
  <DataTable<UpperRow>
    caption={t('upperTitle')}
    rows={rows}
    keyOf={({ findingId }) => findingId}
    columns={[
      { key: 'batch', title: t('col.authority'), cell: ({ authority, batch }) => [authority, batch].filter(Boolean).join(' ') },
      { key: 'upperNumber', title: t('col.upperNumber'), cell: ({ upperNumber }) => upperNumber ?? '' },
      numberColumn(),
      textColumn(),
      { key: 'stage', title: t('col.stage'), cell: ({ stage }) => (stage === null ? '' : word(`stage.${stage}`)) },
      { key: 'due', title: t('col.due'), cell: ({ due }) => (due === null ? t('day.none') : <Day on={due} />) },
      { key: 'county', title: t('col.county'), cell: ({ countyClearedOn }) => <Closure on={countyClearedOn} words={t('countyNotYet')} /> },
      {
        key: 'upper',
        title: t('col.upperCleared'),
        cell: ({ upperClearedOn }) => <Closure on={upperClearedOn} words={t('upperNotYet')} />,
      },
      ...useActColumn(),
    ]}
  />
);
