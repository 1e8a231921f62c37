import type { ReactNode } from 'react';
import { Link } from 'react-router';
import zh from '../../i18n/zh/round-trip.json';
import { textsOf } from '../../i18n/texts';
import { read } from '../../api/calls';
import { roundTripRows } from '../../api/generated/sdk.gen';
import type { RoundTripAnswer, RoundTripRowShown } from '../../api/generated/types.gen';
import { More } from '../../ui/more';
import { Paged } from '../../ui/paged';
import { Card, Tag } from '../../ui/states';
import { Tabs } from '../../ui/tabs';
import { dateTimeWords } from '../../ui/time';
import { useAddress } from '../../ui/use-address';
import { usePages } from '../../ui/use-pages';
import { CellsTable } from './cells-table';
import { rowTone, tabsOf } from './round-trip';
import styles from './round-trip.module.css';

const t = textsOf(zh);
const PAGE_ROWS = 50;

const Row = ({ row }: Readonly<{ row: RoundTripRowShown }>): ReactNode => (
  <Card
    title={
      <span className={styles['head']}>
        {row.findingId === null ? row.number : <Link to={`/findings/${row.findingId}`}>{row.number}</Link>}
        {row.sheetRow !== null && <span className={styles['soft']}>{t('sheetRow', { n: row.sheetRow })}</span>}
        <Tag tone={rowTone(row.state)}>{t(`row.${row.state}`)}</Tag>
      </span>
    }
  >
    {row.reasons.map((reason) => (
      <p key={reason.code} className={styles['reason']}>
        {reason.zh} <span lang="en">{reason.en}</span>
      </p>
    ))}
    {row.since.length > 0 && (
      <>
        <h3>{t('since')}</h3>
        <ul>
          {row.since.map(({ at, label }, n) => (
            <li key={n}>
              <time dateTime={at}>{dateTimeWords(at)}</time> {label.zh}
            </li>
          ))}
        </ul>
        <p>{t('sinceNote')}</p>
      </>
    )}
    {row.cells.length > 0 && <CellsTable row={row} />}
  </Card>
);

/** The rows of a workbook that came back, each with its cells. */
export const RoundTripRows = ({ job }: Readonly<{ job: RoundTripAnswer }>): ReactNode => {
  const { roundTripId: id, state, counts, changedAt } = job;
  const { get } = useAddress();
  const tabs = counts === null ? [] : tabsOf(counts);
  const only = (tabs.find(({ only: one }) => one === get('only')) ?? tabs[0])?.only ?? 'all';
  const pages = usePages(
    ['round-trip', id, 'rows', only],
    async (after) => {
      const query = { only, limit: PAGE_ROWS, ...(after === undefined ? {} : { after: Number(after) }) };
      const { rows, next } = await read(roundTripRows({ path: { id }, query }));
      return { rows, next: next === null ? null : String(next) };
    },
    ({ rows }) => rows,
    JSON.stringify([state, changedAt, counts]),
  );
  return (
    <>
      <h2>{t('rows')}</h2>
      <Tabs
        label={t('rows')}
        items={tabs.map(({ only: one, count }) => ({
          to: `/round-trip/${id}?only=${one}`,
          label: t(`only.${one}`),
          count,
          current: one === only,
        }))}
      />
      <Paged pages={pages} empty={t('noRows')}>
        {(rows) => (
          <>
            {rows.map((row) => (
              <Row key={row.n} row={row} />
            ))}
            <More more={pages.more} busy={pages.loadingMore} />
          </>
        )}
      </Paged>
    </>
  );
};
