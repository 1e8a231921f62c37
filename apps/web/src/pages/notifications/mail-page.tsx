import { useState, type FormEvent, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import { sendingMail, sendingTryMail } from '../../api/generated/sdk.gen';
import type { SendingTryMailResponses } from '../../api/generated/types.gen';
import { Button, LinkButton } from '../../ui/button';
import { TextField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Card, Facts, FormFault, Loaded, Notice } from '../../ui/states';
import { useAct } from '../../ui/use-act';
import { t } from './texts';

type Trial = SendingTryMailResponses[keyof SendingTryMailResponses];

const TrialForm = (): ReactNode => {
  const [mailbox, setMailbox] = useState('');
  const [trial, setTrial] = useState<Trial | null>(null);
  const { tried, busy, error, send } = useAct();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTrial(null);
    send(mailbox.trim() !== '', async () => setTrial(await write((headers) => sendingTryMail({ body: { mailbox }, headers }))));
  };
  return (
    <form onSubmit={submit} noValidate>
      <TextField
        label={t('trialTo')}
        type="email"
        value={mailbox}
        onChange={setMailbox}
        fault={tried && mailbox.trim() === '' ? t('trialToMissing') : null}
      />
      <FormFault error={error} />
      {trial !== null && (
        <Notice tone={trial.sent ? 'green' : 'red'} alert>
          {trial.sent ? t('trialSent') : t('trialFailed', { error: trial.error ?? '' })}
        </Notice>
      )}
      <Button type="submit" look="primary" busy={busy}>
        {t('trial')}
      </Button>
    </form>
  );
};

/** Whether and how this instance sends mail, and a letter to try it. */
export default function MailPage(): ReactNode {
  const query = useQuery({ queryKey: ['admin', 'mail'], queryFn: () => read(sendingMail()) });
  return (
    <Page title={t('mailTitle')} tools={<LinkButton to="/admin/dead-letters">{t('deadTitle')}</LinkButton>}>
      <Loaded query={query}>
        {({ configured, host, from, outbox }) => (
          <>
            {!configured && <Notice tone="amber">{t('mailNotConfigured')}</Notice>}
            <Card>
              <Facts
                of={[
                  [t('host'), host],
                  [t('from'), from],
                  [t('waiting'), t('count', { n: outbox.waiting })],
                  [t('dead'), t('count', { n: outbox.dead })],
                ]}
              />
            </Card>
            {configured && (
              <Card title={t('trial')}>
                <TrialForm />
              </Card>
            )}
          </>
        )}
      </Loaded>
    </Page>
  );
}
