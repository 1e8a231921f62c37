import type { ReactNode } from 'react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { clearanceBoard } from '../../api/generated/sdk.gen';
import type { BoardAnswer, BoardScope } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { SelectField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Empty, Loaded, Notice, Tools } from '../../ui/states';
import { columnsOf, type Row } from './board-columns';
import { CompareTable } from './compare-table';
import { Moved } from './compare-moved';
import { useView } from './day-choice';
import { DayField } from './day-field';
import { addDays, BASES, basisIn, dayIn, scopeIn, SCOPES, type Basis } from './links';
import { rowName, t } from './words';
import styles from './leaders.module.css';

type View = Readonly<{ scope: BoardScope; id: string | null; figure: string; from: string; to: string; basis: Basis }>;
type Change = ReturnType<typeof useView>['change'];

const useCompareView = (): Readonly<{ view: View; change: Change; today: string }> => {
  const { params, change } = useView();
  const { today } = useSession().who;
  const asked = dayIn(params, 'to');
  const to = asked === null || asked > today ? today : asked;
  const from = dayIn(params, 'from') ?? addDays(to, -7);
  return {
    view: {
      scope: scopeIn(params, 'county'),
      id: params.get('id'),
      figure: params.get('figure') ?? 'open',
      from,
      to,
      basis: basisIn(params),
    },
    change,
    today,
  };
};

const Choices = ({
  view,
  change,
  today,
  boards,
}: Readonly<{ view: View; change: Change; today: string; boards: Boards | undefined }>): ReactNode => (
  <Tools>
    <DayField label={t('compareFrom')} max={view.to} value={view.from} onChange={(from) => change({ from })} />
    <DayField label={t('compareTo')} max={today} value={view.to} onChange={(to) => change({ to })} />
    <SelectField
      label={t('scope')}
      placeholder={null}
      value={view.scope}
      onChange={(scope) => change({ scope, id: null, figure: null })}
      options={SCOPES.map((value) => ({ value, label: t(`scope.${value}`) }))}
    />
    {boards !== undefined && view.scope !== 'county' && (
      <SelectField
        label={t('compareRow')}
        placeholder={null}
        value={view.id ?? boards.after.rows[0]?.id ?? ''}
        onChange={(id) => change({ id })}
        options={boards.after.rows.map(({ id, name }) => ({ value: id, label: rowName(view.scope, id, name) }))}
      />
    )}
    <SelectField
      label={t('basis')}
      placeholder={null}
      value={view.basis}
      onChange={(basis) => change({ basis: basis === 'business' ? basis : null })}
      options={BASES.map((value) => ({ value, label: t(`basis.${value}`) }))}
    />
  </Tools>
);

type Boards = Readonly<{ before: BoardAnswer; after: BoardAnswer }>;

const Both = ({ boards: { before, after }, view }: Readonly<{ boards: Boards; view: View }>): ReactNode => {
  const { scope, figure } = view;
  const id = view.id ?? after.rows[0]?.id;
  const find = (board: BoardAnswer): Row | undefined => (board.rows as readonly Row[]).find((row) => row.id === id);
  const [first, second] = [find(before), find(after)];
  if (id === undefined || second === undefined) return <Empty>{t('noRows')}</Empty>;
  const at = { ...view, id };
  const columns = columnsOf(scope, 'all').filter(({ key }) => !key.startsWith('carriedOver'));
  const name = rowName(scope, id, second.name, after.partial);
  return (
    <>
      {after.partial && <Notice>{t('partial')}</Notice>}
      <Moved at={at} name={name} key={`${scope}/${id}/${figure}`} />
      <CompareTable before={first ?? null} after={second} columns={columns} at={at} name={name} />
      <p className={styles['note']}>{t('compareNoPeriod')}</p>
    </>
  );
};

/** Two days compared: the figure on both, the difference, and what moved it. */
export default function ComparePage(): ReactNode {
  const { view, change, today } = useCompareView();
  const { scope, from, to, basis } = view;
  const inOrder = from <= to;
  const query = useQuery({
    queryKey: ['findings', 'boards', scope, from, to, basis],
    enabled: inOrder,
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<Boards> => {
      const on = (asOf: string): Promise<BoardAnswer> => read(clearanceBoard({ query: { scope, asOf, basis } }));
      const [before, after] = await Promise.all([on(from), on(to)]);
      return { before, after };
    },
  });
  const boards = query.data?.after.scope === scope ? query.data : undefined;
  return (
    <Page title={t('compareTitle')}>
      <Choices {...{ view, change, today, boards }} />
      {inOrder ? (
        <Loaded query={{ ...query, data: boards, isPending: query.isPending || query.isPlaceholderData }}>
          {(data) => <Both boards={data} view={view} />}
        </Loaded>
      ) : (
        <Notice tone="red" alert>
          {t('compareOrder')}
        </Notice>
      )}
    </Page>
  );
}
