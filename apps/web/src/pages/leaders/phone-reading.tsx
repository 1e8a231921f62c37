import type { ReactNode } from 'react';
import { useMutation } from '@tanstack/react-query';
import { write } from '../../api/calls';
import { adminPeopleReadPhone } from '../../api/generated/sdk.gen';
import type { OverviewAnswer } from '../../api/generated/types.gen';
import { asRefused } from '../../api/problem';
import { useSession } from '../../app/session';
import { t } from './words';
import styles from './leaders.module.css';

type Person = NonNullable<OverviewAnswer['untouched'][number]['person']>;

/** Somebody to call: the number is masked until it is asked for, and that is kept with its purpose. It lives on this page only. */
export const Callable = ({ person, number }: Readonly<{ person: Person; number: string }>): ReactNode => {
  const { has } = useSession();
  const reading = useMutation({
    gcTime: 0,
    mutationFn: () =>
      write((headers) =>
        adminPeopleReadPhone({ path: { personId: person.personId }, body: { purpose: t('phonePurpose', { number }) }, headers }),
      ),
  });
  const phone = reading.data?.phone ?? null;
  return (
    <span className={styles['person']}>
      <span>{[person.name, person.post].filter(Boolean).join(' ')}</span>
      {phone !== null ? (
        <a className={styles['tel']} href={`tel:${phone.replace(/[^\d+]/g, '')}`} aria-label={t('call', { phone })}>
          {phone}
        </a>
      ) : (
        <span className={styles['masked']}>{person.phone ?? t('noPhone')}</span>
      )}
      {phone === null && person.phone !== null && has('leader', 'office', 'office-head') && (
        <button
          type="button"
          className={styles['quiet']}
          aria-label={t('showPhone', { name: person.name })}
          onClick={() => reading.mutate()}
          disabled={reading.isPending}
        >
          {t('showPhoneShort')}
        </button>
      )}
      {reading.error !== null && <span role="alert">{asRefused(reading.error).zh}</span>}
    </span>
  );
};
