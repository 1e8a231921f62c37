import { useState, type FormEvent, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/carry-overs.json';
import { textsOf } from '../../i18n/texts';
import { write } from '../../api/calls';
import { carryOversWithdraw } from '../../api/generated/sdk.gen';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextArea } from '../../ui/fields';
import { Actions, FormFault } from '../../ui/states';
import { useAct } from '../../ui/use-act';
import type { CarryOver } from './carry-overs-page';

const t = textsOf(zh);
const words = textsOf(common);

/** Carried over by mistake: out of the count, and in the list with the reason. */
export const WithdrawDialog = ({ row, onClose }: Readonly<{ row: CarryOver; onClose: () => void }>): ReactNode => {
  const [reason, setReason] = useState('');
  const { tried, busy, error, send } = useAct();
  const queries = useQueryClient();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send(reason.trim() !== '', async () => {
      const path = { id: row.carryOverId };
      const body = { reason: reason.trim() };
      await write((headers) => carryOversWithdraw({ path, body, headers }), { seen: row.revision });
      await queries.invalidateQueries({ queryKey: ['findings', 'carry-overs'] });
      onClose();
    });
  };
  return (
    <Dialog title={t('withdrawTitle')} onClose={onClose}>
      <form noValidate onSubmit={submit}>
        <p>{row.text}</p>
        <p>{t('withdrawNote')}</p>
        <TextArea
          label={t('reason')}
          value={reason}
          onChange={setReason}
          maxLength={500}
          fault={tried && reason.trim() === '' ? t('reasonMissing') : null}
        />
        <FormFault error={error} />
        <Actions>
          <Button type="submit" look="danger" busy={busy}>
            {t('withdrawNow')}
          </Button>
          <Button onClick={onClose}>{words('cancel')}</Button>
        </Actions>
      </form>
    </Dialog>
  );
};
