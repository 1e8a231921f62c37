import { useState, type FormEvent, type ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import { notificationsChoice, notificationsChoose } from '../../api/generated/sdk.gen';
import type { NotificationsChoiceResponses } from '../../api/generated/types.gen';
import { wordsOf } from '../../i18n/words';
import { Button } from '../../ui/button';
import { Checkbox, CheckGroup, RadioGroup, SelectField, TextField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Actions, Card, FormFault, Loaded, Notice } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { useAct } from '../../ui/use-act';
import { MailboxProof } from './mailbox-proof';
import { t } from './texts';

type Own = NotificationsChoiceResponses[200];
const KEY = ['notifications', 'choice'] as const;
const WEEKDAYS = ['1', '2', '3', '4', '5', '6', '0'] as const;

const ChoiceForm = ({ own }: Readonly<{ own: Own }>): ReactNode => {
  const [choice, setChoice] = useState(own.choice);
  const [mailbox, setMailbox] = useState(own.mailbox ?? '');
  const { busy, error, send } = useAct();
  const queries = useQueryClient();
  const say = useToast();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send(true, async () => {
      const body = { choice, mailbox: mailbox.trim() === '' ? null : mailbox.trim() };
      await write((headers) => notificationsChoose({ body, headers }), { seen: own.revision });
      await queries.invalidateQueries({ queryKey: KEY });
      say(t('saved'));
    });
  };
  const { quiet } = choice;
  return (
    <form onSubmit={submit} noValidate>
      {!own.mailPossible && <Notice tone="amber">{t('mailImpossible')}</Notice>}
      <Card title={t('mail')}>
        <TextField
          label={t('mailbox')}
          hint={t('mailboxHint')}
          type="email"
          autoComplete="email"
          optional
          value={mailbox}
          onChange={setMailbox}
        />
        <CheckGroup
          label={t('kinds')}
          options={wordsOf('notification', own.kinds)}
          value={choice.mail}
          onChange={(mail) => setChoice({ ...choice, mail: [...mail] })}
        />
      </Card>
      <Card title={t('when')}>
        <RadioGroup
          label={t('digest')}
          options={wordsOf('digest', ['immediate', 'daily', 'weekly'] as const)}
          value={choice.digest}
          onChange={(digest) => digest !== '' && setChoice({ ...choice, digest })}
        />
        {choice.digest !== 'immediate' && (
          <TextField
            label={t('digestAt')}
            type="time"
            value={choice.digestAt}
            onChange={(digestAt) => setChoice({ ...choice, digestAt })}
          />
        )}
        {choice.digest === 'weekly' && (
          <SelectField
            label={t('digestOn')}
            placeholder={null}
            options={wordsOf('weekday', WEEKDAYS)}
            value={String(choice.digestOn) as (typeof WEEKDAYS)[number]}
            onChange={(day) => setChoice({ ...choice, digestOn: Number(day) })}
          />
        )}
        <Checkbox
          label={t('quiet')}
          value={quiet !== null}
          onChange={(on) => setChoice({ ...choice, quiet: on ? { from: '20:00', to: '08:00' } : null })}
        />
        {quiet !== null && (
          <>
            <TextField
              label={t('quietFrom')}
              type="time"
              value={quiet.from}
              onChange={(from) => setChoice({ ...choice, quiet: { ...quiet, from } })}
            />
            <TextField
              label={t('quietTo')}
              type="time"
              value={quiet.to}
              onChange={(to) => setChoice({ ...choice, quiet: { ...quiet, to } })}
            />
          </>
        )}
        <Checkbox
          label={t('workingDaysOnly')}
          value={choice.workingDaysOnly}
          onChange={(workingDaysOnly) => setChoice({ ...choice, workingDaysOnly })}
        />
        <Checkbox
          label={t('urgentAtOnce')}
          value={choice.urgentAtOnce}
          onChange={(urgentAtOnce) => setChoice({ ...choice, urgentAtOnce })}
        />
      </Card>
      <FormFault error={error} />
      <Actions>
        <Button type="submit" look="primary" busy={busy}>
          {t('save')}
        </Button>
      </Actions>
    </form>
  );
};

/** How the reader wishes to be told by mail; in the application everything is there anyway. */
export default function ChoicePage(): ReactNode {
  const queries = useQueryClient();
  const query = useQuery({ queryKey: KEY, queryFn: () => read(notificationsChoice()), refetchOnWindowFocus: false });
  return (
    <Page title={t('settings')}>
      <p>{t('settingsAbout')}</p>
      <Loaded query={query}>
        {(own) => (
          <>
            {own.mailPossible && own.mailbox !== null && !own.mailboxConfirmed && (
              <MailboxProof key={own.mailbox} mailbox={own.mailbox} onConfirmed={() => queries.invalidateQueries({ queryKey: KEY })} />
            )}
            <ChoiceForm key={own.revision} own={own} />
          </>
        )}
      </Loaded>
    </Page>
  );
}
