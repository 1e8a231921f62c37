import type { ReactNode } from 'react';
import { read } from '../../api/calls';
import { leadersPagesComparison } from '../../api/generated/sdk.gen';
import type { BoardScope, ComparisonPage, ComparisonRow } from '../../api/generated/types.gen';
import { DataTable } from '../../ui/data-table';
import { Card, Empty, Fault, Loading, Tag } from '../../ui/states';
import { usePages } from '../../ui/use-pages';
import type { Basis } from './links';
import { Day, useActColumn, numberColumn, textColumn, townColumn } from './rows';
import { countsLegs, figureName, t, word } from './words';
import styles from './leaders.module.css';

type At = Readonly<{ scope: BoardScope; id: string; figure: string; from: string; to: string; basis: Basis }>;

const changeWords = (difference: number): string =>
  difference === 0 ? t('compareSame') : t(difference > 0 ? 'compareUp' : 'compareDown', { n: Math.abs(difference) });
const summary = ({ before, after, difference, entered, left, figure, scope }: ComparisonPage): string =>
  t(countsLegs(scope) ? 'compareLegSentence' : 'compareSentence', {
    figure: figureName(scope, figure),
    before,
    after,
    change: changeWords(difference),
    entered,
    left,
  });

/** What came into a number and what left it between two days, each with its reason. */
export const Moved = ({ at, name }: Readonly<{ at: At; name: string }>): ReactNode => {
  const act = useActColumn<ComparisonRow>();
  const { first, rows, more, loadingMore, isPending, error, refetch } = usePages(
    ['findings', 'comparison', at],
    (cursor) => read(leadersPagesComparison({ query: { ...at, ...(cursor === undefined ? {} : { cursor }) } })),
    (page) => page.rows,
  );
  return (
    <Card title={t('listOf', { row: name, figure: figureName(at.scope, at.figure) })}>
      <div className={styles['part']}>
        {isPending && <Loading />}
        {first === undefined && error !== null && <Fault error={error} again={() => void refetch()} />}
        {first !== undefined && <p className={styles['lead']}>{summary(first)}</p>}
        {first !== undefined && rows.length === 0 && <Empty>{t('compareNothing')}</Empty>}
        {rows.length > 0 && (
          <DataTable<ComparisonRow>
            caption={t('compareMoved')}
            rows={rows}
            more={more}
            loadingMore={loadingMore}
            keyOf={({ findingId, legId, direction }) => `${findingId}/${legId ?? ''}/${direction}`}
            columns={[
              {
                key: 'direction',
                title: t('col.direction'),
                cell: ({ direction }) => <Tag tone={direction === 'entered' ? 'blue' : 'grey'}>{t(direction)}</Tag>,
              },
              { key: 'reason', title: t('col.reason'), cell: ({ reason }) => word(`reason.${reason}`) },
              { key: 'on', title: t('col.on'), cell: ({ on }) => (on === null ? t('none') : <Day on={on} />) },
              numberColumn(),
              textColumn(),
              townColumn(),
              ...act,
            ]}
          />
        )}
      </div>
    </Card>
  );
};
