import { useState, type ReactNode } from 'react';
import { SelectField, TextField, type Option } from '../../ui/fields';
import { t } from './texts';
import styles from './admin.module.css';

export type Pick = Option & Readonly<{ initials?: string }>;
const SHOWN = 60;

/** What fits what was typed: part of the name, or the first letters of its pinyin. */
export const fitting = (options: readonly Pick[], typed: string): readonly Pick[] => {
  const text = typed.trim().toLowerCase();
  return text === ''
    ? options
    : options.filter(({ label, initials = '' }) => label.toLowerCase().includes(text) || initials.startsWith(text));
};

/** One of many: typing narrows the list below. */
export const PickField = ({
  label,
  value,
  onChange,
  options,
  fault = null,
  placeholder,
}: Readonly<{
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: readonly Pick[];
  fault?: string | null;
  placeholder?: string;
}>): ReactNode => {
  const [typed, setTyped] = useState('');
  const found = fitting(options, typed);
  const chosen = options.filter((option) => option.value === value);
  const shown = [...chosen, ...found.filter((option) => option.value !== value).slice(0, SHOWN)];
  return (
    <div className={styles['pick']}>
      {options.length > 12 && (
        <TextField type="search" label={t('narrow', { label })} hint={t('narrowHint')} value={typed} onChange={setTyped} />
      )}
      <SelectField
        label={label}
        value={value}
        onChange={onChange}
        options={shown.map((option) => ({ value: option.value, label: option.label }))}
        fault={fault}
        {...(found.length > SHOWN ? { hint: t('narrowMore', { n: found.length }) } : {})}
        {...(placeholder === undefined ? {} : { placeholder })}
      />
    </div>
  );
};

/** The day something holds from. */
export const FromField = ({
  value,
  onChange,
  label = t('from'),
  fault = null,
  hint,
}: Readonly<{ value: string; onChange: (value: string) => void; label?: string; fault?: string | null; hint?: string }>): ReactNode => (
  <TextField type="date" label={label} value={value} onChange={onChange} fault={fault} {...(hint === undefined ? {} : { hint })} />
);

export type Days = Readonly<{ from: string; to: string }>;
export const periodFault = ({ from, to }: Days): string | null =>
  from === '' ? t('fromMissing') : to !== '' && to < from ? t('periodReversed') : null;

/** First and last day; without a last day it holds until further notice. */
export const PeriodFields = ({
  value,
  onChange,
  isTried,
}: Readonly<{ value: Days; onChange: (value: Days) => void; isTried: boolean }>): ReactNode => {
  const fault = isTried ? periodFault(value) : null;
  return (
    <div className={styles['two']}>
      <FromField value={value.from} onChange={(from) => onChange({ ...value, from })} fault={value.from === '' ? fault : null} />
      <TextField
        type="date"
        label={t('to')}
        optional
        value={value.to}
        onChange={(to) => onChange({ ...value, to })}
        fault={value.from === '' ? null : fault}
      />
    </div>
  );
};
