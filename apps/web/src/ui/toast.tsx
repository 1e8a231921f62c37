import { createContext, use, useCallback, useState, type PropsWithChildren, type ReactNode } from 'react';
import styles from './kit.module.css';

const ToastContext = createContext<(text: string) => void>(() => undefined);
/** Says for a few seconds what was done, and reads it out. */
export const useToast = (): ((text: string) => void) => use(ToastContext);

const SHOWN_MS = 5_000;

export const Toasts = ({ children }: PropsWithChildren): ReactNode => {
  const [texts, setTexts] = useState<readonly Readonly<{ id: number; text: string }>[]>([]);
  const say = useCallback((text: string) => {
    const id = performance.now();
    setTexts((known) => [...known, { id, text }]);
    setTimeout(() => setTexts((known) => known.filter((one) => one.id !== id)), SHOWN_MS);
  }, []);
  return (
    <ToastContext value={say}>
      {children}
      <div className={styles['toasts']} aria-live="polite">
        {texts.map(({ id, text }) => (
          <div key={id} className={styles['toast']}>
            {text}
          </div>
        ))}
      </div>
    </ToastContext>
  );
};
