import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import { useSession } from '../../app/session';
import { Button } from '../../ui/button';
import { Notice } from '../../ui/states';
import { dayWords } from '../../ui/time';
import { DayField } from './day-field';
import { dayIn } from './links';
import { t } from './words';

type Changes = Readonly<Record<string, string | null>>;
/** What is looked at stands in the address; changing it leaves no trail of its own to go back through. */
export const useView = (): Readonly<{ params: URLSearchParams; change: (changes: Changes) => void }> => {
  const [params, setParams] = useSearchParams();
  const change = (changes: Changes): void =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  return { params, change };
};

/** The day that a page shows; null is today, as it goes on. */
export const useAsOf = (): Readonly<{ asOf: string | null; today: string; day: string }> => {
  const { params } = useView();
  const { today } = useSession().who;
  const asked = dayIn(params, 'asOf');
  const asOf = asked === null || asked >= today ? null : asked;
  return { asOf, today, day: asOf ?? today };
};

/** Any past day can be chosen. */
export const DayChoice = (): ReactNode => {
  const { change } = useView();
  const { asOf, today, day } = useAsOf();
  return (
    <>
      <DayField label={t('asOf')} max={today} value={day} onChange={(value) => change({ asOf: value === today ? null : value })} />
      {asOf !== null && <Button onClick={() => change({ asOf: null })}>{t('today')}</Button>}
    </>
  );
};

export const PastDay = (): ReactNode => {
  const { asOf } = useAsOf();
  return asOf === null ? null : <Notice tone="amber">{t('pastDay', { day: dayWords(asOf) })}</Notice>;
};
