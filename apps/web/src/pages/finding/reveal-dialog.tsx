import { useState, type FormEvent, type ReactNode } from 'react';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { write } from '../../api/calls';
import { revealReveal } from '../../api/generated/sdk.gen';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { RadioGroup, TextField } from '../../ui/fields';
import { Actions, FormFault, Notice } from '../../ui/states';

const t = textsOf(zh);
const FIELDS = ['name', 'idNumber', 'phone', 'bankCard'] as const;
type Field = (typeof FIELDS)[number];
type Props = Readonly<{ findingId: string; subjectId: string; label: string; onClose: () => void }>;

/** One field in full, for a purpose; the reading is recorded before it is shown, and gone when the dialog closes. */
export const RevealDialog = ({ findingId, subjectId, label, onClose }: Props): ReactNode => {
  const [field, setField] = useState<Field>('name');
  const [purpose, setPurpose] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [shown, setShown] = useState<Readonly<{ field: Field; value: string }> | null>(null);
  const [error, setError] = useState<unknown>(null);
  const isMissing = purpose.trim().length < 2;
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (isMissing || busy) return;
    setBusy(true);
    setError(null);
    try {
      const path = { id: findingId, subjectId };
      const { value } = await write((headers) => revealReveal({ path, body: { field, purpose: purpose.trim() }, headers }));
      setShown({ field, value });
    } catch (failure) {
      setShown(null);
      setError(failure);
    }
    setBusy(false);
  };
  return (
    <Dialog title={t('revealOf', { label })} onClose={onClose}>
      <form noValidate onSubmit={(event) => void submit(event)}>
        <p>{t('revealNote')}</p>
        <RadioGroup
          label={t('revealField')}
          options={FIELDS.map((value) => ({ value, label: t(`field.${value}`) }))}
          value={field}
          onChange={(value) => setField(value === '' ? 'name' : value)}
        />
        <TextField
          label={t('purpose')}
          hint={t('revealPurposeHint')}
          value={purpose}
          onChange={setPurpose}
          maxLength={200}
          fault={tried && isMissing ? t('purposeMissing') : null}
        />
        <FormFault error={error} />
        {shown !== null && (
          <Notice>
            <p>{t('revealed', { field: t(`field.${shown.field}`), value: shown.value })}</p>
          </Notice>
        )}
        <Actions>
          <Button type="submit" look="primary" busy={busy}>
            {t('revealDo')}
          </Button>
          <Button onClick={onClose}>{t('close')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
};
