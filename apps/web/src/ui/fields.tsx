import { useId, type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes } from 'react';
import common from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';
import styles from './kit.module.css';

const t = textsOf(common);

/** What all fields take: a visible label, a hint, and the fault that the form found, tied to the control for screen readers. */
export type FieldProps = Readonly<{ label: string; hint?: ReactNode; fault?: string | null | undefined; optional?: boolean }>;
type Ids = Readonly<{ id: string; 'aria-describedby': string | undefined; 'aria-invalid': boolean | undefined }>;

const Frame = ({ label, hint, fault, optional, children }: FieldProps & Readonly<{ children: (ids: Ids) => ReactNode }>): ReactNode => {
  const id = useId();
  const described = [hint === undefined ? null : `${id}-hint`, fault ? `${id}-fault` : null].filter((part) => part !== null).join(' ');
  return (
    <div className={styles['field']}>
      <label className={styles['label']} htmlFor={id}>
        {label}
        {optional === true && <span className={styles['hint']}>{t('optional')}</span>}
      </label>
      {hint !== undefined && (
        <span id={`${id}-hint`} className={styles['hint']}>
          {hint}
        </span>
      )}
      {children({ id, 'aria-describedby': described === '' ? undefined : described, 'aria-invalid': fault ? true : undefined })}
      {fault ? (
        <span id={`${id}-fault`} className={styles['fault']} role="alert">
          {fault}
        </span>
      ) : null}
    </div>
  );
};

type Given<T> = Readonly<{ value: T; onChange: (value: T) => void }>;
type InputRest = Omit<InputHTMLAttributes<HTMLInputElement>, 'value' | 'onChange' | 'className' | 'id'>;

/** One line of text; `type="date"`, `"password"`, `"search"`, `"number"` too. Dates are `YYYY-MM-DD`. */
export const TextField = ({
  label,
  hint,
  fault,
  optional,
  value,
  onChange,
  ...rest
}: FieldProps & Given<string> & InputRest): ReactNode => (
  <Frame {...{ label, hint, fault, ...(optional === undefined ? {} : { optional }) }}>
    {(ids) => <input {...rest} {...ids} className={styles['control']} value={value} onChange={(event) => onChange(event.target.value)} />}
  </Frame>
);

type AreaRest = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'value' | 'onChange' | 'className' | 'id'>;
export const TextArea = ({ label, hint, fault, optional, value, onChange, ...rest }: FieldProps & Given<string> & AreaRest): ReactNode => (
  <Frame {...{ label, hint, fault, ...(optional === undefined ? {} : { optional }) }}>
    {(ids) => (
      <textarea {...rest} {...ids} className={styles['control']} value={value} onChange={(event) => onChange(event.target.value)} />
    )}
  </Frame>
);

export type Option<T extends string = string> = Readonly<{ value: T; label: string; disabled?: boolean }>;

/** A list to choose one from. The empty value is "not chosen"; it is offered when `placeholder` is given. */
export const SelectField = <T extends string>({
  label,
  hint,
  fault,
  optional,
  value,
  onChange,
  options,
  placeholder = t('choose'),
  ...rest
}: FieldProps &
  Given<T | ''> &
  Readonly<{ options: readonly Option<T>[]; placeholder?: string | null; disabled?: boolean; name?: string }>): ReactNode => (
  <Frame {...{ label, hint, fault, ...(optional === undefined ? {} : { optional }) }}>
    {(ids) => (
      <select {...rest} {...ids} className={styles['control']} value={value} onChange={(event) => onChange(event.target.value as T | '')}>
        {placeholder !== null && <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled === true}>
            {option.label}
          </option>
        ))}
      </select>
    )}
  </Frame>
);

type Group<T extends string> = FieldProps & Readonly<{ options: readonly Option<T>[] }>;
const Choices = ({ label, hint, fault, children }: FieldProps & Readonly<{ children: ReactNode }>): ReactNode => {
  const id = useId();
  return (
    <fieldset className={styles['field']} aria-describedby={fault ? `${id}-fault` : undefined}>
      <legend className={styles['label']}>{label}</legend>
      {hint !== undefined && <span className={styles['hint']}>{hint}</span>}
      <div className={styles['choices']}>{children}</div>
      {fault ? (
        <span id={`${id}-fault`} className={styles['fault']} role="alert">
          {fault}
        </span>
      ) : null}
    </fieldset>
  );
};

/** Few choices side by side, one of them. */
export const RadioGroup = <T extends string>({ options, value, onChange, ...frame }: Group<T> & Given<T | ''>): ReactNode => {
  const name = useId();
  return (
    <Choices {...frame}>
      {options.map((option) => (
        <label key={option.value} className={styles['choice']}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={value === option.value}
            disabled={option.disabled === true}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </Choices>
  );
};

/** Any number of choices. */
export const CheckGroup = <T extends string>({ options, value, onChange, ...frame }: Group<T> & Given<readonly T[]>): ReactNode => (
  <Choices {...frame}>
    {options.map((option) => (
      <label key={option.value} className={styles['choice']}>
        <input
          type="checkbox"
          checked={value.includes(option.value)}
          onChange={(event) => onChange(event.target.checked ? [...value, option.value] : value.filter((one) => one !== option.value))}
        />
        {option.label}
      </label>
    ))}
  </Choices>
);

export const Checkbox = ({ label, value, onChange }: Readonly<{ label: string }> & Given<boolean>): ReactNode => (
  <label className={styles['choice']}>
    <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
    {label}
  </label>
);

/** Files from the camera or the device. */
export const FileField = ({
  label,
  hint,
  fault,
  optional,
  onFiles,
  ...rest
}: FieldProps &
  Readonly<{ onFiles: (files: readonly File[]) => void; accept?: string; multiple?: boolean; capture?: 'environment' }>): ReactNode => (
  <Frame {...{ label, hint, fault, ...(optional === undefined ? {} : { optional }) }}>
    {(ids) => (
      <input
        {...rest}
        {...ids}
        type="file"
        className={styles['control']}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    )}
  </Frame>
);
