import { idFrom } from '@app/kernel';

const MINUTE_MS = 60_000;
/** Minutes before the second attempt, the third …; together with what is added, somewhat more than a day. */
const PAUSES = [1, 2, 5, 15, 30, 60, 180, 360, 720] as const;
export const MAX_ATTEMPTS = PAUSES.length + 1;
/** Up to a fifth longer, so that what failed together does not come back together. */
const JITTER = 0.2;

/** How long to wait after so many failed attempts, ms; null when it has been tried often enough. The same for the same letter. */
export const pauseAfter = (attempts: number, id: string): number | null => {
  const minutes = PAUSES[attempts - 1];
  if (minutes === undefined) return null;
  const share = Number.parseInt(idFrom(id, attempts).slice(0, 8), 16) / 0xffff_ffff;
  return Math.round(minutes * MINUTE_MS * (1 + JITTER * share));
};
