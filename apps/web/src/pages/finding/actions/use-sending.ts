import { useRef, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import zh from '../../../i18n/zh/actions.json';
import { textsOf } from '../../../i18n/texts';
import { word } from '../../../i18n/words';
import { write } from '../../../api/calls';
import { newKey } from '../../../api/new-key';
import { asRefused } from '../../../api/problem';
import { useToast } from '../../../ui/toast';
import type { Occasion, Values } from './fields';
import { FORMS, type FormCommand } from './registry';

const t = textsOf(zh);

/**
 * Sends a command on the revision its writer saw. A broken connection repeats the same act under the same key; anything typed since,
 * or a refusal, makes it a new one.
 */
export const useSending = (at: Occasion, command: FormCommand, done: () => void) => {
  const { findingId, revision } = at.finding;
  const [seen, setSeen] = useState(revision);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const key = useRef(newKey());
  const queries = useQueryClient();
  const say = useToast();
  const { rests = false, send } = FORMS[command];
  const changed = (): Promise<unknown> =>
    Promise.all([queries.invalidateQueries({ queryKey: ['finding', findingId] }), queries.invalidateQueries({ queryKey: ['findings'] })]);
  return {
    seen,
    busy,
    error,
    code: error === null ? null : asRefused(error).code,
    /** The writer read what changed: the decision rests on that from now on. */
    look: (): void => {
      setSeen(revision);
      setError(null);
    },
    edited: (): void => {
      key.current = newKey();
    },
    send: async (values: Values, redact: boolean): Promise<void> => {
      if (busy) return;
      setBusy(true);
      setError(null);
      try {
        await write((headers) => send(at, values, headers), { key: key.current, redact, ...(rests ? { seen } : {}) });
        say(t('sent', { name: word('command', command) }));
        // The next decision rests on what this one made of the finding, not on what was shown before it.
        await changed();
        done();
      } catch (failure) {
        const { status } = asRefused(failure);
        if (status !== 0) key.current = newKey();
        // Somebody was faster: what they did is read before anything is decided anew.
        if (status === 412 || status === 409) await changed();
        setError(failure);
        setBusy(false);
      }
    },
  };
};
