import type { ReactNode } from 'react';
import zh from '../../i18n/zh/field.json';
import { textsOf } from '../../i18n/texts';
import { SelectField } from '../../ui/fields';
import { useUnits, type KnownUnit } from './use-field';

const t = textsOf(zh);

export type Place = Readonly<{ town: KnownUnit | null; village: KnownUnit | null }>;
const optionsOf = (units: readonly KnownUnit[] | undefined, chosen: KnownUnit | null) => {
  const known = units ?? [];
  const all = chosen === null || known.some(({ id }) => id === chosen.id) ? known : [chosen, ...known];
  return all.map(({ id, name }) => ({ value: id, label: name }));
};

/** Any town of the county, and one of its villages. */
export const PlacePicker = ({
  place: { town, village },
  onChange,
  fault,
}: Readonly<{ place: Place; onChange: (place: Place) => void; fault?: string | null }>): ReactNode => {
  const towns = useUnits('town', null);
  const villages = useUnits('village', town?.id ?? null);
  const find = (units: readonly KnownUnit[] | undefined, id: string): KnownUnit | null => units?.find((one) => one.id === id) ?? null;
  return (
    <>
      <SelectField
        label={t('town')}
        value={town?.id ?? ''}
        onChange={(id) => onChange({ town: find(towns.data, id), village: null })}
        options={optionsOf(towns.data, town)}
        fault={fault ?? null}
      />
      <SelectField
        label={t('village')}
        value={village?.id ?? ''}
        onChange={(id) => onChange({ town, village: find(villages.data, id) })}
        options={optionsOf(villages.data, village)}
        disabled={town === null}
      />
    </>
  );
};
