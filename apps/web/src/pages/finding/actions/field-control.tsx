import type { ReactNode } from 'react';
import { RadioGroup, CheckGroup, SelectField, TextArea, TextField } from '../../../ui/fields';
import { EvidencePicker } from './evidence-picker';
import { FindingPicker } from './finding-picker';
import { many, one, rows, type FieldSpec, type Occasion, type Value, type Values } from './fields';
import { PeoplePicker } from './people-picker';
import { AnswersField, RowsField } from './rows-field';
import { UnitPicker } from './unit-picker';

/** `at` is null where the form is about many findings at once: what is chosen from one finding cannot be asked there. */
type Props = Readonly<{
  field: FieldSpec;
  at: Occasion | null;
  values: Values;
  fault: string | null;
  onChange: (value: Value) => void;
}>;
/** Short lists are shown whole. */
const SHOWN_WHOLE = 4;

const Choice = ({ field, values, fault, onChange }: Props & Readonly<{ field: Extract<FieldSpec, { kind: 'choice' }> }>): ReactNode => {
  const shared = { label: field.label, fault, options: field.options, value: one(values, field.name), onChange };
  const hint = field.hint === undefined ? {} : { hint: field.hint };
  return field.options.length <= SHOWN_WHOLE ? (
    <RadioGroup {...shared} {...hint} />
  ) : (
    <SelectField {...shared} {...hint} optional={field.optional === true} />
  );
};

/** The control for a field of a command's form. */
export const FieldControl = (props: Props): ReactNode => {
  const { field, at, values, fault, onChange } = props;
  const { name, label, optional = false, hint } = field;
  const frame = { label, fault, optional, ...(hint === undefined ? {} : { hint }) };
  switch (field.kind) {
    case 'text':
    case 'area': {
      const value = values[name];
      const Control = field.kind === 'text' ? TextField : TextArea;
      return <Control {...frame} value={typeof value === 'string' ? value : ''} onChange={onChange} maxLength={field.max} />;
    }
    case 'date':
      return <TextField {...frame} type="date" value={one(values, name)} onChange={onChange} />;
    case 'choice':
      return <Choice {...props} field={field} />;
    case 'checks':
      return <CheckGroup {...frame} options={field.options} value={many(values, name)} onChange={onChange} />;
    case 'unit': {
      const several = field.several !== undefined;
      const chosen = several ? many(values, name) : [one(values, name)].filter((id) => id !== '');
      const set = (ids: readonly string[]): void => onChange(several ? ids : (ids[0] ?? ''));
      return (
        <UnitPicker {...frame} hint={hint} kinds={field.kinds} within={field.within} several={several} value={chosen} onChange={set} />
      );
    }
    case 'evidence':
      return (
        at !== null && (
          <EvidencePicker {...frame} hint={hint} finding={at.finding} legId={field.legId} value={many(values, name)} onChange={onChange} />
        )
      );
    case 'people':
      return <PeoplePicker {...frame} hint={hint} unitId={field.unitId} value={many(values, name)} onChange={onChange} />;
    case 'finding':
      return <FindingPicker {...frame} hint={hint} except={at?.finding.findingId ?? ''} value={one(values, name)} onChange={onChange} />;
    case 'lines': {
      const text = values[name];
      const lines = Array.isArray(text) ? (text as readonly string[]).join('\n') : '';
      return <TextArea {...frame} hint={hint ?? null} value={lines} onChange={(value) => onChange(value.split('\n'))} />;
    }
    case 'rows':
      return <RowsField field={field} fault={fault} value={rows(values, name)} onChange={onChange} />;
    case 'answers':
      return (
        at !== null && <AnswersField field={field} fault={fault} items={at.finding.items} value={rows(values, name)} onChange={onChange} />
      );
  }
};
