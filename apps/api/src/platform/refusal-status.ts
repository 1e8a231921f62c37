import { FINDING_STATUS } from '../findings/finding-status';

/** Codes of the other contexts, by what they mean at the edge. Anything else that a rule refuses is a conflict with the present state. */
const BY_MEANING: readonly (readonly [RegExp, number])[] = [
  [/^file-/, 422],
  [/^evidence-hash-mismatch$/, 422],
  [/^device-withdrawn$/, 410],
  [/^fresh-sign-in-required$/, 403],
  [/(^|-)(not-found|unknown|absent)$/, 404],
  [/(^|-)(not-yours|forbidden|not-allowed|denied|avoidance)$/, 403],
  [/(^|-)(required|invalid|too-short|too-long|too-weak|malformed|unreadable|in-future|too-large|unsupported)$/, 422],
  [/^(not-signed-in|sign-in-failed|token-invalid|session-expired)$/, 401],
  [/^(locked-out|too-many-requests|mail-code-too-often)$/, 429],
];

const known: Readonly<Record<string, number>> = FINDING_STATUS;

/** HTTP status of a DomainError's code. */
export const statusOfRefusal = (code: string): number => known[code] ?? BY_MEANING.find(([pattern]) => pattern.test(code))?.[1] ?? 409;
