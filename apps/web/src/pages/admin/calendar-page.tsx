import { useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/calls';
import { calendarYears } from '../../api/generated/sdk.gen';
import type { CalendarYearsResponse } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { Button } from '../../ui/button';
import { SelectField } from '../../ui/fields';
import { Loaded, Tools } from '../../ui/states';
import { AdminPage } from './admin-frame';
import { LoadYearDialog } from './load-year';
import { t } from './texts';
import { YearCard } from './year-card';

const Calendar = ({ years, editions, onLoad }: CalendarYearsResponse & Readonly<{ onLoad: (year: number) => void }>): ReactNode => {
  const thisYear = Number(useSession().who.today.slice(0, 4));
  const sorted = [...years].sort((a, b) => b.year - a.year);
  const [chosen, setChosen] = useState(String(thisYear));
  const year = sorted.find((one) => String(one.year) === chosen);
  return (
    <>
      <Tools>
        <SelectField
          label={t('year')}
          value={chosen}
          onChange={setChosen}
          placeholder={null}
          options={sorted.map(({ year: n, source }) => ({
            value: String(n),
            label: source === 'provisional' ? t('yearProvisional', { year: n }) : t('yearPublished', { year: n }),
          }))}
        />
      </Tools>
      {year !== undefined && (
        <YearCard key={year.year} year={year} editions={editions.filter((one) => one.year === year.year)} onLoad={onLoad} />
      )}
    </>
  );
};

/** 工作日历: days off and weekends that are worked; a year without a notice is provisional (R42). */
export default function CalendarPage(): ReactNode {
  const { today } = useSession().who;
  const query = useQuery({ queryKey: ['admin', 'calendar'], queryFn: () => read(calendarYears()) });
  const [loading, setLoading] = useState<number | null>(null);
  const present = query.data?.years.find(({ year }) => year === loading);
  return (
    <AdminPage
      title={t('area.calendar')}
      tools={
        <Button look="primary" onClick={() => setLoading(Number(today.slice(0, 4)) + 1)}>
          {t('yearLoad')}
        </Button>
      }
    >
      <Loaded query={query}>{(data) => <Calendar {...data} onLoad={setLoading} />}</Loaded>
      {loading !== null && <LoadYearDialog key={loading} year={loading} present={present} onClose={() => setLoading(null)} />}
    </AdminPage>
  );
}
