import type { ReactNode } from 'react';
import zh from '../../../i18n/zh/actions.json';
import { textsOf } from '../../../i18n/texts';
import type { FindingsReadingDetailResponse } from '../../../api/generated/types.gen';
import { Button } from '../../../ui/button';
import { SelectField, TextField, type Option } from '../../../ui/fields';
import type { FieldSpec, Row } from './fields';
import styles from './actions.module.css';

const t = textsOf(zh);
const Fault = ({ children }: Readonly<{ children: string | null }>): ReactNode =>
  children === null ? null : (
    <p className={styles['fault']} role="alert">
      {children}
    </p>
  );

const Cell = ({ column, row, at, set }: Readonly<{ column: FieldSpec; row: Row; at: number; set: (row: Row) => void }>): ReactNode => {
  const value = row[column.name] ?? '';
  const label = t('cell', { n: at + 1, label: column.label });
  const onChange = (next: string): void => set({ ...row, [column.name]: next });
  if (column.kind === 'choice') return <SelectField label={label} options={column.options} value={value} onChange={onChange} />;
  return <TextField label={label} type={column.kind === 'date' ? 'date' : 'text'} value={value} onChange={onChange} />;
};

type RowsProps = Readonly<{
  field: Extract<FieldSpec, { kind: 'rows' }>;
  fault: string | null;
  value: readonly Row[];
  onChange: (rows: readonly Row[]) => void;
}>;
/** Rows that one adds and takes away. */
export const RowsField = ({ field, fault, value, onChange }: RowsProps): ReactNode => {
  const rows = value.length === 0 ? [{}] : value;
  const replace = (at: number, row: Row): void => onChange(rows.map((known, n) => (n === at ? row : known)));
  return (
    <fieldset className={styles['rows']}>
      <legend>{field.label}</legend>
      {field.hint !== undefined && <p className={styles['soft']}>{field.hint}</p>}
      {rows.map((row, at) => (
        // Rows have no identity but their place.
        <div key={at} className={styles['row']}>
          {field.columns.map((column) => (
            <Cell key={column.name} column={column} row={row} at={at} set={(next) => replace(at, next)} />
          ))}
          {rows.length > 1 && (
            <Button look="plain" aria-label={t('removeRow', { n: at + 1 })} onClick={() => onChange(rows.filter((_, n) => n !== at))}>
              {t('remove')}
            </Button>
          )}
        </div>
      ))}
      <Fault>{fault}</Fault>
      <Button onClick={() => onChange([...rows, {}])}>{field.addLabel}</Button>
    </fieldset>
  );
};

type AnswersProps = Readonly<{
  field: Extract<FieldSpec, { kind: 'answers' }>;
  fault: string | null;
  items: FindingsReadingDetailResponse['items'];
  value: readonly Row[];
  onChange: (rows: readonly Row[]) => void;
}>;
/** One answer for each item, and its basis where it needs one. */
export const AnswersField = ({ field, fault, items, value, onChange }: AnswersProps): ReactNode => {
  const rowOf = (itemId: string): Row => value.find((row) => row['itemId'] === itemId) ?? { itemId };
  const set = (itemId: string, change: Row): void =>
    onChange(items.map((item) => (item.itemId === itemId ? { ...rowOf(itemId), ...change } : rowOf(item.itemId))));
  const options: readonly Option[] = field.options;
  return (
    <fieldset className={styles['rows']}>
      <legend>{field.label}</legend>
      {field.hint !== undefined && <p className={styles['soft']}>{field.hint}</p>}
      <Button
        onClick={() =>
          onChange(
            items.map(({ itemId }) => ((rowOf(itemId)['answer'] ?? '') === '' ? { ...rowOf(itemId), answer: 'done' } : rowOf(itemId))),
          )
        }
      >
        {t('answerRest')}
      </Button>
      {items.map(({ itemId, subject, text }) => (
        <div key={itemId} className={styles['row']}>
          <p>
            <strong>{subject.label}</strong> {text}
          </p>
          <SelectField
            label={t('answerOf', { label: subject.label })}
            options={options}
            value={rowOf(itemId)['answer'] ?? ''}
            onChange={(answer) => set(itemId, { answer })}
          />
          {!['', 'done'].includes(rowOf(itemId)['answer'] ?? '') && (
            <TextField
              label={t('basisOf', { label: subject.label })}
              value={rowOf(itemId)['basis'] ?? ''}
              onChange={(basis) => set(itemId, { basis })}
            />
          )}
        </div>
      ))}
      <Fault>{fault}</Fault>
    </fieldset>
  );
};
