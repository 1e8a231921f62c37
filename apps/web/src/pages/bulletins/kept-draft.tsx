import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { write } from '../../api/calls';
import { bulletinDraftsSave } from '../../api/generated/sdk.gen';
import type { BulletinDraftShown, BulletinDraftsSaveData } from '../../api/generated/types.gen';
import { FormFault } from '../../ui/states';
import { dateTimeWords } from '../../ui/time';
import { t } from './words';
import styles from './bulletins.module.css';

type Body = Omit<BulletinDraftsSaveData['body'], 'revision'>;
/** After so long without a key pressed what is written is kept. */
const QUIET_MS = 800;

/**
 * Keeps on the server what is being written, so that another editor can go on and a closed window loses nothing. One saving at a time,
 * each on what the last one left; where somebody else has saved since, nothing is overwritten and `error` says so.
 */
export const useKeptDraft = (body: Body, saved: BulletinDraftShown | null) => {
  const queries = useQueryClient();
  const [kept, setKept] = useState(saved);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const said = JSON.stringify(body);
  const last = useRef(said);
  const isChanged = said !== last.current;
  useEffect(() => {
    if (!isChanged || busy || error !== null) return;
    const keep = async (): Promise<void> => {
      setBusy(true);
      try {
        const next = await write((headers) => bulletinDraftsSave({ body: { ...body, revision: kept?.revision ?? 0 }, headers }));
        last.current = said;
        setKept(next);
        await queries.invalidateQueries({ queryKey: ['bulletins', 'drafts'] });
      } catch (failure) {
        setError(failure);
      }
      setBusy(false);
    };
    const timer = setTimeout(() => void keep(), QUIET_MS);
    return () => clearTimeout(timer);
    // `said` is the whole of `body`.
  }, [said, isChanged, busy, error, kept]);
  return { kept, error, isChanged };
};

export const KeptNote = ({ kept, error, isChanged }: ReturnType<typeof useKeptDraft>): ReactNode => (
  <>
    <p className={styles['small']} role="status">
      {isChanged ? t('draftUnsaved') : kept !== null && t('draftSaved', { name: kept.savedBy.name, at: dateTimeWords(kept.savedAt) })}
    </p>
    <FormFault error={error} />
  </>
);
