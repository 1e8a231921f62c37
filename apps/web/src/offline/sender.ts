import { asRefused, Refused } from '../api/problem';
import { read, write, type WriteHeaders } from '../api/calls';
import {
  evidenceAdd,
  findingsComment,
  findingsFile,
  findingsReadingDetail,
  findingsReadingTimeline,
  reviewReview,
  reviewVerify,
  uploadsAppend,
  uploadsAttach,
  uploadsBegin,
  uploadsState,
} from '../api/generated/sdk.gen';
import type { FindingsFileData } from '../api/generated/types.gen';
import words from '../i18n/zh/field.json';
import { textsOf } from '../i18n/texts';
import { keyOf, type Draft, type Outcome, type Photo, type Step, type StepKind, type Theirs } from './draft';
import { filingBody } from './filing';
import { sha256 } from './vault';

const t = textsOf(words);
const PIECE_BYTES = 256 * 1024;
const LINES_SHOWN = 6;

type PhotoBytes = (photoId: string) => Promise<ArrayBuffer | null>;

const LATER = new Set([0, 408, 425, 429, 500, 502, 503, 504]);
const nameOf = ({ photoId, phase }: Photo): string => `${phase}-${photoId.slice(0, 8)}.jpg`;

/** What the server holds now, to be shown beside what was decided here. */
const theirsOf = async (findingId: string): Promise<Theirs | null> => {
  try {
    const detail = await read(findingsReadingDetail({ path: { id: findingId } }));
    const { lines } = await read(findingsReadingTimeline({ path: { id: findingId } }));
    const shown = lines.slice(-LINES_SHOWN).map((line) => `${line.on} ${line.unit.name} ${line.person.name} ${line.label.zh}`);
    return { revision: detail.revision, stage: detail.stage, text: detail.text, lines: shown };
  } catch {
    return null;
  }
};

const outcomeOf = async (draft: Draft, step: StepKind, error: unknown): Promise<Outcome> => {
  const refused = asRefused(error);
  const { status, code, zh, en } = refused;
  // A fault of ours while it was sent is no refusal: it is tried again, with pauses.
  if (!(error instanceof Refused) || LATER.has(status)) return { is: 'later' };
  if (status === 401 || code === 'csrf-token-missing') return { is: 'sign-in' };
  const refusal = { code, zh, en, step };
  if (step === 'send-back' && status === 403) return { is: 'no-right-to-send-back' };
  if ((step === 'piece' || step === 'attach') && (status === 404 || code === 'evidence-hash-mismatch' || code === 'upload-incomplete')) {
    return { is: 'upload-gone' };
  }
  if (step === 'piece' && typeof refused.more['received'] === 'number') return { is: 'received', received: refused.more['received'] };
  const { work } = draft;
  if (work.kind === 'verification' && (status === 412 || status === 409)) {
    return { is: 'stale', refusal, theirs: await theirsOf(work.findingId) };
  }
  return { is: 'refused', refusal };
};

/** One step, once: its key makes the server answer the same when it is sent again. */
export const perform = async (draft: Draft, step: Step, photoBytes: PhotoBytes): Promise<Outcome> => {
  try {
    return await attempt(draft, step, photoBytes);
  } catch (error) {
    return outcomeOf(draft, step.kind, error);
  }
};

const confirmed = (draft: Draft, headers: WriteHeaders): WriteHeaders => {
  const more = { 'X-Redact-Personal-Data': 'confirmed' } as const;
  return draft.redact ? { ...headers, ...more } : headers;
};

const opinionOf = ({ work }: Draft): string => {
  if (work.kind === 'finding') return work.form.text;
  return work.kind === 'verification' ? t('opinionText', { text: work.text }) : work.text;
};

const attempt = async (draft: Draft, step: Step, photoBytes: PhotoBytes): Promise<Outcome> => {
  const key = keyOf(draft, step);
  const { work } = draft;
  const id = draft.findingId ?? '';
  switch (step.kind) {
    case 'file': {
      if (work.kind !== 'finding') return { is: 'said' };
      const body = filingBody(work.form, draft.capturedAt) as FindingsFileData['body'];
      const filed = await write((headers) => findingsFile({ body, headers: confirmed(draft, headers) }), { key });
      return { is: 'filed', findingId: filed.findingId, number: filed.number ?? null };
    }
    case 'comment':
      await write((headers) => findingsComment({ path: { id }, body: { text: opinionOf(draft) }, headers: confirmed(draft, headers) }), {
        key,
      });
      return { is: 'said' };
    case 'verify': {
      if (work.kind !== 'verification') return { is: 'said' };
      const body = { method: 'on-site', text: work.text } as const;
      await write((headers) => reviewVerify({ path: { id }, body, headers: confirmed(draft, headers) }), { key, seen: work.seen });
      return { is: 'said' };
    }
    case 'send-back': {
      if (work.kind !== 'verification') return { is: 'said' };
      const { legs } = await read(findingsReadingDetail({ path: { id } }));
      const [first, ...others] = legs.filter(({ duty, stage }) => duty === 'acts' && stage === 'passed');
      const body = { result: 'sent-back', reason: work.text, alsoReopen: others.map(({ legId }) => legId) } as const;
      const path = { id, legId: first?.legId ?? 'T' };
      await write((headers) => reviewReview({ path, body, headers: confirmed(draft, headers) }), { key, seen: work.seen });
      return { is: 'said' };
    }
    case 'begin':
    case 'piece':
    case 'attach':
      return sendPhoto(draft, step.kind, step.photoId, { key, photoBytes });
  }
};

type Sending = Readonly<{ key: string; photoBytes: PhotoBytes }>;

const sendPhoto = async (
  draft: Draft,
  kind: 'begin' | 'piece' | 'attach',
  photoId: string,
  { key, photoBytes }: Sending,
): Promise<Outcome> => {
  const photo = draft.photos.find((one) => one.photoId === photoId);
  const bytes = await photoBytes(photoId);
  const refusal = { code: 'photo-lost', zh: t('photoLost'), en: 'The photo is no longer on this device.', step: kind };
  if (photo === undefined || bytes === null) return { is: 'refused', refusal };
  const id = draft.findingId ?? '';
  if (!('subtle' in crypto)) return sendWhole(id, photo, bytes, key);
  if (kind === 'begin') {
    const body = { name: nameOf(photo), size: bytes.byteLength, sha256: await sha256(bytes), mediaType: photo.mediaType };
    const begun = await write((headers) => uploadsBegin({ body, headers }), { key });
    // The same key again after a cut: the file may stand further on than the first answer says.
    const { received } = await read(uploadsState({ path: { uploadId: begun.uploadId } }));
    return { is: 'begun', uploadId: begun.uploadId, received };
  }
  const uploadId = photo.uploadId ?? '';
  if (kind === 'piece') {
    const piece = new Blob([bytes.slice(photo.received, photo.received + PIECE_BYTES)]);
    const send = (headers: WriteHeaders) => {
      const withOffset = { ...headers, 'Upload-Offset': String(photo.received) };
      return uploadsAppend({ path: { uploadId }, body: piece, headers: withOffset });
    };
    return { is: 'received', received: (await write(send, { key: `${key}:${String(photo.received)}` })).received };
  }
  const body = { uploadId, phase: photo.phase };
  const { evidenceId } = await write((headers) => uploadsAttach({ path: { id }, body, headers }), { key });
  return { is: 'attached', evidenceId };
};

/** Without HTTPS nothing can be hashed here: the photo goes at once, and again whole if it breaks off. */
const sendWhole = async (id: string, photo: Photo, bytes: ArrayBuffer, key: string): Promise<Outcome> => {
  const file = new File([bytes], nameOf(photo), { type: photo.mediaType });
  const { evidenceId } = await write((headers) => evidenceAdd({ path: { id }, body: { phase: photo.phase, file }, headers }), { key });
  return { is: 'attached', evidenceId };
};
