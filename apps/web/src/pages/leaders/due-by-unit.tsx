import type { ReactNode } from 'react';
import type { OverviewAnswer } from '../../api/generated/types.gen';
import { DataTable } from '../../ui/data-table';
import { NumberLink } from './number-link';
import { dueUnitPlace } from './sentences';
import { t } from './words';
import styles from './leaders.module.css';

type Due = OverviewAnswer['dueNext7Days'];

/** Whose time comes within seven days; legs, so that nothing here is added to findings (R31). */
export const DueByUnit = ({ due, asOf }: Readonly<{ due: Due; asOf: string }>): ReactNode => (
  <>
    <DataTable<Due['units'][number]>
      caption={t('dueByUnit')}
      rows={due.units}
      keyOf={({ id }) => id}
      columns={[
        { key: 'unit', title: t('dueUnit'), cell: ({ name }) => name },
        {
          key: 'today',
          title: t('dueUnitToday'),
          number: true,
          cell: (unit) => <NumberLink n={unit.today} row={unit.name} to={dueUnitPlace(unit, 'dueToday', asOf)} />,
        },
        {
          key: 'soon',
          title: t('dueUnitSoon'),
          number: true,
          cell: (unit) => <NumberLink n={unit.legs} row={unit.name} to={dueUnitPlace(unit, 'dueSoon', asOf)} />,
        },
      ]}
    />
    <p className={styles['note']}>{t('legsNote')}</p>
  </>
);
