import { useEffect, type ReactNode } from 'react';
import zh from '../i18n/zh/field.json';
import { textsOf } from '../i18n/texts';
import { unreachable } from '../api/problem';
import { useSignedIn } from '../app/session';
import { PinForm } from '../pages/field/pin-form';
import styles from '../pages/sign-in/sign-in-page.module.css';
import { Button } from '../ui/button';
import { Page } from '../ui/page';
import { Card, Fault, Loading, Notice } from '../ui/states';
import { phone, usePhone } from './phone';

const t = textsOf(zh);

/** No answer from the server: whoever has a store on this phone opens it by PIN and works with what is there. */
export default function OfflineDoor({ again }: Readonly<{ again: () => void }>): ReactNode {
  const { mode, wiped } = usePhone();
  const signedIn = useSignedIn();
  useEffect(() => void phone.look(), []);
  if (mode === 'starting') return <Loading />;
  if (mode !== 'locked') {
    return (
      <>
        {wiped && (
          <Notice tone="red" alert>
            <p>{t('pinWiped')}</p>
          </Notice>
        )}
        <Fault error={unreachable()} again={again} />
      </>
    );
  }
  const opened = (): void => {
    const { who } = phone.state();
    if (who !== null) signedIn(who);
  };
  return (
    <main className={styles['door']}>
      <Card>
        <Page title={t('offlineDoorTitle')}>
          <p>{t('offlineDoorWhy')}</p>
          <PinForm onOpen={opened} />
          <Button look="plain" onClick={again}>
            {t('retry')}
          </Button>
        </Page>
      </Card>
    </main>
  );
}
