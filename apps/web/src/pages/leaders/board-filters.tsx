import type { ReactNode } from 'react';
import { SelectField } from '../../ui/fields';
import { Tools } from '../../ui/states';
import { COLUMN_SETS, PEERS, type ColumnSet } from './board-columns';
import { DayChoice } from './day-choice';
import { DayField } from './day-field';
import { BASES, firstOfMonth, mondayOf, type Basis } from './links';
import { countsLegs, t, word } from './words';
import type { BoardScope } from '../../api/generated/types.gen';

const PERIODS = ['month', 'week', 'all', 'own'] as const;
type Period = (typeof PERIODS)[number];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** `from` of the address: a day, `week`, `all`; without it the month. Null is since the beginning. */
export const periodOf = (from: string | null, day: string): string | null => {
  if (from === 'all') return null;
  if (from === 'week') return mondayOf(day);
  return from !== null && DAY.test(from) && from <= day ? from : firstOfMonth(day);
};
const kindOf = (from: string | null): Period =>
  from === 'all' || from === 'week' ? from : from !== null && DAY.test(from) ? 'own' : 'month';

type View = Readonly<{
  params: URLSearchParams;
  change: (changes: Readonly<Record<string, string | null>>) => void;
  scope: BoardScope;
  day: string;
  from: string | null;
  basis: Basis;
  peer: string;
  set: ColumnSet;
}>;

export const BoardFilters = ({ view: { params, change, scope, day, from, basis, peer, set } }: Readonly<{ view: View }>): ReactNode => {
  const kind = kindOf(params.get('from'));
  const changePeriod = (value: Period | ''): void =>
    change({ from: value === 'month' || value === '' ? null : value === 'own' ? (from ?? firstOfMonth(day)) : value });
  return (
    <Tools>
      <DayChoice />
      <SelectField
        label={t('period')}
        placeholder={null}
        value={kind}
        onChange={changePeriod}
        options={PERIODS.map((value) => ({ value, label: t(`period.${value}`) }))}
      />
      {kind === 'own' && <DayField label={t('from')} max={day} value={from ?? ''} onChange={(value) => change({ from: value })} />}
      <SelectField
        label={t('basis')}
        placeholder={null}
        value={basis}
        onChange={(value) => change({ basis: value === 'business' ? value : null })}
        options={BASES.map((value) => ({ value, label: t(`basis.${value}`) }))}
      />
      {countsLegs(scope) && (
        <SelectField
          label={t('peer')}
          placeholder={null}
          value={peer}
          onChange={(value) => change({ peer: value === 'grouped' ? null : value })}
          options={[
            { value: 'grouped', label: t('peer.grouped') },
            { value: 'all', label: t('peer.all') },
            ...PEERS.filter((value) =>
              (scope === 'town' ? ['subdistrict', 'town', 'township', 'zone'] : ['department', 'managing', 'company']).includes(value),
            ).map((value) => ({ value, label: word(`group.${value}`) })),
          ]}
        />
      )}
      <SelectField
        label={t('columns')}
        placeholder={null}
        value={set}
        onChange={(value) => change({ columns: value === 'main' ? null : value })}
        options={COLUMN_SETS.map((value) => ({ value, label: t(`columns.${value}`) }))}
      />
    </Tools>
  );
};
