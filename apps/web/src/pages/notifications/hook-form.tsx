import { useState, type FormEvent, type ReactNode } from 'react';
import { write } from '../../api/calls';
import { sendingAdd, sendingChange } from '../../api/generated/sdk.gen';
import type { SendingListWebhooksResponses } from '../../api/generated/types.gen';
import { wordsOf } from '../../i18n/words';
import { Button } from '../../ui/button';
import { CheckGroup, TextField } from '../../ui/fields';
import { FormFault } from '../../ui/states';
import { useAct } from '../../ui/use-act';
import { t } from './texts';

export type Hooks = SendingListWebhooksResponses[200];
export type Hook = Hooks['webhooks'][number];
export type Secret = Readonly<{ keyId: string; secret: string }>;

/** Name, address and kinds of a webhook: of a new one, whose secret is given once, or of one that is there. */
export const HookForm = ({
  kinds,
  hook,
  onDone,
}: Readonly<{ kinds: Hooks['kinds'] }> &
  (Readonly<{ hook: null; onDone: (secret: Secret) => void }> | Readonly<{ hook: Hook; onDone: () => void }>)): ReactNode => {
  const [label, setLabel] = useState(hook?.label ?? '');
  const [url, setUrl] = useState(hook?.url ?? '');
  const [wanted, setWanted] = useState<readonly Hooks['kinds'][number][]>(hook?.kinds ?? []);
  const { tried, busy, error, send } = useAct();
  const missing = (value: string): string | null => (tried && value.trim() === '' ? t('missing') : null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = { label, url, kinds: [...wanted], paused: hook?.paused ?? false };
    send(label.trim() !== '' && url.trim() !== '', async () => {
      if (hook !== null) {
        await write((headers) => sendingChange({ path: { id: hook.id }, body, headers }), { seen: hook.revision });
        return onDone();
      }
      const secret = await write((headers) => sendingAdd({ body, headers }));
      setLabel('');
      setUrl('');
      setWanted([]);
      onDone(secret);
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <TextField label={t('label')} value={label} onChange={setLabel} fault={missing(label)} />
      <TextField label={t('url')} type="url" value={url} onChange={setUrl} fault={missing(url)} />
      <CheckGroup label={t('hookKinds')} options={wordsOf('notification', kinds)} value={wanted} onChange={setWanted} />
      <FormFault error={error} />
      <Button type="submit" look="primary" busy={busy}>
        {t(hook === null ? 'add' : 'save')}
      </Button>
    </form>
  );
};
