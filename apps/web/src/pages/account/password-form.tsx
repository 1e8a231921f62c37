import { useState, type FormEvent, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import common from '../../i18n/zh/common.json';
import zh from '../../i18n/zh/account.json';
import { textsOf } from '../../i18n/texts';
import { write } from '../../api/calls';
import { accountChangePassword } from '../../api/generated/sdk.gen';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/fields';
import { FormFault } from '../../ui/states';
import { useToast } from '../../ui/toast';
import { useAct } from '../../ui/use-act';

const t = textsOf(zh);
const words = textsOf(common);
const NOTHING = { present: '', wanted: '', again: '' };

/** The session asks again afterwards: a one-time password no longer holds it back. */
export const PasswordForm = (): ReactNode => {
  const [form, setForm] = useState(NOTHING);
  const { tried, busy, error, send } = useAct();
  const queries = useQueryClient();
  const say = useToast();
  const differs = form.again !== form.wanted;
  const missing = (value: string, label: string): string | null => (tried && value === '' ? words('required', { label }) : null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { present, wanted } = form;
    send(present !== '' && wanted !== '' && !differs, async () => {
      await write((headers) => accountChangePassword({ body: { present, wanted }, headers }));
      setForm(NOTHING);
      say(t('changed'));
      await queries.invalidateQueries({ queryKey: ['session'] });
    });
  };
  return (
    <form onSubmit={submit} noValidate>
      <TextField
        label={t('present')}
        type="password"
        autoComplete="current-password"
        value={form.present}
        onChange={(present) => setForm({ ...form, present })}
        fault={missing(form.present, t('present'))}
      />
      <TextField
        label={t('wanted')}
        hint={t('rules')}
        type="password"
        autoComplete="new-password"
        value={form.wanted}
        onChange={(wanted) => setForm({ ...form, wanted })}
        fault={missing(form.wanted, t('wanted'))}
      />
      <TextField
        label={t('again')}
        type="password"
        autoComplete="new-password"
        value={form.again}
        onChange={(again) => setForm({ ...form, again })}
        fault={tried && differs ? t('differs') : null}
      />
      <FormFault error={error} />
      <Button type="submit" look="primary" busy={busy}>
        {t('change')}
      </Button>
    </form>
  );
};
