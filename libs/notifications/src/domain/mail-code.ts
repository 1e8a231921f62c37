import { instantFromMs, msOf, type Instant } from '@app/kernel';
import { reject } from './notification.errors';

const DAY_MS = 24 * 3_600_000;
const VALID_MS = 2 * 3_600_000;
const MOST_A_DAY = 5;
/** Of one code. With the codes of a day: 25 guesses among a hundred million. */
export const CODE_TRIES = 5;
/** What a person may type: eight digits. */
export const MAIL_CODE = /^\d{8}$/;

/** 确认码, from a number below 100,000,000. */
export const codeFrom = (drawn: number): string => String(drawn).padStart(8, '0');
export const CODES = 100_000_000;

/** Another code at `now`: until when it holds, and what to remember. Rejects with `mail-code-too-often`. */
export const nextCode = (made: readonly Instant[], now: Instant): Readonly<{ until: Instant; made: readonly Instant[] }> => {
  const recent = made.filter((at) => at > instantFromMs(msOf(now) - DAY_MS));
  if (recent.length >= MOST_A_DAY) return reject('mail-code-too-often', { max: String(MOST_A_DAY) });
  return { until: instantFromMs(msOf(now) + VALID_MS), made: [...recent, now] };
};
