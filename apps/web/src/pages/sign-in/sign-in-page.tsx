import { useState, type FormEvent, type ReactNode } from 'react';
import zh from '../../i18n/zh/sign-in.json';
import { textsOf } from '../../i18n/texts';
import { signIn, useSignedIn } from '../../app/session';
import { Button } from '../../ui/button';
import { TextField } from '../../ui/fields';
import { Page } from '../../ui/page';
import { Card, FormFault } from '../../ui/states';
import styles from './sign-in-page.module.css';

const t = textsOf(zh);

export default function SignInPage(): ReactNode {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const signedIn = useSignedIn();
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (login === '' || password === '') return;
    setBusy(true);
    setError(null);
    try {
      signedIn(await signIn(login.trim(), password));
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <main className={styles['door']}>
      <Card>
        <Page title={t('title')}>
          <p>{t('welcome')}</p>
          <form onSubmit={(event) => void submit(event)} noValidate>
            <TextField
              label={t('login')}
              value={login}
              onChange={setLogin}
              autoComplete="username"
              autoCapitalize="none"
              fault={tried && login === '' ? t('loginRequired') : null}
            />
            <TextField
              label={t('password')}
              type="password"
              value={password}
              onChange={setPassword}
              autoComplete="current-password"
              fault={tried && password === '' ? t('passwordRequired') : null}
            />
            <FormFault error={error} />
            <Button type="submit" look="primary" wide busy={busy}>
              {t('submit')}
            </Button>
          </form>
        </Page>
      </Card>
    </main>
  );
}
