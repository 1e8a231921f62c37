import { useState, type FormEvent, type ReactNode } from 'react';
import zh from '../../i18n/zh/field.json';
import { textsOf } from '../../i18n/texts';
import { phone } from '../../offline/phone';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { TextField } from '../../ui/fields';
import { Actions, Notice } from '../../ui/states';

const t = textsOf(zh);

export const PinField = ({
  label,
  value,
  onChange,
  fault,
}: Readonly<{ label: string; value: string; onChange: (pin: string) => void; fault?: string | null }>): ReactNode => (
  <TextField
    label={label}
    type="password"
    inputMode="numeric"
    autoComplete="off"
    maxLength={12}
    value={value}
    onChange={onChange}
    fault={fault ?? null}
  />
);

/** Opens what lies on the phone. Five wrong PINs wipe it. */
export const PinForm = ({ onOpen }: Readonly<{ onOpen?: () => void }>): ReactNode => {
  const [pin, setPin] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (pin === '' || isBusy) return;
    setIsBusy(true);
    const left = await phone.unlock(pin);
    setIsBusy(false);
    setPin('');
    if (left === null) return onOpen?.();
    if (left > 0) setFault(t('pinWrong', { n: left }));
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <PinField label={t('pinNew')} value={pin} onChange={setPin} fault={fault} />
      <Actions>
        <Button type="submit" look="primary" busy={isBusy}>
          {t('pinOpen')}
        </Button>
        <Button look="plain" onClick={() => setIsAsking(true)}>
          {t('pinForgot')}
        </Button>
      </Actions>
      {isAsking && (
        <Dialog title={t('pinForgot')} onClose={() => setIsAsking(false)}>
          <Notice tone="amber">
            <p>{t('pinForgotAsk')}</p>
          </Notice>
          <Actions>
            <Button look="danger" onClick={() => void phone.wipe().then(() => setIsAsking(false))}>
              {t('wipeAndBegin')}
            </Button>
          </Actions>
        </Dialog>
      )}
    </form>
  );
};
