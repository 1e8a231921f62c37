import { useId, useLayoutEffect, useRef, type PropsWithChildren, type ReactNode } from 'react';
import common from '../i18n/zh/common.json';
import { textsOf } from '../i18n/texts';
import { Button } from './button';
import styles from './kit.module.css';

const t = textsOf(common);

/** The browser's own modal dialog: keeps the focus inside, closes by Escape, gives the focus back. Mounted = open. */
export const Dialog = ({ title, onClose, children }: PropsWithChildren<{ title: string; onClose: () => void }>): ReactNode => {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // While it is still in the page: only then does closing give the focus back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog !== null && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={styles['dialog']}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className={styles['dialogHead']}>
        <h2 id={id}>{title}</h2>
        <Button look="plain" onClick={onClose} aria-label={t('close')}>
          ✕
        </Button>
      </div>
      <div className={styles['dialogBody']}>{children}</div>
    </dialog>
  );
};
