const HOUR_MS = 3_600_000;
const PACKAGE_MS = 24 * HOUR_MS;
const DRAFT_MS = 72 * HOUR_MS;
const WARNING_MS = 24 * HOUR_MS;
export const WRONG_PINS = 5;

/** How far the server's clock is ahead of the phone's: times on the phone are counted by the server's clock. */
export const clockOffset = (serverTime: string, phoneMs: number): number => Date.parse(serverTime) - phoneMs;

export const isPackageExpired = (takenAtMs: number, nowMs: number): boolean => nowMs - takenAtMs >= PACKAGE_MS;

export type DraftAge = 'fresh' | 'warned' | 'expired';
/** 72 hours after it was captured the server takes it no more (R16); said a day before. */
export const draftAge = (capturedAtMs: number, nowMs: number): DraftAge => {
  const left = capturedAtMs + DRAFT_MS - nowMs;
  if (left <= 0) return 'expired';
  return left <= WARNING_MS ? 'warned' : 'fresh';
};
export const draftExpiresAt = (capturedAtMs: number): number => capturedAtMs + DRAFT_MS;
export const hoursLeft = (capturedAtMs: number, nowMs: number): number =>
  Math.max(0, Math.ceil((draftExpiresAt(capturedAtMs) - nowMs) / HOUR_MS));
export const hoursOld = (takenAtMs: number, nowMs: number): number => Math.max(0, Math.floor((nowMs - takenAtMs) / HOUR_MS));

export type PinCount = Readonly<{ wrong: number; outcome: 'try-again' | 'wipe' }>;
/** Counted before a PIN is tried, so that closing the page in the middle does not give another attempt. */
export const countAttempt = (wrongBefore: number): PinCount => {
  const wrong = wrongBefore + 1;
  return { wrong, outcome: wrong >= WRONG_PINS ? 'wipe' : 'try-again' };
};
const PIN = /^\d{6,12}$/;
const isRun = (digits: readonly number[], step: number): boolean =>
  digits.every((digit, at) => at === 0 || digit - (digits[at - 1] ?? 0) === step);
/** Six digits or more, not all the same and not a run: 000000, 123456, 654321. */
export const isGoodPin = (pin: string): boolean => {
  const digits = [...pin].map(Number);
  return PIN.test(pin) && ![0, 1, -1].some((step) => isRun(digits, step));
};
