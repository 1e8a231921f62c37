import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { leadersPagesOverview } from '../../api/generated/sdk.gen';
import type { OverviewAnswer } from '../../api/generated/types.gen';
import { SelectField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Empty, Loaded, Notice, Tools } from '../../ui/states';
import { DayChoice, PastDay, useAsOf, useView } from './day-choice';
import { oneOf } from './links';
import { Lead } from './number-link';
import { upperSaid } from './sentences';
import { UpperTable } from './upper-table';
import { t } from './words';
import styles from './leaders.module.css';

const SHOWN = ['open', 'all'] as const;

const Rows = ({ overview, shown }: Readonly<{ overview: OverviewAnswer; shown: (typeof SHOWN)[number] }>): ReactNode => {
  const { rows, total } = overview.upper;
  const wanted = shown === 'all' ? rows : rows.filter((row) => row.countyClearedOn === null || row.upperClearedOn === null);
  return (
    <>
      {overview.partial && <Notice>{t('partial')}</Notice>}
      <Lead said={upperSaid(overview)} />
      {total > rows.length && <Notice tone="amber">{t('upperListed', { n: total, listed: rows.length })}</Notice>}
      {wanted.length === 0 ? <Empty>{t('upperNoneShown')}</Empty> : <UpperTable rows={wanted} />}
      <p className={styles['note']}>{t('upperBoth')}</p>
    </>
  );
};

/** The upper level's lists row by row, with both closures (R23). */
export default function UpperPage(): ReactNode {
  const { asOf } = useAsOf();
  const { params, change } = useView();
  const shown = oneOf(SHOWN, params.get('show'), 'all');
  const query = useQuery({
    queryKey: ['findings', 'upper', asOf],
    queryFn: () => read(leadersPagesOverview({ query: asOf === null ? {} : { asOf } })),
  });
  return (
    <Page
      title={t('upperPageTitle')}
      tools={
        <Tools>
          <SelectField
            label={t('upperShow')}
            placeholder={null}
            value={shown}
            onChange={(value) => change({ show: value === 'all' ? null : value })}
            options={SHOWN.map((value) => ({ value, label: t(`upperShow.${value}`) }))}
          />
          <DayChoice />
        </Tools>
      }
    >
      <PastDay />
      <Loaded query={query}>{(overview) => <Rows overview={overview} shown={shown} />}</Loaded>
    </Page>
  );
}
