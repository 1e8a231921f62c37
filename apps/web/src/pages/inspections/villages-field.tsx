import { useState, type ReactNode } from 'react';
import { Button } from '../../ui/button';
import { CheckGroup, SelectField } from '../../ui/fields';
import { useUnits } from './people-and-places';
import { t } from './words';
import styles from './inspections.module.css';

/** Villages town by town; what was chosen stays in sight and can be taken out. */
export const VillagesField = ({
  value,
  onChange,
  fault,
}: Readonly<{ value: readonly string[]; onChange: (value: readonly string[]) => void; fault: string | null }>): ReactNode => {
  const { towns, villagesOf, nameOf } = useUnits();
  const [townId, setTownId] = useState('');
  return (
    <>
      <SelectField
        label={t('town')}
        hint={t('townHint')}
        value={townId}
        onChange={setTownId}
        options={towns}
        fault={townId === '' ? fault : null}
      />
      {townId !== '' && (
        <div className={styles['scroll']} tabIndex={0} role="group" aria-label={t('villagesOf', { town: nameOf(townId) })}>
          <CheckGroup
            label={t('villagesOf', { town: nameOf(townId) })}
            options={villagesOf(townId)}
            value={value}
            onChange={onChange}
            fault={fault}
          />
        </div>
      )}
      {value.length > 0 && (
        <>
          <p>{t('villagesChosen', { n: value.length })}</p>
          <ul className={styles['chosen']}>
            {value.map((id) => (
              <li key={id}>
                <Button onClick={() => onChange(value.filter((one) => one !== id))} aria-label={t('villageOut', { name: nameOf(id) })}>
                  {nameOf(id)} ✕
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
};
