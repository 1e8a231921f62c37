import { useState, type ReactNode } from 'react';
import zh from '../../i18n/zh/field.json';
import words from '../../i18n/zh/words.json';
import { textsOf, wordOf } from '../../i18n/texts';
import { useOnline } from '../../app/online';
import type { FileForm, Manner, Source } from '../../offline/filing';
import { SelectField, TextField } from '../../ui/fields';
import { dayWords } from '../../ui/time';
import styles from './field.module.css';
import { PlacePicker } from './place-picker';

const t = textsOf(zh);
const MANNERS: readonly Manner[] = ['household', 'on-site', 'documents', 'data', 'unannounced'];
const SOURCES: readonly Source['kind'][] = ['inspection', 'self', 'upper', 'data', 'leader', 'other'];

/** Team, date, place, source and manner: filled in, to be opened only when one of them is otherwise. */
export const FilledPart = ({
  form,
  onChange,
  fault,
}: Readonly<{ form: FileForm; onChange: (changes: Partial<FileForm>) => void; fault: string | null }>): ReactNode => {
  const isOnline = useOnline();
  const [isOpen, setIsOpen] = useState(form.townId === '');
  const { townId, townName, villageId, villageName, source } = form;
  const place = villageName === null ? townName : `${townName} ${villageName}`;
  return (
    <details className={styles['filled']} open={isOpen || fault !== null} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <span>{t('filled', { team: form.teamName ?? t('unitOwn'), day: dayWords(form.foundOn), place })}</span>
        <span className="visually-hidden">{t('change')}</span>
      </summary>
      {isOnline && (
        <PlacePicker
          place={{
            town: townId === '' ? null : { id: townId, name: townName },
            village: villageId === null ? null : { id: villageId, name: villageName ?? villageId },
          }}
          onChange={({ town, village }) =>
            onChange({
              townId: town?.id ?? '',
              townName: town?.name ?? '',
              villageId: village?.id ?? null,
              villageName: village?.name ?? null,
            })
          }
          fault={fault}
        />
      )}
      <TextField label={t('foundOn')} type="date" value={form.foundOn} onChange={(foundOn) => onChange({ foundOn })} />
      <SelectField
        label={t('manner')}
        value={form.manner}
        onChange={(manner) => manner !== '' && onChange({ manner })}
        placeholder={null}
        options={MANNERS.map((value) => ({ value, label: wordOf(words, `manner.${value}`) }))}
      />
      {source !== null && (
        <>
          <SelectField
            label={t('source')}
            value={source.kind}
            onChange={(kind) => kind !== '' && onChange({ source: { ...source, kind } })}
            placeholder={null}
            options={SOURCES.map((value) => ({ value, label: wordOf(words, `source.${value}`) }))}
          />
          <TextField label={t('sourceName')} value={source.name} onChange={(name) => onChange({ source: { ...source, name } })} />
        </>
      )}
    </details>
  );
};
