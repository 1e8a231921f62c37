import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { read } from '../../api/calls';
import { clearanceList } from '../../api/generated/sdk.gen';
import type { FigureList } from '../../api/generated/types.gen';
import { DataTable } from '../../ui/data-table';
import { Page } from '../../ui/page';
import { Empty, Fault, Loading } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { usePages } from '../../ui/use-pages';
import { useAsOf, useView } from './day-choice';
import { basisIn, dayIn, scopeIn, search, type Basis } from './links';
import { Day, FindingLink, ToldText, useActColumn } from './rows';
import { countsLegs, figureName, rowName, t } from './words';
import styles from './leaders.module.css';

type Row = FigureList['rows'][number];

const Rows = ({
  rows,
  more,
  loadingMore,
  caption,
}: Readonly<{ rows: readonly Row[]; more?: (() => void) | undefined; loadingMore: boolean; caption: string }>): ReactNode => (
  <DataTable<Row>
    caption={caption}
    rows={rows}
    more={more}
    loadingMore={loadingMore}
    keyOf={({ findingId, legId }) => `${findingId}/${legId ?? ''}`}
    columns={[
      { key: 'number', title: t('col.number'), cell: (row) => (row.placeholder ? row.number : <FindingLink {...row} />) },
      {
        key: 'text',
        title: t('col.text'),
        cell: ({ told, placeholder }) => (placeholder ? t('placeholderRow') : <ToldText told={told} />),
      },
      { key: 'town', title: t('col.town'), cell: ({ told }) => told?.town.name ?? '' },
      { key: 'since', title: t('col.since'), cell: ({ since }) => <Day on={since} /> },
      ...useActColumn(),
    ]}
  />
);

const spanWords = (from: string | null, day: string, basis: Basis): string =>
  [
    from === null ? t('listAsOf', { day: dayWords(day) }) : t('listPeriod', { from: dayWords(from), to: dayWords(day) }),
    t(`basis.${basis}`),
  ].join(' · ');

/** What a number of the board consists of: as many as the number says. */
export default function ListPage(): ReactNode {
  const { params } = useView();
  const { asOf, day } = useAsOf();
  const [scope, basis, from] = [scopeIn(params, 'county'), basisIn(params), dayIn(params, 'from')];
  const [id, figure, subtree] = [params.get('id') ?? 'all', params.get('figure') ?? 'open', params.get('subtree') === 'false'];
  const query = {
    scope,
    id,
    figure,
    basis,
    ...(asOf === null ? {} : { asOf }),
    ...(from === null ? {} : { from }),
    ...(subtree ? { subtree: 'false' as const } : {}),
  };
  const { first, rows, more, loadingMore, isPending, error, refetch } = usePages(
    ['findings', 'behind', query],
    (cursor) => read(clearanceList({ query: { ...query, ...(cursor === undefined ? {} : { cursor }) } })),
    (page) => page.rows,
  );
  const name = figureName(scope, figure);
  const title = scope === 'county' ? name : t('listOf', { row: rowName(scope, id, first?.name ?? null), figure: name });
  return (
    <Page
      title={title}
      tools={
        <Link className={styles['more']} to={`/clearance${search({ scope, asOf, from, basis: basis === 'business' ? basis : null })}`}>
          {t('backToBoard')}
        </Link>
      }
    >
      <p>{spanWords(from, day, basis)}</p>
      {isPending && <Loading />}
      {first === undefined && error !== null && <Fault error={error} again={() => void refetch()} />}
      {first !== undefined && (
        <>
          <p role="status">{t('listTotal', { n: first.total, unit: t(countsLegs(scope) ? 'unit.legs' : 'unit.findings') })}</p>
          {rows.length === 0 ? <Empty>{t('listEmpty')}</Empty> : <Rows rows={rows} more={more} loadingMore={loadingMore} caption={title} />}
        </>
      )}
    </Page>
  );
}
