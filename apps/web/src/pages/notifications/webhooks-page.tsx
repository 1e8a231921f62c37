import { useState, type ReactNode } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { read, write } from '../../api/calls';
import {
  sendingAddSecret,
  sendingChange,
  sendingListWebhooks,
  sendingRemove,
  sendingRetire,
  sendingTryWebhook,
} from '../../api/generated/sdk.gen';
import { word } from '../../i18n/words';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Page } from '../../ui/page';
import { Actions, Card, Empty, Facts, FormFault, Loaded, Notice } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { useToast } from '../../ui/toast';
import { useAct } from '../../ui/use-act';
import { HookForm, type Hook, type Hooks, type Secret } from './hook-form';
import { t } from './texts';
import styles from './notifications.module.css';

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

/** Asked once more: what waits for it is not sent any more. */
const RemoveDialog = ({ hook: { id, label }, onClose }: Readonly<{ hook: Hook; onClose: () => void }>): ReactNode => {
  const queries = useQueryClient();
  const { busy, error, send } = useAct();
  const remove = (): void =>
    send(true, async () => {
      await write((headers) => sendingRemove({ path: { id }, headers }));
      onClose();
      await queries.invalidateQueries({ queryKey: KEY });
    });
  return (
    <Dialog title={t('removeOf', { label })} onClose={onClose}>
      <p>{t('removeAsk')}</p>
      <FormFault error={error} />
      <Actions>
        <Button look="danger" busy={busy} onClick={remove}>
          {t('remove')}
        </Button>
      </Actions>
    </Dialog>
  );
};

const HookCard = ({
  hook,
  offered,
  show,
}: Readonly<{ hook: Hook; offered: Hooks['kinds']; show: (secret: Secret) => void }>): ReactNode => {
  const [asked, setAsked] = useState<'change' | 'remove' | null>(null);
  const close = (): void => setAsked(null);
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
        <Button aria-label={t('changeOf', { label })} onClick={() => setAsked('change')}>
          {t('change')}
        </Button>
        <Button look="danger" aria-label={t('removeOf', { label })} onClick={() => setAsked('remove')}>
          {t('remove')}
        </Button>
      </Actions>
      {asked === 'change' && (
        <Dialog title={t('changeOf', { label })} onClose={close}>
          <HookForm
            kinds={offered}
            hook={hook}
            onDone={() => {
              close();
              void queries.invalidateQueries({ queryKey: KEY });
            }}
          />
        </Dialog>
      )}
      {asked === 'remove' && <RemoveDialog hook={hook} onClose={close} />}
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
              <HookCard key={hook.id} hook={hook} offered={kinds} show={setSecret} />
            ))}
            {hosts.length > 0 && (
              <Card title={t('addTitle')}>
                <HookForm
                  kinds={kinds}
                  hook={null}
                  onDone={(added) => {
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
