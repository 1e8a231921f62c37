import { maskedSubject, type FileForm } from './filing';

export type Phase = 'before' | 'after';
export type Photo = Readonly<{
  photoId: string;
  phase: Phase;
  mediaType: string;
  size: number;
  /** How often it was begun: a file that did not match its hash, or was swept by the server, is begun anew under another key. */
  round: number;
  uploadId: string | null;
  received: number;
  evidenceId: string | null;
}>;

export type Work =
  | Readonly<{ kind: 'finding'; form: FileForm }>
  /** To add to what is open already, instead of filing it twice. */
  | Readonly<{ kind: 'addition'; findingId: string; number: string; text: string }>
  | Readonly<{
      kind: 'verification';
      findingId: string;
      number: string;
      /** What the decision rests on. */
      seen: number;
      result: 'passed' | 'sent-back';
      text: string;
    }>;

/** `draft`: being typed. `needs-you`: the server refused it, or it met another version; a person decides. */
export type DraftState = 'draft' | 'waiting' | 'sending' | 'needs-you' | 'sent';
export type Refusal = Readonly<{ code: string; zh: string; en: string; step: StepKind }>;
/** The other version, as the server holds it now. */
export type Theirs = Readonly<{ revision: number; stage: string; text: string; lines: readonly string[] }>;

export type Draft = Readonly<{
  draftId: string;
  work: Work;
  state: DraftState;
  /** In milliseconds by the server's clock. */
  createdAt: number;
  changedAt: number;
  /** When it was put down without a network; null when the network was there. */
  capturedAt: string | null;
  photos: readonly Photo[];
  /** What was told by the server so far. */
  findingId: string | null;
  number: string | null;
  said: boolean;
  /** A verifier without the right to send back: the office gets the opinion instead. */
  asOpinion: boolean;
  /** Whether numbers of persons in the text may be replaced by masks. */
  redact: boolean;
  refusal: Refusal | null;
  theirs: Theirs | null;
  attempts: number;
  notBefore: number;
  /** Counts what was changed after a refusal: another body goes under another key. */
  round: number;
}>;

export type StepKind = 'file' | 'comment' | 'verify' | 'send-back' | 'begin' | 'piece' | 'attach';
export type Step =
  Readonly<{ kind: Exclude<StepKind, 'begin' | 'piece' | 'attach'> }> | Readonly<{ kind: 'begin' | 'piece' | 'attach'; photoId: string }>;

export type Outcome =
  | Readonly<{ is: 'filed'; findingId: string; number: string | null }>
  | Readonly<{ is: 'said' }>
  | Readonly<{ is: 'begun'; uploadId: string; received: number }>
  | Readonly<{ is: 'received'; received: number }>
  | Readonly<{ is: 'attached'; evidenceId: string }>
  /** The server no longer holds the upload, or its bytes did not match: from the beginning. */
  | Readonly<{ is: 'upload-gone' }>
  | Readonly<{ is: 'no-right-to-send-back' }>
  | Readonly<{ is: 'later' }>
  | Readonly<{ is: 'sign-in' }>
  | Readonly<{ is: 'refused'; refusal: Refusal }>
  | Readonly<{ is: 'stale'; refusal: Refusal; theirs: Theirs | null }>;

const MOST_PHOTO_ROUNDS = 3;

const leadOf = ({ work, asOpinion }: Draft): Step => {
  switch (work.kind) {
    case 'finding':
      return { kind: 'file' };
    case 'addition':
      return { kind: 'comment' };
    case 'verification':
      if (work.result === 'passed') return { kind: 'verify' };
      return { kind: asOpinion ? 'comment' : 'send-back' };
  }
};

/** What is to be done next; null: all is with the server. */
export const nextStep = (draft: Draft): Step | null => {
  if (!draft.said) return leadOf(draft);
  const photo = draft.photos.find(({ evidenceId }) => evidenceId === null);
  if (photo === undefined) return null;
  const { photoId, uploadId, received, size } = photo;
  if (uploadId === null) return { kind: 'begin', photoId };
  return { kind: received < size ? 'piece' : 'attach', photoId };
};

const PAUSES_S = [2, 4, 8, 15, 30, 60, 120, 300] as const;
export const pauseMs = (attempts: number): number => (PAUSES_S[Math.min(attempts, PAUSES_S.length) - 1] ?? 2) * 1_000;

const withPhoto = (draft: Draft, step: Step, change: (photo: Photo) => Photo): Draft =>
  'photoId' in step ? { ...draft, photos: draft.photos.map((one) => (one.photoId === step.photoId ? change(one) : one)) } : draft;

/** The draft after a step; what the server told is kept at once, so that nothing is done twice after a reload. */
export const after = (draft: Draft, step: Step, outcome: Outcome, nowMs: number): Draft => {
  const went: Draft = { ...draft, attempts: 0, notBefore: 0, changedAt: nowMs };
  switch (outcome.is) {
    case 'filed':
      return settled({ ...went, said: true, findingId: outcome.findingId, number: outcome.number });
    case 'said':
      return settled({ ...went, said: true });
    case 'begun':
      return withPhoto(went, step, (photo) => ({ ...photo, uploadId: outcome.uploadId, received: outcome.received }));
    case 'received':
      return withPhoto(went, step, (photo) => ({ ...photo, received: outcome.received }));
    case 'attached':
      return settled(withPhoto(went, step, (photo) => ({ ...photo, evidenceId: outcome.evidenceId })));
    case 'upload-gone':
      return begunAnew(went, step);
    case 'no-right-to-send-back':
      return { ...went, asOpinion: true };
    case 'later':
      return { ...draft, state: 'waiting', attempts: draft.attempts + 1, notBefore: nowMs + pauseMs(draft.attempts + 1) };
    case 'sign-in':
      return { ...draft, state: 'waiting' };
    case 'refused':
      return { ...went, state: 'needs-you', refusal: outcome.refusal };
    case 'stale':
      return { ...went, state: 'needs-you', refusal: outcome.refusal, theirs: outcome.theirs };
  }
};

const begunAnew = (draft: Draft, step: Step): Draft => {
  const photo = draft.photos.find((one) => 'photoId' in step && one.photoId === step.photoId);
  if (photo !== undefined && photo.round >= MOST_PHOTO_ROUNDS) {
    const refusal = { code: 'photo-unreadable', zh: '', en: '', step: step.kind };
    return { ...draft, state: 'needs-you', refusal };
  }
  return withPhoto(draft, step, (one) => ({ ...one, uploadId: null, received: 0, round: one.round + 1 }));
};

const settled = (draft: Draft): Draft => (nextStep(draft) === null ? { ...draft, state: 'sent', refusal: null, theirs: null } : draft);

export const isUnsent = ({ state }: Draft): boolean => state !== 'sent';
/** Out by themselves. */
export const isUnderWay = ({ state }: Draft): boolean => state === 'waiting' || state === 'sending';

/** The first one whose pause is over; oldest first. */
export const nextToSend = (drafts: readonly Draft[], nowMs: number): Draft | null =>
  [...drafts].sort((a, b) => a.createdAt - b.createdAt).find((draft) => isUnderWay(draft) && draft.notBefore <= nowMs) ?? null;
/** When to look again. */
export const nextAttemptAt = (drafts: readonly Draft[]): number | null => {
  const times = drafts.filter(isUnderWay).map(({ notBefore }) => notBefore);
  return times.length === 0 ? null : Math.min(...times);
};

/** The finding it is about, where that is known before anything is sent. */
export const aboutOf = (work: Work): Pick<Draft, 'findingId' | 'number'> =>
  work.kind === 'finding' ? { findingId: null, number: null } : { findingId: work.findingId, number: work.number };

export const newDraft = (draftId: string, work: Work, nowMs: number): Draft => ({
  draftId,
  work,
  state: 'draft',
  createdAt: nowMs,
  changedAt: nowMs,
  capturedAt: null,
  photos: [],
  ...aboutOf(work),
  said: false,
  asOpinion: false,
  redact: false,
  refusal: null,
  theirs: null,
  attempts: 0,
  notBefore: 0,
  round: 0,
});

/** A photo that was refused goes from the beginning; what was attached stays so. */
const rebegun = (photo: Photo): Photo =>
  photo.evidenceId === null ? { ...photo, uploadId: null, received: 0, round: photo.round + 1 } : photo;

/** Saved: it goes out from now on. After a refusal under another key, because nothing was done under the first one. */
export const submitted = (draft: Draft, capturedAt: string | null, nowMs: number): Draft => ({
  ...draft,
  state: 'waiting',
  capturedAt: draft.capturedAt ?? capturedAt,
  changedAt: nowMs,
  round: draft.refusal === null ? draft.round : draft.round + 1,
  photos: draft.refusal === null ? draft.photos : draft.photos.map(rebegun),
  refusal: null,
  theirs: null,
  attempts: 0,
  notBefore: 0,
});

/** The Idempotency-Key of a step: the same after every interruption. */
export const keyOf = ({ draftId, round, photos }: Draft, step: Step): string => {
  if (!('photoId' in step)) return round === 0 && step.kind === 'file' ? draftId : `${draftId}:${step.kind}:${String(round)}`;
  const photo = photos.find(({ photoId }) => photoId === step.photoId);
  return `${step.photoId}:${step.kind}:${String(photo?.round ?? 0)}`;
};

/** What stays of it once it is with the server: where it is, and about whom by masked label; nothing else of what was typed. */
export const receipt = (draft: Draft): Draft => {
  const { work } = draft;
  const shown: Work =
    work.kind === 'finding' ? { ...work, form: { ...work.form, subject: maskedSubject(work.form.subject), spot: null } } : work;
  return { ...draft, photos: [], work: shown };
};

/** What its 72 hours are counted from. */
export const capturedMs = ({ capturedAt, createdAt }: Draft): number => (capturedAt === null ? createdAt : Date.parse(capturedAt));
