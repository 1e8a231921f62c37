import type { ReactNode } from 'react';
import zh from '../../i18n/zh/office.json';
import { textsOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { SelectField } from '../../ui/fields';
import { useUnits, type UnitKind } from './directory';
import styles from './office.module.css';

const t = textsOf(zh);
type Kinds = Readonly<{ label: string; kinds: readonly UnitKind[]; fault?: string | null; hint?: string; optional?: boolean }>;

/** One unit of the kinds given. */
export const UnitField = ({
  kinds,
  value,
  onChange,
  ...field
}: Kinds & Readonly<{ value: string; onChange: (id: string) => void }>): ReactNode => {
  const { options } = useUnits();
  return <SelectField {...field} value={value} onChange={onChange} options={options(kinds)} />;
};

/** Any number of units: chosen ones stand above, each may be taken out again. */
export const UnitsField = ({
  kinds,
  value,
  onChange,
  label,
  ...field
}: Kinds & Readonly<{ value: readonly string[]; onChange: (ids: readonly string[]) => void }>): ReactNode => {
  const { options, nameOf } = useUnits();
  return (
    <>
      <SelectField
        {...field}
        label={label}
        value=""
        onChange={(id) => id !== '' && onChange([...value, id])}
        options={options(kinds).filter((option) => !value.includes(option.value))}
        placeholder={t('addUnit')}
      />
      {value.length > 0 && (
        <ul className={styles['chips']} aria-label={t('chosen')}>
          {value.map((id) => (
            <li key={id}>
              <Button onClick={() => onChange(value.filter((one) => one !== id))} aria-label={t('takeOut', { name: nameOf(id) })}>
                {nameOf(id)} ✕
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
