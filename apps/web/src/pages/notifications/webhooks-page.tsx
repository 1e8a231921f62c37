import { useState, type FormEvent, type ReactNode } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import {
  sendingAdd,
  sendingAddSecret,
  sendingChange,
  sendingListWebhooks,
  sendingRemove,
  sendingRetire,
  sendingTryWebhook,
} from '../../api/generated/sdk.gen';
import type { SendingListWebhooksResponses } from '../../api/generated/types.gen';
import { word, wordsOf } from '../../i18n/words';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { CheckGroup, TextField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Actions, Card, Empty, Facts, FormFault, Loaded, Notice } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { useToast } from '../../ui/toast';
import { useAct } from '../../ui/use-act';
import { t } from './texts';
import styles from './notifications.module.css';

type Hooks = SendingListWebhooksResponses[200];
type Hook = Hooks['webhooks'][number];
type Secret = Readonly<{ keyId: string; secret: string }>;
const KEY = ['admin', 'webhooks'] as const;

/** The secret, this once. */
const SecretDialog = ({ shown, onClose }: Readonly<{ shown: Secret; onClose: () => void }>): ReactNode => (
  <Dialog title={t('secretTitle')} onClose={onClose}>
    <Facts of={[[t('keyId'), shown.keyId]]} />
    <output className={styles['secret']} aria-label={t('secretTitle')}>
      {shown.secret}
    </output>
    <Notice tone="amber">{t('secretOnce')}</Notice>
    <Actions>
      <Button look="primary" onClick={onClose}>
        {t('secretNoted')}
      </Button>
    </Actions>
  </Dialog>
);

const AddForm = ({ kinds, onAdded }: Readonly<{ kinds: Hooks['kinds']; onAdded: (secret: Secret) => void }>): ReactNode => {
  const [label, setLabel] = useState('');
  const [url, setUrl] = useState('');
  const [wanted, setWanted] = useState<readonly Hooks['kinds'][number][]>([]);
  const { tried, busy, error, send } = useAct();
  const missing = (value: string): string | null => (tried && value.trim() === '' ? t('missing') : null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send(label.trim() !== '' && url.trim() !== '', async () => {
      onAdded(await write((headers) => sendingAdd({ body: { label, url, kinds: [...wanted], paused: false }, headers })));
      setLabel('');
      setUrl('');
      setWanted([]);
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <TextField label={t('label')} value={label} onChange={setLabel} fault={missing(label)} />
      <TextField label={t('url')} type="url" value={url} onChange={setUrl} fault={missing(url)} />
      <CheckGroup label={t('hookKinds')} options={wordsOf('notification', kinds)} value={wanted} onChange={setWanted} />
      <FormFault error={error} />
      <Button type="submit" look="primary" busy={busy}>
        {t('add')}
      </Button>
    </form>
  );
};

const HookCard = ({ hook, show }: Readonly<{ hook: Hook; show: (secret: Secret) => void }>): ReactNode => {
  const queries = useQueryClient();
  const say = useToast();
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
  const { id, label, url, kinds, paused, secrets, revision } = hook;
  const pause = (): Promise<unknown> =>
    write((headers) => sendingChange({ path: { id }, body: { label, url, kinds, paused: !paused }, headers }), { seen: revision });
  return (
    <Card title={label}>
      <Facts
        of={[
          [t('url'), url],
          [t('hookKinds'), kinds.map((kind) => word('notification', kind)).join(t('listed'))],
          [t('state'), t(paused ? 'paused' : 'active')],
        ]}
      />
      <ul>
        {secrets.map(({ keyId, createdAt }) => (
          <li key={keyId}>
            {t('secretRow', { keyId, at: dateTimeWords(createdAt) })}
            {secrets.length > 1 && (
              <Button
                look="plain"
                aria-label={t('retireOf', { keyId })}
                onClick={() => act.mutate(() => write((headers) => sendingRetire({ path: { id, keyId }, headers })))}
              >
                {t('retire')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <FormFault error={act.error} />
      <Actions>
        <Button
          aria-label={t('tryOf', { label })}
          onClick={() =>
            act.mutate(async () => {
              await write((headers) => sendingTryWebhook({ path: { id }, headers }));
              say(t('tried'));
            })
          }
        >
          {t('try')}
        </Button>
        <Button aria-label={t('pauseOf', { label })} onClick={() => act.mutate(pause)}>
          {t(paused ? 'resume' : 'pause')}
        </Button>
        {secrets.length < 2 && (
          <Button
            aria-label={t('addSecretOf', { label })}
            onClick={() => act.mutate(async () => show(await write((headers) => sendingAddSecret({ path: { id }, headers }))))}
          >
            {t('addSecret')}
          </Button>
        )}
        <Button
          look="danger"
          aria-label={t('removeOf', { label })}
          onClick={() => act.mutate(() => write((headers) => sendingRemove({ path: { id }, headers })))}
        >
          {t('remove')}
        </Button>
      </Actions>
    </Card>
  );
};

/** Other systems that are told, on hosts that the settings allow. */
export default function WebhooksPage(): ReactNode {
  const [secret, setSecret] = useState<Secret | null>(null);
  const queries = useQueryClient();
  const query = useQuery({ queryKey: KEY, queryFn: () => read(sendingListWebhooks()) });
  return (
    <Page title={t('hooksTitle')}>
      <p>{t('hooksAbout')}</p>
      <Loaded query={query}>
        {({ webhooks, hosts, kinds }) => (
          <>
            {hosts.length === 0 ? <Notice tone="amber">{t('noHosts')}</Notice> : <p>{t('hosts', { hosts: hosts.join(t('listed')) })}</p>}
            {webhooks.length === 0 && <Empty>{t('noHooks')}</Empty>}
            {webhooks.map((hook) => (
              <HookCard key={hook.id} hook={hook} show={setSecret} />
            ))}
            {hosts.length > 0 && (
              <Card title={t('addTitle')}>
                <AddForm
                  kinds={kinds}
                  onAdded={(added) => {
                    setSecret(added);
                    void queries.invalidateQueries({ queryKey: KEY });
                  }}
                />
              </Card>
            )}
          </>
        )}
      </Loaded>
      {secret !== null && <SecretDialog shown={secret} onClose={() => setSecret(null)} />}
    </Page>
  );
}
