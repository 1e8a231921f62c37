import type { ReactNode } from 'react';
import type { BulletinRow, BulletinSaid, BulletinTable } from '../../api/generated/types.gen';
import { DataTable, type Column } from '../../ui/data-table';
import { Card } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { Change, Frozen, Points, RateShown } from './numbers';
import { figureWord, own, rateWord, SECTIONS, t, zeroWord, type Scope } from './words';
import styles from './bulletins.module.css';

type Section = (typeof SECTIONS)[number];
const TABLES: Readonly<Record<Section, readonly Scope[]>> = {
  overall: ['county', 'list', 'source'],
  towns: ['town'],
  departments: ['department'],
  problems: ['category'],
  next: [],
};

type Measure = Readonly<{ kind: 'figure' | 'rate'; name: string }>;
const measuresOf = ({ shown: { figures, rates } }: BulletinTable): readonly Measure[] => [
  ...figures.map((name) => ({ kind: 'figure' as const, name })),
  ...rates.map((name) => ({ kind: 'rate' as const, name })),
];
const measureWord = (scope: Scope, { kind, name }: Measure): string => (kind === 'figure' ? figureWord(scope, name) : rateWord(name));

const Before = ({ row, measure: { kind, name } }: Readonly<{ row: BulletinRow; measure: Measure }>): ReactNode => {
  if (kind === 'figure') return row.before?.figures[name] ?? t('noBefore');
  const share = row.before?.rates[name];
  return share === undefined ? t('noBefore') : `${String(share.numerator)}/${String(share.denominator)}`;
};

/** One figure a line, this issue beside the last. */
const CountyTable = ({ of, table, row }: Readonly<{ of: BulletinSaid; table: BulletinTable; row: BulletinRow }>): ReactNode => {
  const at = { of, table, row };
  return (
    <DataTable<Measure>
      caption={own('table.county')}
      rows={measuresOf(table)}
      keyOf={({ name }) => name}
      columns={[
        { key: 'measure', title: t('measure'), cell: (measure) => measureWord('county', measure) },
        {
          key: 'now',
          title: t('now'),
          number: true,
          cell: ({ kind, name }) =>
            kind === 'figure' ? <Frozen at={at} figure={name} n={row.figures[name] ?? 0} /> : <RateShown at={at} rate={name} />,
        },
        ...(of.previous === null
          ? []
          : [
              { key: 'before', title: t('before'), number: true, cell: (measure: Measure) => <Before row={row} measure={measure} /> },
              {
                key: 'change',
                title: t('change'),
                number: true,
                cell: ({ kind, name }: Measure) => (kind === 'figure' ? <Change at={at} figure={name} /> : <Points at={at} rate={name} />),
              },
            ]),
      ]}
    />
  );
};

const Named = ({ row }: Readonly<{ row: BulletinRow }>): ReactNode => (
  <>
    {row.name}
    {row.nothingFiled && <div className={styles['small']}>{t('nothingFiled')}</div>}
    {row.zeros.map(({ kind, reached, lost }) => (
      <div key={`${kind}-${reached}`} className={styles['small']}>
        {lost === null
          ? t('zeroHeld', { kind: zeroWord(kind), reached: dayWords(reached) })
          : t('zeroLost', { kind: zeroWord(kind), reached: dayWords(reached), lost: dayWords(lost) })}
      </div>
    ))}
  </>
);

const RowsTable = ({ of, table }: Readonly<{ of: BulletinSaid; table: BulletinTable }>): ReactNode => {
  // Off unless the issue was asked for with places.
  const placedBy = of.ranked ? table.placedBy : null;
  const columns = measuresOf(table).map((measure): Column<BulletinRow> => {
    const { kind, name } = measure;
    return {
      key: name,
      title: measureWord(table.scope, measure),
      number: true,
      cell: (row) =>
        kind === 'figure' ? (
          <>
            <Frozen at={{ of, table, row }} figure={name} n={row.figures[name] ?? 0} /> <Change at={{ of, table, row }} figure={name} />
          </>
        ) : (
          <>
            <RateShown at={{ of, table, row }} rate={name} /> <Points at={{ of, table, row }} rate={name} />
          </>
        ),
    };
  });
  return (
    <>
      <h3>{own(`table.${table.scope}`)}</h3>
      <DataTable<BulletinRow>
        caption={own(`table.${table.scope}`)}
        rows={table.rows}
        keyOf={({ id }) => id}
        columns={[
          { key: 'name', title: t('row'), cell: (row) => <Named row={row} /> },
          ...columns,
          ...(placedBy === null
            ? []
            : [{ key: 'place', title: t('place'), number: true, cell: ({ place }: BulletinRow) => place ?? t('noBefore') }]),
        ]}
      />
      {placedBy !== null && <p className={styles['small']}>{t('placeNote', { rate: rateWord(placedBy) })}</p>}
      {table.leftOut > 0 && <p className={styles['small']}>{t('leftOut', { n: table.leftOut })}</p>}
    </>
  );
};

/** What an issue says: its words, and every number with the list behind it and the difference from the last one. */
export const IssueView = ({ of }: Readonly<{ of: BulletinSaid }>): ReactNode => (
  <>
    {SECTIONS.map((section) => (
      <Card key={section} title={own(`section.${section}`)}>
        {of.texts[section] !== '' && <p className={styles['text']}>{of.texts[section]}</p>}
        {TABLES[section].map((scope) => {
          const table = of.figures.tables.find((one) => one.scope === scope);
          const [row] = table?.rows ?? [];
          if (table === undefined || row === undefined) return null;
          return scope === 'county' ? (
            <CountyTable key={scope} of={of} table={table} row={row} />
          ) : (
            <RowsTable key={scope} of={of} table={table} />
          );
        })}
      </Card>
    ))}
    <Card>
      {of.corrections.length > 0 && (
        <>
          <h2>{t('printedHere')}</h2>
          <ul>
            {of.corrections.map((line) => (
              <li key={`${line.bulletinId}/${String(line.revision)}/${line.scope}/${line.id}/${line.figure}`}>
                {t('printedLine', { ...line, day: dayWords(line.asOf), figure: figureWord(line.scope, line.figure) })}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={styles['small']}>{t('frozen', { position: of.position, day: dayWords(of.period.to) })}</p>
      <p className={styles['small']}>{t('foot', of.figures.footnote)}</p>
      {of.figures.carryOvers > 0 && <p className={styles['small']}>{t('carryOvers', { n: of.figures.carryOvers })}</p>}
      {of.previous !== null && (
        <p className={styles['small']}>{t('changeNote', { label: of.previous.label, day: dayWords(of.previous.asOf) })}</p>
      )}
    </Card>
  </>
);
