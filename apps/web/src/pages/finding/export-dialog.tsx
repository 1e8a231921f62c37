import { useState, type FormEvent, type ReactNode } from 'react';
import zh from '../../i18n/zh/finding.json';
import { textsOf } from '../../i18n/texts';
import { read } from '../../api/calls';
import { findingsReadingExport } from '../../api/generated/sdk.gen';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/fields';
import { saveFile } from '../../ui/save-file';
import { Actions, FormFault } from '../../ui/states';
import { Total } from '../../ui/total';
import { useToast } from '../../ui/toast';
import { useAct } from '../../ui/use-act';
import type { FindingsQuery } from './filters';

const t = textsOf(zh);

/** What the list shows as a sheet; the purpose stands on it, and the export is logged (R40). */
export const ExportDialog = ({
  query,
  total,
  onClose,
}: Readonly<{ query: FindingsQuery; total: Readonly<{ total: number; exact: boolean }> | undefined; onClose: () => void }>): ReactNode => {
  const [purpose, setPurpose] = useState('');
  const { tried, busy, error, send } = useAct();
  const say = useToast();
  const isMissing = purpose.trim().length < 2;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send(!isMissing, async () => {
      const file = await read(findingsReadingExport({ query: { ...query, purpose: purpose.trim() }, parseAs: 'blob' }));
      saveFile(file as Blob, t('exportFile'));
      say(t('exportDone'));
      onClose();
    });
  };
  return (
    <Dialog title={t('export')} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <p>
          {t('exportWhat')} <Total page={total} />
        </p>
        <TextField
          label={t('purpose')}
          hint={t('purposeHint')}
          value={purpose}
          onChange={setPurpose}
          maxLength={200}
          fault={tried && isMissing ? t('purposeMissing') : null}
        />
        <FormFault error={error} />
        <Actions>
          <Button type="submit" look="primary" busy={busy}>
            {busy ? t('exporting') : t('exportDo')}
          </Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
};
