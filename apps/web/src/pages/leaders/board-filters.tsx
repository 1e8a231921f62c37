import type { ReactNode } from 'react';
import { SelectField } from '../../ui/fields';
import { Tools } from '../../ui/states';
import { COLUMN_SETS, PEERS, type ColumnSet } from './board-columns';
import { DayChoice } from './day-choice';
import { DayField } from './day-field';
import { BASES, firstOfMonth, type Basis } from './links';
import { periodKindOf, PERIODS, type Period } from './period';
import { countsLegs, t, word } from './words';
import type { BoardScope } from '../../api/generated/types.gen';

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
  const kind = periodKindOf(params.get('from'));
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
