import { useState, type FormEvent, type ReactNode } from 'react';
import zh from '../../i18n/zh/field.json';
import { textsOf } from '../../i18n/texts';
import { read } from '../../api/calls';
import { devicesRegister } from '../../api/generated/sdk.gen';
import { newKey } from '../../api/new-key';
import { useSession } from '../../app/session';
import { isGoodPin } from '../../offline/expiry';
import { phone, usePhone } from '../../offline/phone';
import { Button } from '../../ui/button';
import { Card, FormFault, Notice } from '../../ui/states';
import { PinField, PinForm } from './pin-form';

const t = textsOf(zh);

const SetUp = (): ReactNode => {
  const { who } = useSession();
  const { wiped } = usePhone();
  const [pin, setPin] = useState('');
  const [again, setAgain] = useState('');
  const [isTried, setIsTried] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setIsTried(true);
    if (!isGoodPin(pin) || pin !== again || isBusy) return;
    setIsBusy(true);
    setError(null);
    try {
      const headers = { 'Idempotency-Key': newKey() };
      await phone.setUp(pin, await read(devicesRegister({ body: { label: t('deviceLabel', { day: who.today }) }, headers })), who);
    } catch (failure) {
      setError(failure);
      setIsBusy(false);
    }
  };
  return (
    <Card title={t('pinTitle')}>
      {wiped && (
        <Notice tone="red" alert>
          <p>{t('pinWiped')}</p>
        </Notice>
      )}
      <p>{t('pinWhy')}</p>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <PinField label={t('pinNew')} value={pin} onChange={setPin} fault={isTried && !isGoodPin(pin) ? t('pinBad') : null} />
        <PinField label={t('pinAgain')} value={again} onChange={setAgain} fault={isTried && pin !== again ? t('pinDiffers') : null} />
        <FormFault error={error} />
        <Button type="submit" busy={isBusy} wide>
          {t('pinSet')}
        </Button>
      </form>
    </Card>
  );
};

/** What the phone may keep: set up, locked, somebody else's, or impossible without HTTPS. Nothing when it is open. */
export const StoreCard = (): ReactNode => {
  const { mode } = usePhone();
  switch (mode) {
    case 'starting':
    case 'open':
      return null;
    case 'insecure':
      return (
        <Notice tone="amber">
          <p>
            <strong>{t('insecureTitle')}</strong>
          </p>
          <p>{t('insecureWhat')}</p>
        </Notice>
      );
    case 'none':
      return <SetUp />;
    case 'locked':
      return (
        <Card title={t('pinOpenTitle')}>
          <p>{t('pinOpenWhy')}</p>
          <PinForm />
        </Card>
      );
    case 'foreign':
      return (
        <Card title={t('foreignTitle')}>
          <p>{t('foreignWhat')}</p>
          <Button look="danger" onClick={() => void phone.wipe()}>
            {t('foreignRemove')}
          </Button>
        </Card>
      );
  }
};
