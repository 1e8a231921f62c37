import { useEffect, useState, type ReactNode } from 'react';
import zh from '../i18n/zh/field.json';
import { textsOf } from '../i18n/texts';
import { read } from '../api/calls';
import { devicesState } from '../api/generated/sdk.gen';
import { asRefused } from '../api/problem';
import { useOnline } from '../app/online';
import { askBeforeSigningOut, useSession, useSessionAgain } from '../app/session';
import { Button } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Actions, Notice } from '../ui/states';
import { useToast } from '../ui/toast';
import { isUnsent } from './draft';
import { phone, usePhone } from './phone';
import { registerServiceWorker } from './service-worker';
import { deviceRecord } from './store';

const t = textsOf(zh);
const SWEEP_MS = 10 * 60_000;

/** The server is asked at every contact whether this phone may keep what it holds; without a session, too. */
const mayKeep = async (): Promise<boolean> => {
  const device = await deviceRecord();
  if (device === null) return true;
  try {
    await read(devicesState({ path: { deviceId: device.deviceId } }));
    return true;
  } catch (failure) {
    return asRefused(failure).status !== 410;
  }
};

type Answer = (mayLeave: boolean) => void;

/** Signing out clears the phone: what was not sent is sent first, or given up, or one stays. */
const SignOutQuestion = ({ answer }: Readonly<{ answer: Answer }>): ReactNode => {
  const { drafts } = usePhone();
  const [isSending, setIsSending] = useState(false);
  const unsent = drafts.filter(isUnsent);
  const [hasFailed, setHasFailed] = useState(false);
  const send = async (): Promise<void> => {
    setIsSending(true);
    setHasFailed(false);
    for (const { draftId, state } of unsent) if (state === 'draft') await phone.submit(draftId);
    await phone.outbox.drained();
    setIsSending(false);
    if (phone.state().drafts.some(isUnsent)) setHasFailed(true);
    else answer(true);
  };
  return (
    <Dialog title={t('signOutTitle')} onClose={() => answer(false)}>
      <p>{t('signOutWhat', { n: unsent.length })}</p>
      {hasFailed && (
        <Notice tone="red" alert>
          <p>{t('signOutFailed')}</p>
        </Notice>
      )}
      <Actions>
        <Button look="primary" busy={isSending} onClick={() => void send()}>
          {t('signOutSend')}
        </Button>
        <Button onClick={() => answer(false)}>{t('signOutStay')}</Button>
        <Button look="danger" onClick={() => answer(true)}>
          {t('signOutDiscard')}
        </Button>
      </Actions>
    </Dialog>
  );
};

/** Behind every page of those who go out: the outbox sends, what expired goes, a new version is offered. */
export default function FieldBackground(): ReactNode {
  const { who } = useSession();
  const isOnline = useOnline();
  const askAgain = useSessionAgain();
  const say = useToast();
  const [question, setQuestion] = useState<Answer | null>(null);
  const [update, setUpdate] = useState<(() => void) | null>(null);

  useEffect(() => {
    void phone.belongsTo(who);
  }, [who]);
  useEffect(() => void registerServiceWorker((ready) => setUpdate(() => ready)).catch(() => undefined), []);
  useEffect(() => {
    const timer = setInterval(() => void phone.sweep(), SWEEP_MS);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (!isOnline) return;
    const contact = async (): Promise<void> => {
      if (!(await mayKeep())) {
        await phone.wipe();
        say(t('withdrawn'));
        return;
      }
      // Opened without a network there is no session yet: what waits goes out once there is one.
      if (await askAgain()) await phone.outbox.hurry();
      else phone.needSignIn();
    };
    void contact();
  }, [isOnline, askAgain, say]);
  useEffect(
    () =>
      askBeforeSigningOut(async () => {
        await phone.keepTyped();
        const hasUnsent = phone.state().drafts.some(isUnsent);
        const mayLeave = !hasUnsent || (await new Promise<boolean>((resolve) => setQuestion(() => resolve)));
        setQuestion(null);
        if (mayLeave) await phone.wipe();
        return mayLeave;
      }),
    [],
  );
  return (
    <>
      {update !== null && (
        <Notice>
          <p>{t('updateReady')}</p>
          <Button onClick={update}>{t('updateNow')}</Button>
        </Notice>
      )}
      {question !== null && <SignOutQuestion answer={question} />}
    </>
  );
}
