import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import actions from '../../i18n/zh/actions.json';
import { textsOf } from '../../i18n/texts';
import { asRefused } from '../../api/problem';
import { Button } from '../../ui/button';
import { Actions, FormFault, Notice } from '../../ui/states';
import { askedFields, faultsOf } from '../finding/actions/faults';
import { FieldControl } from '../finding/actions/field-control';
import type { Values } from '../finding/actions/fields';
import { PersonalFound } from '../finding/actions/personal-found';
import { formOf, type Step } from './steps';

const t = textsOf(actions);

/**
 * What is said of many rows alike, or of one that is an exception. `send` is called once everything is filled in; `redact` once the
 * writer has agreed that personal numbers are masked.
 */
export const StepForm = ({
  step,
  first,
  submit,
  send,
  children,
}: Readonly<{
  step: Step;
  first: Values;
  submit: string;
  send: (data: Readonly<Record<string, unknown>>, redact: boolean) => Promise<void>;
  children?: ReactNode;
}>): ReactNode => {
  const { fields: fieldsOf, data, note } = formOf(step);
  const fields = fieldsOf();
  const [values, setValues] = useState<Values>(first);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const form = useRef<HTMLFormElement>(null);
  const faults = faultsOf(fields, values, []);
  const isPersonal = error !== null && asRefused(error).code === 'personal-data-found';
  const act = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(faults).length > 0) {
      // The faults are shown with the next painting.
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [role="alert"]')?.focus());
      return;
    }
    if (busy) return;
    setBusy(true);
    setError(null);
    try {
      await send(data(values), isPersonal);
    } catch (failure) {
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <form ref={form} noValidate onSubmit={(event) => void act(event)}>
      {note !== undefined && <p>{note}</p>}
      {askedFields(fields, values).map((field) => (
        <FieldControl
          key={field.name}
          field={field}
          at={null}
          values={values}
          fault={tried ? (faults[field.name] ?? null) : null}
          onChange={(value) => {
            setValues({ ...values, [field.name]: value });
            setError(null);
          }}
        />
      ))}
      {tried && Object.keys(faults).length > 0 && (
        <Notice tone="red" alert>
          {t('incomplete', { n: Object.keys(faults).length })}
        </Notice>
      )}
      {isPersonal ? <PersonalFound error={error} /> : <FormFault error={error} />}
      <Actions>
        <Button type="submit" look="primary" busy={busy}>
          {isPersonal ? t('maskAndSend') : submit}
        </Button>
        {children}
      </Actions>
    </form>
  );
};
