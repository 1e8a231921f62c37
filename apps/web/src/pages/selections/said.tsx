import type { ReactNode } from 'react';
import zh from '../../i18n/zh/selections.json';
import { textsOf } from '../../i18n/texts';
import type { SelectionAnswer } from '../../api/generated/types.gen';
import { Card, Facts } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { askedFields } from '../finding/actions/faults';
import type { FieldSpec, Values } from '../finding/actions/fields';
import { formOf, isStep } from './steps';
import { valuesOf } from './values';

const t = textsOf(zh);

const shown = (field: FieldSpec, values: Values): string => {
  const value = values[field.name];
  if (typeof value !== 'string') return Array.isArray(value) ? t('nEntries', { n: value.length }) : '';
  return field.kind === 'choice' ? (field.options.find((option) => option.value === value)?.label ?? value) : value;
};

/** What is said of all rows alike, in the words of its form. */
export const Said = ({ selection: { step, data, openedBy, runBy, createdAt } }: Readonly<{ selection: SelectionAnswer }>): ReactNode => {
  if (!isStep(step)) return null;
  const values = valuesOf(data ?? {});
  const fields = askedFields(formOf(step).fields(), values);
  return (
    <Card title={t('said')}>
      <Facts
        of={[
          ...fields.map((field) => [field.label, shown(field, values)] as const),
          [t('openedBy'), openedBy.name],
          [t('runBy'), runBy === null || runBy.id === openedBy.id ? null : runBy.name],
          [t('openedAt'), dateTimeWords(createdAt)],
        ]}
      />
    </Card>
  );
};
