import { lazy, Suspense, type ReactNode } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { read } from '../../api/calls';
import { clearanceBoard } from '../../api/generated/sdk.gen';
import type { BoardAnswer } from '../../api/generated/types.gen';
import { SelectField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Empty, Loaded, Loading, Notice } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { COLUMN_SETS, columnsOf, ordered, type Row } from './board-columns';
import { BoardFilters } from './board-filters';
import { CarriedOver } from './carried-over';
import { periodOf } from './period';
import { BoardTable } from './board-table';
import { useAsOf, useView } from './day-choice';
import { Footnotes } from './footnotes';
import { basisIn, oneOf, scopeIn, SCOPES, search } from './links';
import { NumberLink } from './number-link';
import { countsLegs, rateName, rowName, t } from './words';
import styles from './leaders.module.css';

const TrendPanel = lazy(() => import('./trend-panel'));

type Asked = NonNullable<Parameters<typeof clearanceBoard>[0]>['query'];
const boardOf = (query: Asked): Promise<BoardAnswer> => read(clearanceBoard({ query }));

/** The view as the address says it; the period is this month where nothing else is asked for. */
const useBoardView = () => {
  const { params, change } = useView();
  const { asOf, day } = useAsOf();
  const scope = scopeIn(params, 'town');
  return {
    params,
    change,
    asOf,
    day,
    scope,
    basis: basisIn(params),
    from: periodOf(params.get('from'), day),
    peer: countsLegs(scope) ? (params.get('peer') ?? 'grouped') : 'all',
    set: oneOf(COLUMN_SETS, params.get('columns'), 'main'),
    order: { by: params.get('sort'), descending: params.get('dir') !== 'asc' },
  };
};
type View = ReturnType<typeof useBoardView>;

const Scopes = ({ view }: Readonly<{ view: View }>): ReactNode => (
  <nav aria-label={t('scope')}>
    <ul className={styles['tabs']}>
      {SCOPES.map((scope) => {
        const next = new URLSearchParams(view.params);
        next.set('scope', scope);
        for (const name of ['peer', 'sort', 'dir', 'trend']) next.delete(name);
        return (
          <li key={scope}>
            <Link to={`/clearance?${next.toString()}`} aria-current={scope === view.scope ? 'page' : undefined} preventScrollReset>
              {t(`scope.${scope}`)}
            </Link>
          </li>
        );
      })}
    </ul>
  </nav>
);

/** The county's own rate above every board: findings cleared, beside the legs passed of the rows (R34). */
const Headline = ({ board, view }: Readonly<{ board: BoardAnswer; view: View }>): ReactNode => {
  const row = board.rows[0] as Row | undefined;
  if (row === undefined) return null;
  const place = { scope: 'county' as const, id: 'all', asOf: board.asOf, from: view.from, basis: view.basis };
  const name = rowName('county', 'all', null, board.partial);
  if (row.nothingFiled) return <p className={styles['lead']}>{t('headlineNone', { name })}</p>;
  return (
    <p className={styles['lead']}>
      {name}
      {t('colon')}
      {(['clearance', 'clearanceWithImmediate'] as const).map((key, at) => {
        const rate = row.rates[key];
        return rate === undefined ? null : (
          <span key={key}>
            {at > 0 && t('semicolon')}
            {rateName(key)} {rate.percent !== null && <strong>{rate.percent}% </strong>}
            <NumberLink n={rate.numerator} row={name} to={{ ...place, figure: rate.of.numerator }} />/
            <NumberLink n={rate.denominator} row={name} to={{ ...place, figure: rate.of.denominator }} />
          </span>
        );
      })}
      {t('stop')}
      <CarriedOver n={board.carryOvers[0]?.n ?? 0} scope="county" id="all" row={name} />
    </p>
  );
};

const Rows = ({ board, view }: Readonly<{ board: BoardAnswer; view: View }>): ReactNode => {
  const { scope, basis, from, set, peer, order, change, params } = view;
  const at = { scope, asOf: board.asOf, from, basis };
  const nameOf = (row: Row): string => rowName(scope, row.id, row.name, board.partial);
  const columns = columnsOf(scope, set).filter(({ key }) => from !== null || !key.startsWith('carriedOver'));
  const rows = ordered(board.rows, order, columns, nameOf);
  const onOrder = (by: string | null): void => change({ sort: by, dir: by !== null && by === order.by && order.descending ? 'asc' : null });
  const trendOf = (row: Row): string => {
    const next = new URLSearchParams(params);
    next.set('trend', row.id);
    return `/clearance?${next.toString()}`;
  };
  if (rows.length === 0) return <Empty>{t(board.partial && !countsLegs(scope) ? 'partialScope' : 'noRows')}</Empty>;
  const caption = [
    t(`scope.${scope}`),
    from === null ? t('listAsOf', { day: dayWords(board.asOf) }) : t('listPeriod', { from: dayWords(from), to: dayWords(board.asOf) }),
    t(`basis.${basis}`),
  ].join(' · ');
  const carried = new Map(board.carryOvers.map(({ id, n }) => [id, n]));
  const shown = params.get('trend');
  const target = rows.find(({ id }) => id === shown);
  return (
    <>
      <p className={styles['note']}>{caption}</p>
      <div className={styles['phoneOnly']}>
        <SelectField
          label={t('sort')}
          placeholder={null}
          value={order.by ?? 'name'}
          onChange={(by) => change({ sort: by === 'name' ? null : by, dir: null })}
          options={[
            { value: 'name', label: t('row') },
            ...columns.map(({ key, title }) => ({ value: key, label: t('sortDown', { name: title }) })),
          ]}
        />
      </div>
      <BoardTable {...{ caption, rows, columns, peer, order, onOrder, at, carried, nameOf, trendOf }} />
      <Suspense fallback={<Loading />}>
        <TrendPanel
          key={target?.id ?? 'all'}
          scope={target === undefined ? 'county' : scope}
          id={target?.id ?? 'all'}
          name={target === undefined ? rowName('county', 'all', null, board.partial) : nameOf(target)}
          to={view.asOf}
          basis={basis}
          asked={target !== undefined}
        />
      </Suspense>
      <Footnotes footnote={board.footnote} asOf={board.asOf} basis={basis} />
    </>
  );
};

/** The clearance board: by town, department, category, list and source, on any past day, for a period, on either basis. */
export default function BoardPage(): ReactNode {
  const view = useBoardView();
  const { scope, basis, from, asOf, day } = view;
  const asked = { basis, ...(asOf === null ? {} : { asOf }), ...(from === null ? {} : { from }) };
  const board = useQuery({
    queryKey: ['findings', 'board', scope, asked],
    queryFn: () => boardOf({ scope, ...asked }),
    placeholderData: keepPreviousData,
  });
  const county = useQuery({ queryKey: ['findings', 'board', 'county', asked], queryFn: () => boardOf({ scope: 'county', ...asked }) });
  return (
    <Page
      title={t('boardTitle')}
      tools={
        <Link className={styles['more']} to={`/clearance/compare${search({ scope, to: asOf })}`}>
          {t('compareLink')}
        </Link>
      }
    >
      <Scopes view={view} />
      <BoardFilters view={view} />
      {asOf !== null && basis === 'recorded' && <Notice tone="amber">{t('pastDay', { day: dayWords(day) })}</Notice>}
      {basis === 'business' && <Notice tone="amber">{t('basisBusinessNote')}</Notice>}
      {board.data?.partial === true && <Notice>{t('partial')}</Notice>}
      {county.data !== undefined && <Headline board={county.data} view={view} />}
      <Loaded query={board}>{(data) => (data.scope === scope ? <Rows board={data} view={view} /> : <Loading />)}</Loaded>
    </Page>
  );
}
