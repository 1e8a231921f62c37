import { useEffect, useRef, useState } from 'react';
import type { TaskPackage } from '../../api/generated/types.gen';
import type { SignedIn } from '../../app/session';
import type { Draft } from '../../offline/draft';
import type { FileForm } from '../../offline/filing';
import { phone, usePhone } from '../../offline/phone';

const PAUSE_MS = 500;

/** Filled in as far as it is known: from the task, else from the village, else from who files. */
export const beginning = (who: SignedIn, content: TaskPackage | null, ownTown: Readonly<{ id: string; name: string }> | null): FileForm => {
  const village = content?.village ?? null;
  return {
    townId: village?.townId ?? ownTown?.id ?? '',
    townName: village?.townName ?? ownTown?.name ?? '',
    villageId: village?.id ?? null,
    villageName: village?.name ?? null,
    teamId: content?.team.id ?? null,
    teamName: content?.team.name ?? who.acting?.unit.name ?? null,
    foundOn: content?.today ?? who.today,
    source: content?.task?.source ?? null,
    manner: content?.task?.manner ?? (content === null ? 'on-site' : 'household'),
    subject: { kind: 'household', name: '', subjectKey: null, code: null },
    category: null,
    text: '',
    spot: null,
  };
};

/** The latest draft that is still being typed, or the one that was asked for. */
export const draftToResume = (drafts: readonly Draft[], asked: string | null): Draft | null =>
  drafts.find(({ draftId, work, state, said }) =>
    asked === null
      ? state === 'draft' && work.kind === 'finding'
      : draftId === asked && work.kind === 'finding' && !said && state !== 'sending',
  ) ?? null;

/** What is typed is kept on the phone half a second after the last key, and at once where it has to be. */
export const useKeptForm = (resumed: Draft | null, start: FileForm) => {
  const { drafts } = usePhone();
  const [draftId, setDraftId] = useState(resumed?.draftId ?? null);
  const [form, setForm] = useState<FileForm>(resumed?.work.kind === 'finding' ? resumed.work.form : start);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef({ draftId, form });
  latest.current = { draftId, form };

  const keep = async (): Promise<string> => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    const draft = await phone.type(latest.current.draftId, { kind: 'finding', form: latest.current.form });
    latest.current.draftId = draft.draftId;
    setDraftId(draft.draftId);
    return draft.draftId;
  };
  const change = (changes: Partial<FileForm>): void => {
    const changed = { ...latest.current.form, ...changes };
    latest.current.form = changed;
    setForm(changed);
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(() => void keep(), PAUSE_MS);
  };
  const keepLatest = useRef(keep);
  keepLatest.current = keep;
  // Leaving the page keeps what was typed last; signing out asks about it.
  useEffect(() => {
    const keepNow = async (): Promise<void> => {
      if (timer.current !== null) await keepLatest.current();
    };
    const typedNoMore = phone.beingTyped(keepNow);
    return () => {
      typedNoMore();
      void keepNow();
    };
  }, []);
  /** Saved or thrown away: nothing more is kept under this draft. */
  const letGo = (next: FileForm): void => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    latest.current = { draftId: null, form: next };
    setDraftId(null);
    setForm(next);
  };
  const photos = drafts.find((one) => one.draftId === draftId)?.photos ?? [];
  return { draftId, form, photos, change, keep, letGo };
};
