import { ProblemError } from './problem';

/** Strong: the revision of the stream is the version of the thing. */
export const etagOf = (revision: bigint): string => `"${revision}"`;

const bad = (): ProblemError =>
  new ProblemError(400, 'if-match-invalid', {
    zh: 'If-Match 应为本接口返回的 ETag。',
    en: 'If-Match must be an ETag this API returned.',
  });

/** The revision a writer says it has seen; undefined when it does not say. */
export const seenRevision = (ifMatch: string | undefined): bigint | undefined => {
  if (ifMatch === undefined) return undefined;
  const digits = /^"(\d{1,18})"$/.exec(ifMatch.trim())?.[1];
  if (digits === undefined) throw bad();
  return BigInt(digits);
};

/** For decisions that rest on what was seen: review, verify, clear, rulings. */
export const mustHaveSeen = (ifMatch: string | undefined): bigint => {
  const seen = seenRevision(ifMatch);
  if (seen !== undefined) return seen;
  throw new ProblemError(428, 'if-match-required', {
    zh: '这一步要基于看到的内容作出，请带上 If-Match（读取时返回的 ETag）。',
    en: 'This decision rests on what was seen: send If-Match with the ETag you read.',
  });
};
