import { useState, type ReactNode } from 'react';
import type { CalendarYearsResponse } from '../../api/generated/types.gen';
import { useSession } from '../../app/session';
import { Button } from '../../ui/button';
import { SelectField } from '../../ui/fields';
import { Loaded, Tools } from '../../ui/states';
import { AdminPage } from './admin-frame';
import { useCalendar } from './data';
import { LoadYearDialog } from './load-year';
import { ProposalCard } from './proposal-card';
import { t } from './texts';
import { YearCard } from './year-card';

const Calendar = ({
  years,
  editions,
  proposals,
  people,
  onLoad,
}: CalendarYearsResponse & Readonly<{ onLoad: ((year: number) => void) | null }>): ReactNode => {
  const thisYear = Number(useSession().who.today.slice(0, 4));
  const sorted = [...years].sort((a, b) => b.year - a.year);
  const [chosen, setChosen] = useState(String(thisYear));
  const year = sorted.find((one) => String(one.year) === chosen);
  return (
    <>
      {proposals.map((proposal) => (
        <ProposalCard key={proposal.year} proposal={proposal} proposer={people[proposal.proposedBy] ?? proposal.proposedBy} />
      ))}
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
        <YearCard key={year.year} year={year} editions={editions.filter((one) => one.year === year.year)} people={people} onLoad={onLoad} />
      )}
    </>
  );
};

/** 工作日历: days off and weekends that are worked; a year without a notice is provisional (R42). */
export default function CalendarPage(): ReactNode {
  const { who, has } = useSession();
  const { today } = who;
  const mayLoad = has('admin');
  const query = useCalendar();
  const [loading, setLoading] = useState<number | null>(null);
  const present = query.data?.years.find(({ year }) => year === loading);
  return (
    <AdminPage
      title={t('area.calendar')}
      tools={
        mayLoad && (
          <Button look="primary" onClick={() => setLoading(Number(today.slice(0, 4)) + 1)}>
            {t('yearLoad')}
          </Button>
        )
      }
    >
      <Loaded query={query}>{(data) => <Calendar {...data} onLoad={mayLoad ? setLoading : null} />}</Loaded>
      {loading !== null && <LoadYearDialog key={loading} year={loading} present={present} onClose={() => setLoading(null)} />}
    </AdminPage>
  );
}
