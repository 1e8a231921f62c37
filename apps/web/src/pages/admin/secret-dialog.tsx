import type { ReactNode } from 'react';
import { Button } from '../../ui/button';
import { Dialog } from '../../ui/dialog';
import { Actions, Facts, Notice } from '../../ui/states';
import { t } from './texts';
import styles from './admin.module.css';

/** A password or a token, this once: it is kept nowhere and gone when the dialog is closed. */
export const SecretDialog = ({
  title,
  facts,
  label,
  secret,
  hint,
  onClose,
}: Readonly<{
  title: string;
  facts: readonly (readonly [string, string])[];
  label: string;
  secret: string;
  hint: string;
  onClose: () => void;
}>): ReactNode => (
  <Dialog title={title} onClose={onClose}>
    <Facts of={facts} />
    <p>{label}</p>
    <output className={styles['secret']} aria-label={label}>
      {secret}
    </output>
    <Notice tone="amber">{hint}</Notice>
    <Actions>
      <Button look="primary" onClick={onClose}>
        {t('secretNoted')}
      </Button>
      {window.isSecureContext && <Button onClick={() => void navigator.clipboard.writeText(secret)}>{t('copy')}</Button>}
    </Actions>
  </Dialog>
);
