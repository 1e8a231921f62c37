import { useState, type FormEvent, type ReactNode } from 'react';
import { write } from '../../api/calls';
import { notificationsConfirm, notificationsSendCode } from '../../api/generated/sdk.gen';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/fields';
import { Actions, Card, FormFault } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { useAct } from '../../ui/use-act';
import { t } from './texts';

const CODE = /^\d{8}$/;

/** The code that was mailed to an address nobody confirmed yet, or another one. */
export const MailboxProof = ({ mailbox, onConfirmed }: Readonly<{ mailbox: string; onConfirmed: () => Promise<void> }>): ReactNode => {
  const [code, setCode] = useState('');
  const proof = useAct();
  const another = useAct();
  const say = useToast();
  const wrong = !CODE.test(code.trim());
  const confirm = (event: FormEvent): void => {
    event.preventDefault();
    proof.send(!wrong, async () => {
      await write((headers) => notificationsConfirm({ body: { code: code.trim() }, headers }));
      say(t('mailboxConfirmed'));
      await onConfirmed();
    });
  };
  const sendAnother = (): void =>
    another.send(true, async () => {
      await write((headers) => notificationsSendCode({ headers }));
      say(t('codeSent'));
    });
  return (
    <Card title={t('proofTitle')}>
      <p>{t('proofAbout', { mailbox })}</p>
      <form onSubmit={confirm} noValidate>
        <TextField
          label={t('code')}
          inputMode="numeric"
          autoComplete="one-time-code"
          value={code}
          onChange={setCode}
          fault={proof.tried && wrong ? t('codeShape') : null}
        />
        <FormFault error={proof.error ?? another.error} />
        <Actions>
          <Button type="submit" look="primary" busy={proof.busy}>
            {t('confirm')}
          </Button>
          <Button busy={another.busy} onClick={sendAnother}>
            {t('sendCode')}
          </Button>
        </Actions>
      </form>
    </Card>
  );
};
