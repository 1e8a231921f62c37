import type { ReactNode } from 'react';
import zh from '../../i18n/zh/field.json';
import { textsOf } from '../../i18n/texts';
import type { Spot } from '../../offline/filing';
import { Checkbox, SelectField, TextArea, TextField } from '../../ui/fields';
import styles from './field.module.css';

const t = textsOf(zh);

/** 立行立改: who of them was present, the second inspector, what was done. */
export const SpotPart = ({
  spot,
  members,
  onChange,
  faults,
}: Readonly<{
  spot: Spot | null;
  members: readonly Readonly<{ id: string; name: string }>[];
  onChange: (spot: Spot | null) => void;
  faults: Readonly<{ personPresent: string | null; secondInspector: string | null }>;
}>): ReactNode => (
  <div>
    <Checkbox
      label={t('spot')}
      value={spot !== null}
      onChange={(on) =>
        onChange(
          on ? { personPresent: '', secondInspector: members.length === 1 ? (members[0]?.id ?? '') : '', text: t('spotDefault') } : null,
        )
      }
    />
    <p className={styles['soft']}>{t('spotHint')}</p>
    {spot !== null && (
      <>
        <TextField
          label={t('personPresent')}
          value={spot.personPresent}
          onChange={(personPresent) => onChange({ ...spot, personPresent })}
          autoComplete="off"
          maxLength={60}
          fault={faults.personPresent}
        />
        <SelectField
          label={t('secondInspector')}
          value={spot.secondInspector}
          onChange={(secondInspector) => onChange({ ...spot, secondInspector })}
          options={members.map(({ id, name }) => ({ value: id, label: name }))}
          fault={faults.secondInspector}
        />
        <TextArea label={t('spotText')} value={spot.text} onChange={(text) => onChange({ ...spot, text })} rows={2} maxLength={2000} />
      </>
    )}
  </div>
);
