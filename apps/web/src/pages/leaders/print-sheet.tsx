import type { ReactNode } from 'react';
import type { OverviewAnswer } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { dayWords } from '../../ui/time';
import { RemainderBar } from './remainder-bar';
import { plain, type Said } from './said';
import {
  besideSaid,
  dueSaid,
  paceSaid,
  relapsesSaid,
  remainsSaid,
  seriousSaid,
  upperSaid,
  weekOtherSaid,
  weekSaid,
  type CountyState,
} from './sentences';
import { t, word } from './words';
import styles from './print.module.css';

/** As many rows as one page holds with everything on it. */
const ROWS = { due: 8, short: 4, upper: 6 } as const;

type Cells = readonly (string | number)[];
type TableProps = Readonly<{ title: string; heads: readonly string[]; rows: readonly Cells[]; total: number; widths: readonly number[] }>;
const Lines = ({ title, heads, rows, total, widths }: TableProps): ReactNode =>
  rows.length === 0 ? null : (
    <table className={styles['lines']}>
      <caption>{title}</caption>
      <colgroup>
        {widths.map((width, at) => (
          <col key={heads[at]} style={{ width: `${width}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cells, row) => (
          <tr key={`${String(cells[0])}-${row}`}>
            {cells.map((cell, at) => (
              <td key={heads[at]}>{cell}</td>
            ))}
          </tr>
        ))}
        {total > rows.length && (
          <tr>
            <td colSpan={heads.length}>{t('printMore', { n: total - rows.length })}</td>
          </tr>
        )}
      </tbody>
    </table>
  );

type Person = NonNullable<OverviewAnswer['untouched'][number]['person']>;
/** Masked on paper: the full number is read on the screen, where the reading is kept. */
const called = (person: Person | null): string => (person === null ? t('noPerson') : [person.name, person.phone].filter(Boolean).join(' '));
const told = (row: OverviewAnswer['serious']['rows'][number]): string => row.told?.text ?? t('unknownText');
const shortRows = (rows: OverviewAnswer['serious']['rows'], asOf: string): readonly Cells[] =>
  rows.slice(0, ROWS.short).map((row) => [row.number, told(row), row.told?.town.name ?? '', dayWords(row.since, asOf.slice(0, 4))]);

type Props = Readonly<{
  overview: OverviewAnswer;
  state: CountyState | null;
  footnote: Readonly<{ townLegs: number; departmentLegs: number; findings: number }>;
}>;

/** The same on one page of A4: only there when printing. */
export const PrintSheet = ({ overview, state, footnote }: Props): ReactNode => {
  const { person, acting } = useSession().who;
  const { asOf, dueNext7Days: due, serious, relapses, untouched, upper } = overview;
  const sentences: readonly (Said | null)[] = [
    remainsSaid(overview, state),
    besideSaid(overview),
    weekSaid(overview),
    weekOtherSaid(overview),
    ...paceSaid(overview, state),
    dueSaid(overview),
    seriousSaid(overview),
    relapsesSaid(overview),
    upperSaid(overview),
  ];
  const short = [t('col.number'), t('col.text'), t('col.town'), t('col.since')];
  return (
    <div className={styles['sheet']}>
      <div className={styles['head']}>
        <strong>{t('printHead')}</strong>
        <span>{t('printAsOf', { day: dayWords(asOf) })}</span>
        {overview.partial && <span>{t('partial')}</span>}
      </div>
      {sentences
        .filter((said) => said !== null)
        .map((said) => (
          <p key={said.key}>{plain(said)}</p>
        ))}
      <RemainderBar overview={overview} />
      <Lines
        title={t('untouchedTitle')}
        heads={[t('col.number'), t('col.text'), t('col.unit'), t('col.days'), t('col.leader'), t('col.person')]}
        widths={[15, 26, 14, 7, 19, 19]}
        total={untouched.length}
        rows={untouched.map((leg) => [
          leg.number,
          leg.told?.text ?? t('unknownText'),
          leg.unit.name,
          leg.workingDays,
          called(leg.leaders[0] ?? null),
          called(leg.person),
        ])}
      />
      <div className={styles['two']}>
        <Lines
          title={t('dueByUnit')}
          heads={[t('dueUnit'), t('dueUnitToday'), t('dueUnitSoon')]}
          widths={[50, 25, 25]}
          total={due.units.length}
          rows={due.units.slice(0, ROWS.due).map((unit) => [unit.name, unit.today, unit.legs])}
        />
        <div>
          <Lines
            title={t('seriousTitle')}
            heads={short}
            widths={[28, 38, 17, 17]}
            total={serious.total}
            rows={shortRows(serious.rows, asOf)}
          />
          <Lines
            title={t('relapsesTitle')}
            heads={short}
            widths={[28, 38, 17, 17]}
            total={relapses.total}
            rows={shortRows(relapses.rows, asOf)}
          />
        </div>
      </div>
      <Lines
        title={t('upperTitle')}
        heads={[t('col.authority'), t('col.upperNumber'), t('col.text'), t('col.stage'), t('col.county'), t('col.upperCleared')]}
        widths={[26, 12, 32, 10, 10, 10]}
        total={upper.total}
        rows={upper.rows
          .slice(0, ROWS.upper)
          .map((row) => [
            [row.authority, row.batch].filter(Boolean).join(' '),
            row.upperNumber ?? '',
            row.told?.text ?? t('unknownText'),
            row.stage === null ? '' : word(`stage.${row.stage}`),
            row.countyClearedOn === null ? t('notYet') : dayWords(row.countyClearedOn, asOf.slice(0, 4)),
            row.upperClearedOn === null ? t('notYet') : dayWords(row.upperClearedOn, asOf.slice(0, 4)),
          ])}
      />
      <ol className={styles['notes']}>
        <li>{t('foot.legs', footnote)}</li>
        <li>{t('foot.recorded', { day: dayWords(asOf) })}</li>
        <li>{t('foot.overdue')}</li>
        <li>{t('foot.pace', { days: overview.pace.workingDays })}</li>
      </ol>
      <p className={styles['by']}>{t('printed', { name: person.name, unit: acting?.unit.name ?? '' })}</p>
    </div>
  );
};
