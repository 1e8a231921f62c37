import { useState, type ReactNode } from 'react';
import { InstructionDialog } from './instruction-dialog';
import { t } from './words';
import styles from './leaders.module.css';

/** 批示 from a row, for leaders. */
export const InstructButton = ({ findingId, number }: Readonly<{ findingId: string; number: string }>): ReactNode => {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className={styles['quiet']} aria-label={t('instructOn', { number })} onClick={() => setOpen(true)}>
        {t('instruct')}
      </button>
      {isOpen && <InstructionDialog findingId={findingId} number={number} onClose={() => setOpen(false)} />}
    </>
  );
};
