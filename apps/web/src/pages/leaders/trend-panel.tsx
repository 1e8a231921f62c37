import { lazy, Suspense, useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { leadersPagesTrend } from '../../api/generated/sdk.gen';
import type { BoardScope, Trend } from '../../api/generated/types.gen';
import { DataTable } from '../../ui/data-table';
import { RadioGroup } from '../../ui/fields';
import { Card, Loaded } from '../../ui/states';
import { dayWords } from '../../ui/time';
import type { Basis } from './links';
import { NumberLink } from './number-link';
import { countsLegs, t } from './words';
import styles from './leaders.module.css';

const TrendChart = lazy(() => import('./trend-chart'));
const STEPS = ['day', 'week'] as const;
type Step = (typeof STEPS)[number];
type Point = Trend['points'][number];

const altOf = (name: string, points: readonly Point[]): string => {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return name;
  return t('trendAlt', {
    name,
    from: dayWords(first.day),
    to: dayWords(last.day),
    a: first.open,
    b: last.open,
    c: first.overdue,
    d: last.overdue,
  });
};

const Points = ({ trend, name }: Readonly<{ trend: Trend; name: string }>): ReactNode => {
  const { scope, id, basis } = trend;
  const legs = countsLegs(scope);
  const place = (figure: string, { day }: Point) => ({ scope, id, basis, figure, asOf: day });
  return (
    <DataTable<Point>
      caption={t('trendTable')}
      rows={[...trend.points].reverse()}
      keyOf={({ day }) => day}
      columns={[
        { key: 'day', title: t('trend.day'), cell: ({ day }) => <time dateTime={day}>{dayWords(day)}</time> },
        {
          key: 'open',
          title: t(legs ? 'trend.openLegs' : 'trend.open'),
          number: true,
          cell: (point) => <NumberLink n={point.open} row={name} to={place('open', point)} />,
        },
        {
          key: 'cleared',
          title: t(legs ? 'trend.clearedLegs' : 'trend.cleared'),
          number: true,
          cell: (point) => <NumberLink n={point.cleared} row={name} to={place(legs ? 'passed' : 'cleared', point)} />,
        },
        {
          key: 'overdue',
          title: t('trend.overdue'),
          number: true,
          cell: (point) => <NumberLink n={point.overdue} row={name} to={place('overdue', point)} />,
        },
        {
          key: 'rate',
          title: t(legs ? 'trend.rateLegs' : 'trend.rate'),
          number: true,
          cell: ({ rate }) =>
            [rate.percent === null ? '' : `${rate.percent}%`, `${rate.numerator}/${rate.denominator}`].filter(Boolean).join(' '),
        },
      ]}
    />
  );
};

type Props = Readonly<{ scope: BoardScope; id: string; name: string; to: string | null; basis: Basis; asked: boolean }>;

/** Who asked for a row's line is taken to it, by eye and by keyboard. */
const takeThere = (place: HTMLDivElement | null): void => place?.focus();

/** How a row went, as a line and as a table that says the same. */
export default function TrendPanel({ scope, id, name, to, basis, asked }: Props): ReactNode {
  const [step, setStep] = useState<Step>('day');
  const query = useQuery({
    queryKey: ['findings', 'trend', scope, id, to, basis, step],
    queryFn: () => read(leadersPagesTrend({ query: { scope, id, basis, step, ...(to === null ? {} : { to }) } })),
  });
  return (
    <div tabIndex={-1} ref={asked ? takeThere : undefined}>
      <Card title={t('trendOf', { name })}>
        <div className={styles['part']}>
          <RadioGroup
            label={t('trendStep')}
            value={step}
            onChange={(value) => setStep(value === '' ? 'day' : value)}
            options={STEPS.map((value) => ({ value, label: t(`trendStep.${value}`) }))}
          />
          <Loaded query={query}>
            {(trend) => (
              <>
                <p className={styles['note']}>{altOf(name, trend.points)}</p>
                <Suspense fallback={<div className={styles['chart']} />}>
                  <TrendChart trend={trend} />
                </Suspense>
                <details className={styles['table']}>
                  <summary>{t('trendTable')}</summary>
                  <Points trend={trend} name={name} />
                </details>
              </>
            )}
          </Loaded>
        </div>
      </Card>
    </div>
  );
}
