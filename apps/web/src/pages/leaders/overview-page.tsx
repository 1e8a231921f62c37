import { Fragment, type PropsWithChildren, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { read } from '../../api/calls';
import { clearanceBoard, leadersPagesOverview } from '../../api/generated/sdk.gen';
import type { OverviewAnswer } from '../../api/generated/types.gen';
import { Button, LinkButton } from '../../ui/button';
import { Page } from '../../ui/page';
import { Card, Loaded, Notice, Tools } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { CarriedOver } from './carried-over';
import { DayChoice, PastDay, useAsOf } from './day-choice';
import { DueByUnit } from './due-by-unit';
import { listLink, search } from './links';
import { Sentence } from './number-link';
import { PrintSheet } from './print-sheet';
import type { Said as Sentences } from './said';
import { RemainderBar, RemainderTable } from './remainder-bar';
import { ShortList, UntouchedList } from './rows';
import {
  besideSaid,
  dueSaid,
  paceSaid,
  relapsesSaid,
  remainsSaid,
  seriousSaid,
  untouchedSaid,
  upperSaid,
  weekOtherSaid,
  weekSaid,
  type CountyState,
} from './sentences';
import { UpperTable } from './upper-table';
import { t } from './words';
import styles from './leaders.module.css';

/** Shown on the first screen; the page of the upper level's list has them all. */
const UPPER_SHOWN = 10;

const boardOf = (asOf: string | null) => read(clearanceBoard({ query: { scope: 'county', ...(asOf === null ? {} : { asOf }) } }));
type Board = Awaited<ReturnType<typeof boardOf>>;

const Part = ({ title, children }: PropsWithChildren<{ title: string }>): ReactNode => (
  <Card title={title}>
    <div className={styles['part']}>{children}</div>
  </Card>
);

const More = ({ total, shown, to }: Readonly<{ total: number; shown: number; to: string }>): ReactNode =>
  total > shown ? (
    <p>
      <Link className={styles['more']} to={to}>
        {t('moreRows', { n: total })}
      </Link>
    </p>
  ) : null;

/** Its name and its sentences: everything that matters before anybody scrolls. */
const Said = ({ title, said, children }: PropsWithChildren<{ title: string; said: readonly Sentences[] }>): ReactNode => (
  <>
    <dt>{title}</dt>
    <dd>
      {said.map((one) => (
        <Fragment key={one.key}>
          <Sentence said={one} />
        </Fragment>
      ))}
      {children}
    </dd>
  </>
);

const AtAGlance = ({ overview, state }: Readonly<{ overview: OverviewAnswer; state: CountyState | null }>): ReactNode => {
  const other = weekOtherSaid(overview);
  return (
    <Card title={t('glance', { day: dayWords(overview.asOf) })}>
      <dl className={styles['first']}>
        <Said title={t('remainsTitle')} said={[remainsSaid(overview, state)]}>
          <RemainderBar overview={overview} />
          {overview.remainder > 0 && (
            <details>
              <summary>{t('barTitle')}</summary>
              <RemainderTable overview={overview} />
            </details>
          )}
        </Said>
        <Said title={t('besideTitle')} said={[besideSaid(overview)]}>
          <CarriedOver n={overview.carryOvers} scope="county" id="all" row={t('scope.county')} />
        </Said>
        <Said title={t('weekTitle')} said={[weekSaid(overview), ...(other === null ? [] : [other])]} />
        <Said title={t('dueTitle')} said={[dueSaid(overview)]} />
        <Said title={t('paceTitle')} said={paceSaid(overview, state)} />
        <Said title={t('seriousTitle')} said={[seriousSaid(overview)]} />
        <Said title={t('stillTitle')} said={[untouchedSaid(overview)]} />
        <Said title={t('relapsesTitle')} said={[relapsesSaid(overview)]} />
        <Said title={t('upperShort')} said={[upperSaid(overview)]} />
      </dl>
    </Card>
  );
};

const First = ({ overview, board }: Readonly<{ overview: OverviewAnswer; board: Board }>): ReactNode => {
  const { asOf, serious, relapses, untouched, upper, dueNext7Days } = overview;
  const state = board.rows[0] ?? null;
  const behind = (figure: string): string => listLink({ scope: 'county', id: 'all', figure, asOf });
  return (
    <div className={styles['screen']}>
      {overview.partial && <Notice>{t('partial')}</Notice>}
      <AtAGlance overview={overview} state={state} />
      {untouched.length > 0 && (
        <Part title={t('untouchedTitle')}>
          <UntouchedList rows={untouched} />
          <p className={styles['note']}>{t('phoneNote')}</p>
        </Part>
      )}
      {dueNext7Days.units.length > 0 && (
        <Part title={t('dueByUnit')}>
          <DueByUnit due={dueNext7Days} asOf={asOf} />
        </Part>
      )}
      {serious.rows.length > 0 && (
        <Part title={t('seriousTitle')}>
          <ShortList caption={t('seriousTitle')} rows={serious.rows} />
          <More total={serious.total} shown={serious.rows.length} to={behind('serious')} />
        </Part>
      )}
      {relapses.rows.length > 0 && (
        <Part title={t('relapsesTitle')}>
          <ShortList caption={t('relapsesTitle')} rows={relapses.rows} />
          <More total={relapses.total} shown={relapses.rows.length} to={behind('relapses')} />
        </Part>
      )}
      {upper.rows.length > 0 && (
        <Part title={t('upperTitle')}>
          <UpperTable rows={upper.rows.slice(0, UPPER_SHOWN)} />
          <More total={upper.total} shown={Math.min(upper.rows.length, UPPER_SHOWN)} to={`/upper${search({ asOf })}`} />
        </Part>
      )}
      <PrintSheet overview={overview} footnote={board.footnote} state={state} />
    </div>
  );
};

/** The first screen of a leader: one sentence each, and every number opens its list. */
export default function OverviewPage(): ReactNode {
  const { asOf } = useAsOf();
  const query = useQuery({
    queryKey: ['findings', 'overview', asOf],
    queryFn: async () => {
      const [overview, board] = await Promise.all([read(leadersPagesOverview({ query: asOf === null ? {} : { asOf } })), boardOf(asOf)]);
      return { overview, board };
    },
  });
  return (
    <Page
      title={t('title')}
      tools={
        <Tools>
          <DayChoice />
          <LinkButton to={`/clearance${search({ asOf })}`}>{t('boardTitle')}</LinkButton>
          <Button onClick={() => window.print()}>{t('print')}</Button>
        </Tools>
      }
    >
      <PastDay />
      <Loaded query={query}>{(data) => <First {...data} />}</Loaded>
    </Page>
  );
}
