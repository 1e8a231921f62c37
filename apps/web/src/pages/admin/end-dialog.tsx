import { useState, type ReactNode } from 'react';
import { useSession } from '../../app/session';
import { TextField } from '../../ui/fields';
import { ActDialog } from './act-dialog';
import { dayBefore } from './period';
import { missing, t } from './texts';

/** Ends what had a first day: the last day is asked for, and what follows from it is said. */
export const EndDialog = ({
  title,
  submit,
  consequence,
  send,
  onClose,
}: Readonly<{
  title: string;
  submit: string;
  consequence: ReactNode;
  send: (body: Readonly<{ lastDay: string }>, key: string) => Promise<unknown>;
  onClose: () => void;
}>): ReactNode => {
  const { today } = useSession().who;
  const [lastDay, setLastDay] = useState(dayBefore(today));
  const fault = missing(lastDay, t('lastDay'));
  const body = { lastDay };
  return (
    <ActDialog
      title={title}
      submit={submit}
      danger
      consequence={consequence}
      faults={[fault]}
      body={body}
      send={(key) => send(body, key)}
      onClose={onClose}
    >
      {(isTried) => (
        <TextField
          type="date"
          label={t('lastDay')}
          hint={t('lastDayHint')}
          value={lastDay}
          onChange={setLastDay}
          fault={isTried ? fault : null}
        />
      )}
    </ActDialog>
  );
};
