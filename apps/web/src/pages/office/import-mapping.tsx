import { useState, type ReactNode } from 'react';
import { write } from '../../api/calls';
import { importsMapping } from '../../api/generated/sdk.gen';
import type { ImportAnswer, ImportRowShown, ImportsMappingData, Understood } from '../../api/generated/types.gen';
import zh from '../../i18n/zh/imports.json';
import { textsOf } from '../../i18n/texts';
import { Button } from '../../ui/button';
import { SelectField, TextField, type Option } from '../../ui/fields';
import { Actions, FormFault } from '../../ui/states';
import { useCategories, useUnits } from './directory';
import { FIELDS } from './import-fields';
import { shownColumns, unknownCategories, type Field } from './import-preview';
import { useAct } from '../../ui/use-act';
import styles from './office.module.css';

const t = textsOf(zh);
type Body = ImportsMappingData['body'];
const QUOTED = '-';
const NO_UNIT = '-';
/** Of a sheet that names a thousand units nobody knows, so many are corrected at a time. */
const MOST_NAMES = 40;
const FIELD_OPTIONS: readonly Option[] = [
  { value: QUOTED, label: t('quotedOnly') },
  ...FIELDS.map((field) => ({ value: field, label: t(`field.${field}`) })),
];

/** How the sheet is read, to be corrected: which column means what, which unit or category a written name means. */
export const ImportMapping = ({
  job,
  understood,
  rows,
  onSent,
}: Readonly<{ job: ImportAnswer; understood: Understood; rows: readonly ImportRowShown[]; onSent: () => void }>): ReactNode => {
  const [body, setBody] = useState<Body>({});
  const { options, nameOf } = useUnits();
  const { options: categories } = useCategories();
  const { busy, error, send } = useAct();
  const units = options(['town', 'department', 'office', 'company', 'village']);
  const put = (changes: Body): void => setBody((known) => ({ ...known, ...changes }));
  const { choices } = job.options;
  const submit = (): void =>
    send(Object.keys(body).length > 0, async () => {
      await write((headers) => importsMapping({ path: { id: job.importId }, body, headers }));
      setBody({});
      onSent();
    });
  return (
    <>
      <div className={styles['fields']}>
        {understood.sheets.length > 1 && (
          <SelectField
            label={t('sheet')}
            value={body.sheet ?? understood.sheet}
            onChange={(sheet) => put({ sheet })}
            options={understood.sheets.map((name) => ({ value: name, label: name }))}
            placeholder={null}
          />
        )}
        <TextField
          label={t('listDate')}
          type="date"
          value={body.listDate ?? understood.listDate}
          onChange={(listDate) => put({ listDate })}
        />
        <SelectField
          label={t('defaultCategory')}
          optional
          value={body.defaultCategory ?? choices.defaultCategory ?? ''}
          onChange={(code) => put({ defaultCategory: code === '' ? null : code })}
          options={categories}
        />
        <SelectField
          label={t('defaultTown')}
          optional
          value={body.defaultTown ?? choices.defaultTown ?? ''}
          onChange={(id) => put({ defaultTown: id === '' ? null : id })}
          options={options(['town'])}
        />
      </div>
      {understood.unknownUnits.length > 0 && <h3>{t('unknownUnits')}</h3>}
      <div className={styles['fields']}>
        {understood.unknownUnits.slice(0, MOST_NAMES).map(({ name, proposals, cells }) => {
          const near = units.filter((unit) => proposals.includes(unit.label));
          const chosen = body.units?.[name] === null ? NO_UNIT : (body.units?.[name] ?? '');
          return (
            <SelectField
              key={name}
              label={t('unitMeant', { name })}
              hint={[t('cells', { n: cells }), proposals.length === 0 ? '' : t('proposals', { names: proposals.join(t('comma')) })]
                .filter(Boolean)
                .join(' ')}
              value={chosen}
              onChange={(id) => put({ units: { ...body.units, [name]: id === NO_UNIT || id === '' ? null : id } })}
              options={[{ value: NO_UNIT, label: t('noUnit') }, ...near, ...units.filter((unit) => !near.includes(unit))]}
            />
          );
        })}
        {unknownCategories(rows).map((name) => (
          <SelectField
            key={name}
            label={t('categoryMeant', { name })}
            value={body.categories?.[name] ?? ''}
            onChange={(code) => code !== '' && put({ categories: { ...body.categories, [name]: code } })}
            options={categories}
          />
        ))}
      </div>
      {understood.unknownUnits.length > MOST_NAMES && (
        <p className={styles['soft']}>{t('moreNames', { n: understood.unknownUnits.length - MOST_NAMES })}</p>
      )}
      {Object.entries(choices.units).length > 0 && (
        <p className={styles['soft']}>
          {t('chosenUnits', {
            said: Object.entries(choices.units)
              .map(([name, id]) => `${name} = ${id === null ? t('noUnit') : nameOf(id)}`)
              .join(t('comma')),
          })}
        </p>
      )}
      <h3>{t('columns')}</h3>
      <div className={styles['fields']}>
        {shownColumns(understood.columns).map(({ letters, title, field }) => {
          const corrected = body.columns?.[letters];
          return (
            <SelectField
              key={letters}
              label={t('columnMeant', { letters, title })}
              value={corrected === null ? QUOTED : (corrected ?? field ?? QUOTED)}
              onChange={(value) =>
                put({ columns: { ...body.columns, [letters]: value === QUOTED || value === '' ? null : (value as Field) } })
              }
              options={FIELD_OPTIONS}
              placeholder={null}
            />
          );
        })}
      </div>
      <FormFault error={error} />
      <Actions>
        <Button look="primary" busy={busy} onClick={submit} aria-disabled={Object.keys(body).length === 0}>
          {t('readAgain')}
        </Button>
      </Actions>
    </>
  );
};
